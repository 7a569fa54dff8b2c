// The output folder: documents' bytes in, complete files out, and nothing anywhere else.
//
// A file is written under a temporary name in its own folder and renamed when it is complete.
// Folders are opened one name at a time and never through a link, so that no path leads outside.

internal import Glibc
internal import Synchronization

/// The folder a run writes to. May be used from many threads.
package final class OutputFolder: Sendable {
  /// What all names begin with that only live while a run does.
  static let ownPrefix = ".winnow-"
  static let temporaryPrefix = ".winnow-tmp-"

  /// As the user wrote it.
  package let path: [UInt8]
  package let identity: FileIdentity
  package let root: SharedDescriptor
  private let marker: RunMarker
  private let state = Mutex(State())
  private let counter = Atomic<Int>(0)

  private struct State {
    /// The folders used last, the latest at the end.
    var folders: [(path: [[UInt8]], descriptor: SharedDescriptor)] = []
    /// Files that are being written.
    var unfinished: [[UInt8]: SharedDescriptor] = [:]
  }

  /// Folders kept open: pages of one folder come together, from a few folders at a time.
  private static let foldersKept = 8

  /// Opens the folder, making it and those above it if need be; takes it for this run alone and
  /// tries it by writing a file.
  package init(_ path: [UInt8]) throws(OutputError) {
    self.path = path
    do throws(SystemError) {
      let descriptor = try Self.openOrMake(path)
      identity = try FileCalls.status(of: descriptor.raw).identity
      root = SharedDescriptor(descriptor)
    } catch {
      throw .lost(path: path, error)
    }
    marker = try RunMarker(in: root, at: path)
  }

  /// Ends the work in this folder; call when the run has ended, however it did.
  package func finish() {
    marker.remove(from: root)
  }

  /// Writes a file as a whole: after an error or a crash there is the old one or none.
  package func write(_ bytes: [UInt8], to target: OutputPath) throws(OutputError) {
    try replace(target) { (file) throws(SystemError) in try file.write(bytes) }
  }

  /// Writes a file piece by piece under a temporary name, then gives it its own.
  package func replace(
    _ target: OutputPath, with body: (inout OutputFile) throws(SystemError) -> Void
  ) throws(OutputError) {
    do throws(SystemError) {
      do throws(SystemError) {
        try replaceOnce(target, body)
      } catch  where error.code == ENOENT {
        // The folder was removed under our hands: make it again.
        state.withLock { $0.folders = [] }
        try replaceOnce(target, body)
      }
    } catch {
      throw OutputError(error, at: target.display(below: path))
    }
  }

  /// Removes what is being written, for an exit that cannot wait. Nothing may be written after.
  package func removeUnfinished() {
    state.withLock { state in
      for (name, folder) in state.unfinished { try? FileCalls.remove(name, in: folder.raw) }
    }
  }

  private func replaceOnce(
    _ target: OutputPath, _ body: (inout OutputFile) throws(SystemError) -> Void
  ) throws(SystemError) {
    let folder = try self.folder(target.folders)
    let name = Array(
      "\(Self.temporaryPrefix)\(getpid())-\(counter.add(1, ordering: .relaxed).newValue)".utf8)
    state.withLock { $0.unfinished[name] = folder }
    defer { state.withLock { $0.unfinished[name] = nil } }
    do throws(SystemError) {
      let descriptor = try FileCalls.open(
        name, in: folder.raw, flags: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
      var file = OutputFile(descriptor)
      try body(&file)
      try file.finish()
      try FileCalls.rename(name, to: target.name, in: folder.raw)
    } catch {
      // Whatever remains under the temporary name is of no use; that it may not be there is fine.
      try? FileCalls.remove(name, in: folder.raw)
      throw error
    }
  }

  // MARK: Folders

  private func folder(_ names: [[UInt8]]) throws(SystemError) -> SharedDescriptor {
    if names.isEmpty { return root }
    if let known = known(names) { return known }
    var folder = root
    var depth = names.count - 1
    while depth > 0 {  // From the innermost folder that is open already.
      if let open = known(Array(names[..<depth])) {
        folder = open
        break
      }
      depth -= 1
    }
    for index in depth..<names.count {
      let outer = folder
      folder = SharedDescriptor(try Self.openOrMake(names[index], in: outer.raw))
      withExtendedLifetime(outer) {}
      remember(Array(names[...index]), folder)
    }
    return folder
  }

  private func known(_ names: [[UInt8]]) -> SharedDescriptor? {
    state.withLock { state in
      guard let index = state.folders.lastIndex(where: { $0.path == names }) else { return nil }
      let entry = state.folders.remove(at: index)
      state.folders.append(entry)
      return entry.descriptor
    }
  }

  private func remember(_ names: [[UInt8]], _ descriptor: SharedDescriptor) {
    state.withLock { state in
      if state.folders.count >= Self.foldersKept { state.folders.removeFirst() }
      state.folders.append((names, descriptor))
    }
  }

  private static func openOrMake(
    _ name: [UInt8], in folder: CInt
  ) throws(SystemError) -> Descriptor {
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW
    do throws(SystemError) {
      return try FileCalls.open(name, in: folder, flags: flags)
    } catch  where error.code == ENOENT {
      do throws(SystemError) {
        try FileCalls.makeFolder(name, in: folder)
      } catch  where error.code == EEXIST {
        // Another worker was faster.
      }
      return try FileCalls.open(name, in: folder, flags: flags)
    }
  }

  /// The output folder itself may be reached through links: the user chose the path.
  private static func openOrMake(_ path: [UInt8]) throws(SystemError) -> Descriptor {
    let flags = O_RDONLY | O_DIRECTORY
    do throws(SystemError) {
      return try FileCalls.open(path, in: FileCalls.currentFolder, flags: flags)
    } catch  where error.code == ENOENT {
      if path.isEmpty { throw error }
      for end in path.indices.dropFirst() where path[end] == UInt8(ascii: "/") {
        try makeIfMissing(Array(path[..<end]))
      }
      try makeIfMissing(path)
      return try FileCalls.open(path, in: FileCalls.currentFolder, flags: flags)
    }
  }

  private static func makeIfMissing(_ path: [UInt8]) throws(SystemError) {
    do throws(SystemError) {
      try FileCalls.makeFolder(path, in: FileCalls.currentFolder)
    } catch  where error.code == EEXIST {
    }
  }
}
