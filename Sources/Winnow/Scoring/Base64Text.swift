// Text that holds bytes, as the model's tables stand in the source.

enum Base64Text {
  /// The bytes that the text stands for; what is no base64 is passed over.
  ///
  /// - Complexity: O(text), a few hundred kilobytes for the model's tables.
  static func bytes(of text: StaticString) -> [UInt8] {
    var result: [UInt8] = []
    text.withUTF8Buffer { text in
      result.reserveCapacity(text.count / 4 * 3)
      var pending: UInt32 = 0
      var count = 0
      for byte in text {
        let value: UInt32
        switch byte {
        case 0x41...0x5A: value = UInt32(byte - 0x41)
        case 0x61...0x7A: value = UInt32(byte - 0x61) + 26
        case 0x30...0x39: value = UInt32(byte - 0x30) + 52
        case 0x2B: value = 62
        case 0x2F: value = 63
        default: continue
        }
        pending = pending << 6 | value
        count += 1
        if count == 4 {
          result.append(UInt8(truncatingIfNeeded: pending >> 16))
          result.append(UInt8(truncatingIfNeeded: pending >> 8))
          result.append(UInt8(truncatingIfNeeded: pending))
          count = 0
          pending = 0
        }
      }
      if count == 3 {
        result.append(UInt8(truncatingIfNeeded: pending >> 10))
        result.append(UInt8(truncatingIfNeeded: pending >> 2))
      } else if count == 2 {
        result.append(UInt8(truncatingIfNeeded: pending >> 4))
      }
    }
    return result
  }
}
