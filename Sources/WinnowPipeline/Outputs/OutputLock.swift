// The lock that keeps a second run out of an output folder.

internal import Glibc

/// A run's claim on an output folder: a lock on the file `lock` in the run's own folder.
///
/// The lock ends with its process, however that ends; what stands in the file says who has it, and
/// claims nothing by itself. The file stays: removing it would let two runs lock two files.
final class OutputLock: Sendable {
  private static let name = Array("lock".utf8)
  /// Microseconds between two attempts.
  private static let pause: useconds_t = 50_000
  /// Nanoseconds to try in any case: a killed process holds its locks until it is gone, which
  /// takes a moment.
  private static let patience: UInt64 = 500_000_000

  private let file: Descriptor

  /// - Parameters:
  ///   - folder: The run's own folder.
  ///   - path: The output folder's, for messages.
  ///   - wait: Nanoseconds to wait for another run.
  init(in folder: SharedDescriptor, at path: [UInt8], wait: UInt64) throws(OutputError) {
    let deadline = Clock.monotonic() + max(wait, Self.patience)
    do throws(SystemError) {
      file = try FileCalls.open(
        Self.name, in: folder.raw, flags: O_RDWR | O_CREAT | O_NOFOLLOW)
    } catch {
      throw .lost(path: path, error)
    }
    while flock(file.raw, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      // A file system without locks: better to go on without than not at all.
      guard errno == EWOULDBLOCK else { break }
      guard Clock.monotonic() < deadline else {
        throw .busy(path: path, holder: Self.holder(file.raw))
      }
      usleep(Self.pause)
    }
    do throws(SystemError) {
      guard ftruncate(file.raw, 0) == 0 else { throw .last }
      try file.write(Array("process \(getpid()), since \(Clock.timestamp())\n".utf8))
    } catch {
      throw .lost(path: path, error)
    }
  }

  /// Whether a process has the lock of a run's own folder.
  static func isHeld(in folder: [UInt8]) -> Bool {
    let path = folder + [UInt8(ascii: "/")] + name
    guard
      let file = try? FileCalls.open(
        path, in: FileCalls.currentFolder, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    else { return false }
    // A run that begins meanwhile tries again.
    return flock(file.raw, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }

  /// What the run that has the lock wrote of itself; empty when that cannot be read.
  private static func holder(_ file: CInt) -> String {
    let text = (try? FileCalls.read(file, at: 0, count: 100)) ?? []
    let line = EscapedPath(Array(text.prefix { $0 != UInt8(ascii: "\n") })).description
    let process = line.drop { !$0.isNumber }.prefix { $0.isNumber }
    guard isStopped(String(process)) else { return line }
    return line + ", is stopped: `kill -CONT \(process)` lets it go on"
  }

  /// Whether a process is one of this program and has been stopped by a signal.
  private static func isStopped(_ process: String) -> Bool {
    func read(_ path: String) -> [UInt8]? {
      guard
        let file = try? FileCalls.open(
          Array(path.utf8), in: FileCalls.currentFolder, flags: O_RDONLY)
      else { return nil }
      return try? FileCalls.read(file.raw, at: 0, count: 200)
    }
    // On another machine, the number is another process's.
    guard let name = read("/proc/\(process)/comm"), name == read("/proc/self/comm"),
      let state = read("/proc/\(process)/stat"), let end = state.lastIndex(of: UInt8(ascii: ")"))
    else { return false }
    return state[end...].dropFirst(2).first.map { "Tt".utf8.contains($0) } ?? false
  }
}
