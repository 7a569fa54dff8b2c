// The output folder: documents' bytes in, complete files out, and nothing anywhere else.
//
// A file is written under a temporary name in its own folder; `OutputFolder+Publish.swift` makes it
// last and gives it its own. Folders are opened one name at a time and never through a link, so that
// no path leads outside.

internal import Glibc
internal import Synchronization

/// The folder a run writes to. May be used from many threads.
package final class OutputFolder: Sendable {
  /// What all names begin with that are Winnow's own.
  static let ownPrefix = ".winnow"
  static let temporaryPrefix = ".winnow-tmp-"
  /// The folder of the run's own files, the lock and the ledger.
  private static let ownFolder = Array(".winnow".utf8)

  /// As the user wrote it.
  package let path: [UInt8]
  package let identity: FileIdentity
  package let root: SharedDescriptor
  private let state = Mutex(State())
  private let lock = Mutex<OutputLock?>(nil)
  private let counter = Atomic<Int>(0)

  private struct State {
    /// The folders used last, the latest at the end.
    var folders: [(path: [[UInt8]], descriptor: SharedDescriptor)] = []
    /// Files under temporary names.
    var unfinished: Set<OutputPath> = []
  }
  /// Folders kept open: pages of one folder come together, from a few folders at a time.
  private static let foldersKept = 8

  /// Opens the folder, making it and those above it if need be.
  package convenience init(_ path: [UInt8]) throws(OutputError) {
    do throws(SystemError) {
      try self.init(path, Self.openOrMake(path))
    } catch {
      throw .lost(path: path, error)
    }
  }

  /// Opens the folder if there is one; makes nothing.
  package static func existing(_ path: [UInt8]) throws(OutputError) -> OutputFolder? {
    do throws(SystemError) {
      return try OutputFolder(
        path,
        FileCalls.open(path, in: FileCalls.currentFolder, flags: O_RDONLY | O_DIRECTORY))
    } catch {
      if error.code == ENOENT { return nil }
      throw .lost(path: path, error)
    }
  }

  private init(_ path: [UInt8], _ descriptor: consuming Descriptor) throws(SystemError) {
    self.path = path
    identity = try FileCalls.status(of: descriptor.raw).identity
    root = SharedDescriptor(descriptor)
  }

  /// The path of the folder for the run's own files.
  package var ownPath: [UInt8] { Self.ownPath(below: path) }

  package static func ownPath(below output: [UInt8]) -> [UInt8] {
    (output.last == UInt8(ascii: "/") ? output : output + [UInt8(ascii: "/")]) + ownFolder
  }

  /// Takes the folder for this run alone, and tries it by writing a file.
  ///
  /// - Parameter wait: Nanoseconds to wait for another run.
  package func claim(wait: UInt64 = 0) throws(OutputError) {
    let folder: SharedDescriptor
    do throws(SystemError) {
      folder = SharedDescriptor(try Self.openOrMake(Self.ownFolder, in: root.raw))
    } catch {
      throw .lost(path: path, error)
    }
    let claimed = try OutputLock(in: folder, at: path, wait: wait)
    do throws(SystemError) {
      // Else the report would find it out, when all the work is done.
      try FileCalls.checkWritable(root.raw)
    } catch {
      throw .lost(path: path, error)
    }
    lock.withLock { $0 = claimed }
  }

  /// Whether a run has the folder now.
  package static func isClaimed(_ path: [UInt8]) -> Bool {
    OutputLock.isHeld(in: ownPath(below: path))
  }

  /// Gives the folder free for other runs.
  package func release() {
    lock.withLock { $0 = nil }
  }

  /// Removes what killed runs left; looks through the whole folder.
  package func removeLeftovers() {
    let root = InputRoot(folder: root, path: [], fileName: nil, label: [])
    let rules = PathRules(include: ["\(Self.temporaryPrefix)*"], exclude: [])
    var walk = FolderWalk(root, rules: rules, output: nil) { [root] event in
      // One that cannot be removed disturbs nobody.
      if case .page(let file, _) = event { try? FileCalls.remove(file.path, in: root.folder.raw) }
      return true
    }
    _ = walk.run()
  }

  // MARK: Writing

  /// Writes a whole file under a temporary name.
  package func stage(
    _ bytes: [UInt8], as target: OutputPath
  ) throws(OutputError) -> StagedFile {
    let (temporary, status) = try write(target) { (file) throws(SystemError) in
      try file.write(bytes)
    }
    let record = OutputRecord(
      path: target.bytes, size: status.size, modified: status.modified, hash: ContentHash(bytes))
    return StagedFile(temporary: temporary, target: target, record: record)
  }

  /// Writes a file piece by piece and puts it in its place: after an error or a crash there is the
  /// old one or none.
  package func replace(
    _ target: OutputPath, with body: (inout OutputFile) throws(SystemError) -> Void
  ) throws(OutputError) {
    let (temporary, status) = try write(target, body)
    let record = OutputRecord(
      path: target.bytes, size: status.size, modified: status.modified,
      hash: ContentHash([]))
    let staged = StagedFile(temporary: temporary, target: target, record: record)
    if let failure = try publish([staged]).first ?? nil { throw failure }
  }

  /// Removes what is being written, for an exit that cannot wait. Nothing may be written after.
  package func removeUnfinished() {
    // The lock is held while files are removed: whoever waits for it must not write any more.
    state.withLock { state in
      for file in state.unfinished {
        guard let folder = try? open(file.folders, among: state.folders) else { continue }
        try? FileCalls.remove(file.name, in: folder.raw)
      }
    }
  }

  /// Writes under a temporary name in the folder of `target`.
  private func write(
    _ target: OutputPath, _ body: (inout OutputFile) throws(SystemError) -> Void
  ) throws(OutputError) -> (OutputPath, FileStatus) {
    do throws(SystemError) {
      do throws(SystemError) {
        return try writeOnce(target, body)
      } catch  where error.code == ENOENT {
        // The folder was removed under our hands: make it again.
        state.withLock { $0.folders = [] }
        return try writeOnce(target, body)
      }
    } catch {
      throw OutputError(error, at: target.display(below: path))
    }
  }

  private func writeOnce(
    _ target: OutputPath, _ body: (inout OutputFile) throws(SystemError) -> Void
  ) throws(SystemError) -> (OutputPath, FileStatus) {
    let folder = try self.folder(target.folders)
    let temporary = target.renamed(
      "\(Self.temporaryPrefix)\(getpid())-\(counter.add(1, ordering: .relaxed).newValue)")
    state.withLock { _ = $0.unfinished.insert(temporary) }
    do throws(SystemError) {
      let descriptor = try FileCalls.open(
        temporary.name, in: folder.raw, flags: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
      var file = OutputFile(descriptor)
      try body(&file)
      return (temporary, try file.finish())
    } catch {
      // Whatever remains under the temporary name is of no use; that it may not be there is fine.
      try? FileCalls.remove(temporary.name, in: folder.raw)
      forget(temporary)
      throw error
    }
  }

  /// A temporary name is free again: its file was renamed or removed.
  func forget(_ temporary: OutputPath) {
    state.withLock { _ = $0.unfinished.remove(temporary) }
  }

  // MARK: Folders

  /// Opens a folder below the output folder, making it if need be.
  func folder(_ names: [[UInt8]]) throws(SystemError) -> SharedDescriptor {
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

  /// Opens a folder below the output folder, if there is one.
  func existingFolder(_ names: [[UInt8]]) throws(SystemError) -> SharedDescriptor {
    if let known = known(names) { return known }
    let folder = try open(names, among: [])
    if !names.isEmpty { remember(names, folder) }
    return folder
  }

  private func open(
    _ names: [[UInt8]], among known: [(path: [[UInt8]], descriptor: SharedDescriptor)]
  ) throws(SystemError) -> SharedDescriptor {
    if let open = known.first(where: { $0.path == names }) { return open.descriptor }
    var folder = root
    for name in names {
      let outer = folder
      folder = SharedDescriptor(
        try FileCalls.open(name, in: outer.raw, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW))
      withExtendedLifetime(outer) {}
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
