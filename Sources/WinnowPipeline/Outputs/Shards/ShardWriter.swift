// One file of rows being written: rows in, packed bytes out.

internal import CZlib
internal import CZstd

/// Packs bytes piece by piece, always the same bytes for the same pieces. Used by one thread.
final class Packer {
  private let packing: ShardPacking
  private var deflate = z_stream()
  private var zstd: OpaquePointer?

  /// - Throws: `SystemError` when there is no memory.
  init(_ packing: ShardPacking) throws(SystemError) {
    self.packing = packing
    switch packing {
    case .none: break
    case .gzip:
      // 6 and 8: zlib's own defaults; 15: the largest window; 16: a gzip header, without a time.
      guard
        deflateInit2_(
          &deflate, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
          CInt(MemoryLayout<z_stream>.size)) == Z_OK
      else { throw .noMemory }
    case .zstd:
      zstd = ZSTD_createCCtx()
      guard zstd != nil else { throw .noMemory }
      ZSTD_CCtx_setParameter(zstd, ZSTD_c_compressionLevel, 3)
      ZSTD_CCtx_setParameter(zstd, ZSTD_c_checksumFlag, 1)
    }
  }

  deinit {
    if packing == .gzip { deflateEnd(&deflate) }
    ZSTD_freeCCtx(zstd)
  }

  /// - Parameter isLast: Whether nothing follows.
  /// - Returns: What can be written by now.
  func pack(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
    switch packing {
    case .none: bytes
    case .gzip: gzip(bytes, isLast: isLast)
    case .zstd: zstandard(bytes, isLast: isLast)
    }
  }

  private static let pieceSize = 1 << 16

  private func gzip(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
    var output: [UInt8] = []
    var input = bytes
    input.withUnsafeMutableBufferPointer { input in
      deflate.next_in = input.baseAddress
      deflate.avail_in = UInt32(input.count)
      var isFull = true
      while isFull {
        let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, filled in
          deflate.next_out = buffer.baseAddress
          deflate.avail_out = UInt32(buffer.count)
          _ = CZlib.deflate(&deflate, isLast ? Z_FINISH : Z_NO_FLUSH)
          filled = buffer.count - Int(deflate.avail_out)
          isFull = deflate.avail_out == 0
        }
        output += piece
      }
    }
    return output
  }

  private func zstandard(_ bytes: [UInt8], isLast: Bool) -> [UInt8] {
    var output: [UInt8] = []
    bytes.withUnsafeBytes { source in
      var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
      var isDone = false
      while !isDone {
        let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, filled in
          var target = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
          let left = ZSTD_compressStream2(
            zstd, &target, &input, isLast ? ZSTD_e_end : ZSTD_e_continue)
          filled = target.pos
          // An error cannot be but for memory; what was written then does not unpack, and is found.
          isDone = ZSTD_isError(left) != 0 || (isLast ? left == 0 : input.pos == input.size)
        }
        output += piece
      }
    }
    return output
  }
}

/// A hash of any number of bytes, taken a piece at a time: of the pieces' hashes.
struct PiecewiseHash {
  private static let pieceSize = 1 << 20
  private var pending: [UInt8] = []
  private var hashes: [UInt8] = []

  mutating func add(_ bytes: [UInt8]) {
    pending += bytes
    while pending.count >= Self.pieceSize {
      hashes += ContentHash(Array(pending.prefix(Self.pieceSize))).bytes
      pending.removeFirst(Self.pieceSize)
    }
  }

  func finish() -> ContentHash { ContentHash(hashes + ContentHash(pending).bytes) }
}
