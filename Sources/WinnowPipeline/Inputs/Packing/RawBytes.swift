// A file's or pipe's bytes as they are stored, with a view ahead: a descriptor in, runs of bytes
// out.

internal import Glibc

/// Reads forward through one buffer; to be used by one thread at a time.
final class RawBytes {
  private let file: SharedDescriptor
  /// `memory[at..<end]` are to be used next, and `memory[0]` stands at `start` in the file.
  private let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: RawBytes.size)
  private var start = 0
  private var at = 0
  private var end = 0
  /// Bytes of the file when it was opened; `nil` for what can only be read forward.
  let size: Int?

  /// Bytes that are at hand at most.
  static let size = 1 << 18

  init(_ file: SharedDescriptor) throws(SystemError) {
    self.file = file
    let status = try FileCalls.status(of: file.raw)
    size = status.kind == .file ? status.size : nil
  }

  deinit { memory.deallocate() }

  /// The bytes at hand; lent until the next call.
  var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: memory[at..<end]) }
  /// Of the next byte in the file.
  var offset: Int { start + at }

  /// Uses bytes that are at hand.
  func drop(_ count: Int) { at += min(count, end - at) }

  /// Makes as many bytes available as there is room for; none more at the end.
  func refill() throws(SystemError) {
    if at > 0 {
      let rest = end - at
      let bytes = UnsafeMutableRawBufferPointer(memory)
      bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[at..<end]))
      start += at
      at = 0
      end = rest
    }
    while end < memory.count {
      let free = UnsafeMutableRawBufferPointer(
        rebasing: UnsafeMutableRawBufferPointer(memory)[end...])
      let count =
        size == nil
        ? try FileCalls.read(file.raw, into: free)
        : try FileCalls.read(file.raw, at: start + end, into: free)
      if count == 0 { return }
      end += count
    }
  }

  /// Goes on at a byte of the file. In a pipe, bytes that are no longer at hand cannot be had
  /// again: reading goes on at the first that is.
  func seek(to offset: Int) {
    if (start...(start + end)).contains(offset) {
      at = offset - start
    } else if size == nil {
      at = offset < start ? 0 : end
    } else {
      start = offset
      at = 0
      end = 0
    }
  }

  /// Bytes from any place of a file; none of a pipe.
  func peek(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    size == nil ? [] : try FileCalls.read(file.raw, at: offset, count: count)
  }
}
