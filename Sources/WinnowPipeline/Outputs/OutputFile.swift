// A file that is being written: pieces in, few large writes out.

internal import Glibc

/// Gathers pieces and writes them in large parts.
package struct OutputFile: ~Copyable {
  private let descriptor: Descriptor
  private var pending: [UInt8] = []

  /// Bytes gathered before they are written: one system call for most documents.
  private static let partSize = 1 << 18

  init(_ descriptor: consuming Descriptor) {
    self.descriptor = descriptor
  }

  package mutating func write(_ bytes: [UInt8]) throws(SystemError) {
    if pending.isEmpty && bytes.count >= Self.partSize {
      try FileCalls.write(bytes, to: descriptor.raw)
      return
    }
    pending += bytes
    if pending.count >= Self.partSize { try flush() }
  }

  /// Writes what is left and closes the file.
  ///
  /// - Returns: Its status, with the size and time that it keeps.
  consuming func finish() throws(SystemError) -> FileStatus {
    try FileCalls.write(pending, to: descriptor.raw)
    let status = try FileCalls.status(of: descriptor.raw)
    try descriptor.close()
    return status
  }

  private mutating func flush() throws(SystemError) {
    try FileCalls.write(pending, to: descriptor.raw)
    pending.removeAll(keepingCapacity: true)
  }
}
