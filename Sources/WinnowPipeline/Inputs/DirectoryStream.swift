// The entries of one folder, one at a time: an open folder in, names as bytes and types out.

internal import Glibc

/// A name in a folder and what it stands for, as far as the folder knows.
struct DirectoryEntry: Equatable {
  enum Kind: Equatable {
    case file, folder, link, other
    /// This file system does not tell; ask `stat`.
    case unknown
  }
  let name: [UInt8]
  let kind: Kind
}

/// Reads an open folder from its start. Used by one thread.
final class DirectoryStream {
  private let stream: OpaquePointer

  init(_ folder: consuming Descriptor) throws(SystemError) {
    let raw = folder.release()
    guard let stream = fdopendir(raw) else {
      let failure = SystemError.last
      _ = close(raw)
      throw failure
    }
    self.stream = stream
  }

  deinit { closedir(stream) }

  /// The next entry, without `.` and `..`; `nil` at the end.
  func next() throws(SystemError) -> DirectoryEntry? {
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno != 0 { throw .last }
        return nil
      }
      // By the pointer: some file systems give names longer than the struct's field.
      guard let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) else { return nil }
      let name = UnsafeRawPointer(entry) + offset
      let length = strlen(name.assumingMemoryBound(to: CChar.self))
      let bytes = UnsafeRawBufferPointer(start: name, count: length)
      if bytes.elementsEqual(".".utf8) || bytes.elementsEqual("..".utf8) { continue }
      return DirectoryEntry(name: Array(bytes), kind: Self.kind(entry.pointee.d_type))
    }
  }

  private static func kind(_ type: UInt8) -> DirectoryEntry.Kind {
    switch Int(type) {
    case Int(DT_REG): .file
    case Int(DT_DIR): .folder
    case Int(DT_LNK): .link
    case Int(DT_UNKNOWN): .unknown
    default: .other
    }
  }
}
