// The file that stands in an output folder while a run writes to it: it keeps a second run out, and
// tells the next one when a run was killed and left something behind.

internal import Glibc

/// A run's claim on an output folder.
///
/// The claim is a lock on the file, which ends with its process however that ends; the file alone
/// claims nothing. Only a run that was killed leaves it, so that other runs need not look through
/// the whole folder for leftovers.
struct RunMarker: ~Copyable, Sendable {
  private static let name = Array("\(OutputFolder.ownPrefix)unfinished".utf8)
  private static let text = Array(
    "winnow writes to this folder, or was stopped while it did; its next run removes this.\n".utf8)

  /// How often the lock is tried, and microseconds between: a killed process holds its locks until
  /// it is gone, which takes a moment.
  private static let attempts = 20
  private static let pause: useconds_t = 50_000

  private let file: Descriptor

  /// Claims a folder, and removes what killed runs left in it.
  ///
  /// - Parameter path: The folder's, for messages.
  init(in folder: SharedDescriptor, at path: [UInt8]) throws(OutputError) {
    let locked: Descriptor?
    do throws(SystemError) {
      locked = try Self.lock(in: folder)
    } catch {
      throw .lost(path: path, error)
    }
    guard let file = consume locked else { throw .busy(path: path) }
    do throws(SystemError) {
      if try FileCalls.status(of: file.raw).size > 0 { Self.removeLeftovers(in: folder) }
      try file.write(Self.text)
    } catch {
      throw .lost(path: path, error)
    }
    self.file = file
  }

  func remove(from folder: SharedDescriptor) {
    // One that stays only makes the next run look for leftovers.
    try? FileCalls.remove(Self.name, in: folder.raw)
  }

  /// - Returns: `nil` when another process keeps the lock.
  private static func lock(in folder: SharedDescriptor) throws(SystemError) -> Descriptor? {
    for attempt in 0..<attempts {
      if attempt > 0 { usleep(pause) }
      let file = try FileCalls.open(
        name, in: folder.raw, flags: O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW)
      if flock(file.raw, LOCK_EX | LOCK_NB) != 0 {
        if errno == EWOULDBLOCK { continue }
        // This file system has no locks: better to go on without than not at all.
        return file
      }
      // Its last owner may have removed the file between our opening and locking it.
      let current = try? FileCalls.status(of: name, in: folder.raw, followsLink: false).identity
      if try FileCalls.status(of: file.raw).identity == current { return file }
    }
    return nil
  }

  private static func removeLeftovers(in folder: SharedDescriptor) {
    let root = InputRoot(folder: folder, path: [], fileName: nil, label: [])
    let rules = PathRules(include: ["\(OutputFolder.temporaryPrefix)*"], exclude: [])
    var walk = FolderWalk(root, rules: rules, output: nil) { event in
      // One that cannot be removed disturbs nobody.
      if case .page(let file, _) = event { try? FileCalls.remove(file.path, in: folder.raw) }
      return true
    }
    _ = walk.run()
  }
}
