// Packed files for tests. Gzip is made without a compressor, by deflate's stored blocks (RFC 1951,
// 3.2.4), so that tests can damage what they know; zstd by libzstd.

import CZstd

enum Gzip {
  static func stored(_ text: String) -> [UInt8] { stored(Array(text.utf8)) }

  /// A whole member that unpacks to `bytes`.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(65_535)
      rest = rest.dropFirst(block.count)
      packed.append(rest.isEmpty ? 1 : 0)
      packed += little(UInt32(block.count), 2) + little(~UInt32(block.count), 2) + block
    } while !rest.isEmpty
    return packed + little(crc32(bytes), 4) + little(UInt32(bytes.count), 4)
  }

  private static func little(_ value: UInt32, _ count: Int) -> [UInt8] {
    (0..<UInt32(count)).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }

  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = ~0
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}

enum Zstd {
  /// One frame, with its checksum.
  static func packed(_ bytes: [UInt8], dictionary: [UInt8] = []) -> [UInt8] {
    let context = ZSTD_createCCtx()
    defer { ZSTD_freeCCtx(context) }
    ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    ZSTD_CCtx_loadDictionary(context, dictionary, dictionary.count)
    return [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) {
      $1 = ZSTD_compress2(context, $0.baseAddress, $0.count, bytes, bytes.count)
    }
  }

  /// A frame that holds no data.
  static func skippable(_ content: [UInt8], kind: UInt8 = 0x5D) -> [UInt8] {
    let size = (0..<4).map { UInt8(truncatingIfNeeded: content.count >> (8 * $0)) }
    return [kind, 0x2A, 0x4D, 0x18] + size + content
  }
}
