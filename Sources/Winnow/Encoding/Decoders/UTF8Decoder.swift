// utf-8: what is valid is copied, what is not becomes U+FFFD.

enum UTF8Decoder {
  /// Each longest beginning of a valid sequence becomes one U+FFFD, as the standard decodes.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, into out: inout UTF8Writer) {
    var index = 0
    while index < bytes.count {
      let end = out.appendASCII(bytes, from: index)
      if end > index {
        index = end
        continue
      }
      if bytes[index] == 0 {
        out.append(0)
        index += 1
        continue
      }
      let (length, isValid) = bytes.utf8Sequence(at: index)
      if isValid {
        out.appendValid(bytes, index..<index + length)
      } else {
        out.appendError()
      }
      index += length
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The sequence that starts at `index` with a byte from 0x80 on: its length and whether it is
  /// whole; of a broken one, the length of its longest beginning that could be valid, at least 1.
  @inline(__always)
  func utf8Sequence(at index: Int) -> (length: Int, isValid: Bool) {
    let lead = self[index]
    let length: Int
    // The bounds of the second byte keep out overlong forms, surrogates and what lies past
    // U+10FFFF (Unicode 16, table 3-7).
    var low: UInt8 = 0x80
    var high: UInt8 = 0xBF
    switch lead {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if lead == 0xE0 { low = 0xA0 }
      if lead == 0xED { high = 0x9F }
    case 0xF0...0xF4:
      length = 4
      if lead == 0xF0 { low = 0x90 }
      if lead == 0xF4 { high = 0x8F }
    default: return (1, false)
    }
    guard index + 1 < count, low...high ~= self[index + 1] else { return (1, false) }
    var position = index + 2
    while position < index + length {
      guard position < count, self[position] & 0xC0 == 0x80 else {
        return (position - index, false)
      }
      position += 1
    }
    return (length, true)
  }
}
