// Zstandard frames (RFC 8878), unpacked, with the dictionary that a file of records may begin with.
// The only file that calls libzstd.

internal import CZstd
internal import Glibc

final class ZstdDecoder: MemberDecoder {
  private let context: OpaquePointer

  init() throws(SystemError) {
    guard let context = ZSTD_createDCtx() else { throw SystemError(code: ENOMEM) }
    self.context = context
  }

  deinit { ZSTD_freeDCtx(context) }

  func begin() { ZSTD_DCtx_reset(context, ZSTD_reset_session_only) }

  func step(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) -> MemberStep {
    var source = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var target = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    // `0` at a frame's end, else a hint of how much comes, or an error.
    let status = ZSTD_decompressStream(context, &target, &source)
    return MemberStep(
      used: source.pos, written: target.pos,
      state: ZSTD_isError(status) != 0 ? .damaged : status == 0 ? .ended : .goesOn)
  }

  /// Streaming is as fast: libzstd decodes into the output when that has room.
  func whole(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) -> MemberStep? { nil }

  /// Takes the dictionary for all frames that follow; it may be packed itself.
  ///
  /// Source: IIPC, "Zstandard Compression for WARC Files 1.0", dictionary frames.
  func take(dictionary: [UInt8]) {
    var dictionary = dictionary
    if Packing.zstd.begins(dictionary) {
      guard
        let plain = try? Unpacker.unpack(dictionary, .zstd, limit: Self.longestDictionary)
      else { return }
      dictionary = plain
    }
    // Without it the frames that need it are damaged, and told of one by one.
    dictionary.withUnsafeBytes {
      _ = ZSTD_DCtx_loadDictionary(context, $0.baseAddress, $0.count)
    }
  }

  /// Bytes. Dictionaries in use have some hundred kilobytes.
  static let longestDictionary = 16 << 20
}
