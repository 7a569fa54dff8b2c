// Rows of one file, read again: places in ascending order in, the rows' bytes out.

internal import CZlib
internal import CZstd
internal import Glibc

/// Why rows cannot be read again.
struct RowsLost: Error {
  let part: Int64
}

/// Reads the rows of one file. Of a packed file each place must lie behind the one before. Used by
/// one thread.
final class ShardReader {
  private let file: Descriptor
  private let packing: ShardPacking
  private let part: Int64
  private var inflate = z_stream()
  private var zstd: OpaquePointer?
  /// Packed bytes that are not unpacked yet.
  private var raw: [UInt8] = []
  private var rawAt = 0
  /// Unpacked bytes from `start` on.
  private var plain: [UInt8] = []
  private var start = 0

  private static let pieceSize = 1 << 18

  init(_ file: consuming Descriptor, _ packing: ShardPacking, part: Int64) throws(SystemError) {
    self.packing = packing
    self.part = part
    switch packing {
    case .none: break
    case .gzip:
      guard
        inflateInit2_(&inflate, 15 + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK
      else { throw .noMemory }
    case .zstd:
      zstd = ZSTD_createDCtx()
      guard zstd != nil else { throw .noMemory }
    }
    self.file = file
  }

  deinit {
    if packing == .gzip { inflateEnd(&inflate) }
    ZSTD_freeDCtx(zstd)
  }

  func row(at offset: Int, length: Int) throws(RowsLost) -> [UInt8] {
    if packing == .none {
      guard let bytes = try? FileCalls.read(file.raw, at: offset, count: length),
        bytes.count == length
      else { throw RowsLost(part: part) }
      return bytes
    }
    while start + plain.count < offset + length {
      // What lies before the row is not asked for any more.
      let passed = min(max(offset - start, 0), plain.count)
      plain.removeFirst(passed)
      start += passed
      guard try unpack() else { throw RowsLost(part: part) }
    }
    guard offset >= start else { throw RowsLost(part: part) }
    return Array(plain[(offset - start)..<(offset - start + length)])
  }

  /// - Returns: `false` at the end.
  private func unpack() throws(RowsLost) -> Bool {
    if rawAt == raw.count {
      guard let next = try? FileCalls.readNext(file.raw, count: Self.pieceSize) else {
        throw RowsLost(part: part)
      }
      if next.isEmpty { return false }
      raw = next
      rawAt = 0
    }
    var isDamaged = false
    let piece = [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, filled in
      raw.withUnsafeMutableBytes { source in
        if packing == .gzip {
          inflate.next_in = source.baseAddress?.advanced(by: rawAt)
            .assumingMemoryBound(to: UInt8.self)
          inflate.avail_in = UInt32(source.count - rawAt)
          inflate.next_out = buffer.baseAddress
          inflate.avail_out = UInt32(buffer.count)
          let status = CZlib.inflate(&inflate, Z_NO_FLUSH)
          isDamaged = status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR
          rawAt = source.count - Int(inflate.avail_in)
          filled = buffer.count - Int(inflate.avail_out)
        } else {
          var input = ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: rawAt)
          var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
          isDamaged = ZSTD_isError(ZSTD_decompressStream(zstd, &output, &input)) != 0
          rawAt = input.pos
          filled = output.pos
        }
      }
    }
    if isDamaged { throw RowsLost(part: part) }
    plain += piece
    return true
  }
}
