// UTF-16 and UTF-32.

enum WideDecoder {
  /// A lone surrogate is one error, and so is an odd byte at the end.
  static func decodeUTF16(
    _ bytes: UnsafeBufferPointer<UInt8>, isBigEndian: Bool, into out: inout UTF8Writer
  ) {
    func unit(_ index: Int) -> UInt32 {
      isBigEndian
        ? UInt32(bytes[index]) << 8 | UInt32(bytes[index + 1])
        : UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index])
    }
    var index = 0
    while index + 1 < bytes.count {
      let first = unit(index)
      index += 2
      guard first & 0xF800 == 0xD800 else {
        out.append(first)
        continue
      }
      guard first < 0xDC00 else {
        out.appendError()
        continue
      }
      // The standard has one error for a surrogate and an odd byte that end the page together.
      guard index + 1 < bytes.count else { return out.appendError() }
      let second = unit(index)
      guard second & 0xFC00 == 0xDC00 else {
        out.appendError()
        continue
      }
      out.append(0x10000 + (first & 0x3FF) << 10 + second & 0x3FF)
      index += 2
    }
    if index < bytes.count { out.appendError() }
  }

  /// Not part of the standard: four bytes that are no scalar value are one error.
  static func decodeUTF32(
    _ bytes: UnsafeBufferPointer<UInt8>, isBigEndian: Bool, into out: inout UTF8Writer
  ) {
    var index = 0
    while index + 3 < bytes.count {
      var scalar: UInt32 = 0
      for offset in 0..<4 {
        scalar = scalar << 8 | UInt32(bytes[index + (isBigEndian ? offset : 3 - offset)])
      }
      if scalar > 0x10FFFF || scalar & 0xFFFF_F800 == 0xD800 {
        out.appendError()
      } else {
        out.append(scalar)
      }
      index += 4
    }
    if index < bytes.count { out.appendError() }
  }
}
