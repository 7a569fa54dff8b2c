// The system calls on files, each once: paths as bytes in, values or `SystemError` out.
//
// Every call is repeated when a signal interrupts it. Paths are relative to an open folder.

internal import CLinux
internal import Glibc

/// What `stat` tells of a file, as far as Winnow asks.
package struct FileStatus: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    case file, folder, link, other
  }
  package let kind: Kind
  package let identity: FileIdentity
  /// Bytes.
  package let size: Int
  /// Nanoseconds since 1970.
  package let modified: Int64
  let changed: Int64

  init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
    identity = FileIdentity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    size = Int(status.st_size)
    modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
    changed = Int64(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_ctim.tv_nsec)
  }
}

package enum FileCalls {
  /// Relative paths are resolved against the current folder.
  package static var currentFolder: CInt { AT_FDCWD }

  /// The longest path one call takes, in bytes without its end (PATH_MAX is 4096 with it).
  static let longestPath = 4095

  /// Opens `path` below `folder`, however long the path is.
  ///
  /// - Parameters:
  ///   - flags: As for `open`; `O_CLOEXEC` is added.
  ///   - mode: For files that are created, before the umask.
  static func open(
    _ path: [UInt8], in folder: CInt, flags: CInt, mode: mode_t = 0o666
  ) throws(SystemError) -> Descriptor {
    if path.count <= longestPath {
      return try openShort(path[...], in: folder, flags: flags, mode: mode)
    }
    // Hops over folders in the middle, each as far as one call can go.
    var hop: Descriptor?
    var rest = path[...]
    while rest.count > longestPath {
      guard
        let slash = rest[..<(rest.startIndex + longestPath)].lastIndex(of: UInt8(ascii: "/")),
        slash > rest.startIndex
      else { throw SystemError(code: ENAMETOOLONG) }
      let next = try openShort(
        rest[..<slash], in: hop?.raw ?? folder, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
      hop = consume next
      rest = rest[(slash + 1)...]
    }
    return try openShort(rest, in: hop?.raw ?? folder, flags: flags, mode: mode)
  }

  private static func openShort(
    _ path: ArraySlice<UInt8>, in folder: CInt, flags: CInt, mode: mode_t = 0
  ) throws(SystemError) -> Descriptor {
    // When descriptors are short, workers close theirs soon: wait for them, 20 s at most.
    var patience = 1000
    while true {
      let raw = withPath(path) { openat(folder, $0, flags | O_CLOEXEC, mode) }
      if raw >= 0 { return Descriptor(owning: raw) }
      let failure = SystemError.last
      if failure.isDescriptorShortage && patience > 0 {
        patience -= 1
        usleep(20_000)
      } else if failure.code != EINTR {
        throw failure
      }
    }
  }

  package static func status(of descriptor: CInt) throws(SystemError) -> FileStatus {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .last }
    return FileStatus(status)
  }

  /// - Parameter followsLink: Whether a link at the end of the path stands for its target.
  package static func status(
    of path: [UInt8], in folder: CInt, followsLink: Bool
  ) throws(SystemError) -> FileStatus {
    var status = stat()
    let flags = followsLink ? 0 : AT_SYMLINK_NOFOLLOW
    if path.count > longestPath, let slash = path.lastIndex(of: UInt8(ascii: "/")) {
      let parent = try open(
        Array(path[..<slash]), in: folder, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
      let name = path[(slash + 1)...]
      guard withPath(name, { fstatat(parent.raw, $0, &status, flags) }) == 0 else { throw .last }
    } else {
      guard withPath(path[...], { fstatat(folder, $0, &status, flags) }) == 0 else { throw .last }
    }
    return FileStatus(status)
  }

  /// Reads up to `buffer.count` bytes; `0` at the end.
  static func read(
    _ descriptor: CInt, into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw .last }
    }
  }

  /// Reads up to `count` bytes from a place in a file; none at its end.
  static func read(_ descriptor: CInt, at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    while true {
      var got = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        got = pread(descriptor, buffer.baseAddress, count, off_t(offset))
        filled = max(got, 0)
      }
      if got >= 0 { return bytes }
      if errno != EINTR { throw .last }
    }
  }

  /// Reads up to `count` bytes that come next; none at the end.
  static func readNext(_ descriptor: CInt, count: Int) throws(SystemError) -> [UInt8] {
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(SystemError) {
        filled = try read(descriptor, into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Reads from a place in a file up to `buffer.count` bytes; `0` at its end.
  static func read(
    _ descriptor: CInt, at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
      if count >= 0 { return count }
      if errno != EINTR { throw .last }
    }
  }

  /// Writes all bytes, in as many calls as it takes.
  package static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: CInt
  ) throws(SystemError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN {  // A pipe or terminal whose other user made it non-blocking.
          var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
          _ = poll(&waiting, 1, -1)
          continue
        }
        throw .last
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  package static func write(_ bytes: [UInt8], to descriptor: CInt) throws(SystemError) {
    do {
      try bytes.withUnsafeBytes { try write($0, to: descriptor) }
    } catch let error as SystemError {
      throw error
    } catch {
      // `write` throws nothing else; the compiler cannot see it through the closure.
      throw SystemError(code: EIO)
    }
  }

  /// Makes sure that this process may make files in an open folder.
  static func checkWritable(_ folder: CInt) throws(SystemError) {
    guard faccessat(folder, ".", W_OK | X_OK, AT_EACCESS) == 0 else { throw .last }
  }

  static func makeFolder(_ path: [UInt8], in folder: CInt) throws(SystemError) {
    guard withPath(path[...], { mkdirat(folder, $0, 0o777) }) == 0 else { throw .last }
  }

  static func rename(
    _ name: [UInt8], to newName: [UInt8], in folder: CInt
  ) throws(SystemError) {
    let status = withPath(name[...]) { old in
      withPath(newName[...]) { renameat(folder, old, folder, $0) }
    }
    guard status == 0 else { throw .last }
  }

  /// Makes last what was written to a file, or which names a folder holds.
  static func sync(_ descriptor: CInt) throws(SystemError) {
    while fsync(descriptor) != 0 {
      if errno != EINTR { throw .last }
    }
  }

  /// Makes last everything that was written to the file system of `descriptor`.
  static func syncFileSystem(_ descriptor: CInt) throws(SystemError) {
    while syncfs(descriptor) != 0 {
      if errno != EINTR { throw .last }
    }
  }

  static func remove(_ name: [UInt8], in folder: CInt) throws(SystemError) {
    guard withPath(name[...], { unlinkat(folder, $0, 0) }) == 0 else { throw .last }
  }

  /// Lends `path` as a C string.
  private static func withPath<Result>(
    _ path: ArraySlice<UInt8>, _ body: (UnsafePointer<CChar>) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: path.count + 1) { buffer in
      var index = 0
      for byte in path {
        buffer[index] = CChar(bitPattern: byte)
        index += 1
      }
      buffer[index] = 0
      // The buffer holds at least the final NUL, so it has a base address.
      return body(UnsafePointer(buffer.baseAddress!))
    }
  }
}
