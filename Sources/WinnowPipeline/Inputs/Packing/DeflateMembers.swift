// Gzip members that are in memory as a whole: packed bytes in, plain ones out. The only file that
// calls libdeflate, which needs a member whole but takes about half of zlib's time.

internal import CDeflate

/// To be used by one thread at a time.
final class DeflateMembers {
  private let decompressor: OpaquePointer

  init?() {
    guard let decompressor = libdeflate_alloc_decompressor() else { return nil }
    self.decompressor = decompressor
  }

  deinit { libdeflate_free_decompressor(decompressor) }

  /// Unpacks the member that `input` begins with, and checks its CRC.
  ///
  /// - Returns: `nil` when it is damaged, not all there, or does not fit.
  func unpack(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) -> (used: Int, written: Int)? {
    var (used, written) = (0, 0)
    let result = libdeflate_gzip_decompress_ex(
      decompressor, input.baseAddress, input.count, output.baseAddress, output.count, &used,
      &written)
    return result == LIBDEFLATE_SUCCESS ? (used, written) : nil
  }
}
