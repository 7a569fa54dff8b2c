// Valid UTF-8 read and written scalar by scalar, without checks and without allocation.

enum UTF8Text {
  /// The scalar that starts at `at`, and its bytes. The text is valid UTF-8 and `at` a boundary.
  @inline(__always)
  static func scalar(in text: UnsafeBufferPointer<UInt8>, at: Int) -> (value: UInt32, length: Int) {
    let first = UInt32(text[at])
    if first < 0x80 { return (first, 1) }
    if first < 0xE0 { return ((first & 0x1F) << 6 | continuation(text, at + 1), 2) }
    if first < 0xF0 {
      let middle = continuation(text, at + 1) << 6
      return ((first & 0x0F) << 12 | middle | continuation(text, at + 2), 3)
    }
    let middle = continuation(text, at + 1) << 12 | continuation(text, at + 2) << 6
    return ((first & 0x07) << 18 | middle | continuation(text, at + 3), 4)
  }

  /// The bytes of a scalar that starts with `lead`, if all such scalars are ones that normalisation
  /// leaves alone; else `0`. They are U+00C0 to U+02FF, U+0400 to U+047F, U+4000 to U+9FFF (Han)
  /// and U+B000 to U+D7FF (Hangul).
  @inline(__always)
  static func plainLength(lead: UInt8) -> Int {
    switch lead {
    case 0xC3...0xCB, 0xD0, 0xD1: 2
    case 0xE4...0xE9, 0xEB...0xED: 3
    default: 0
    }
  }

  @inline(__always)
  private static func continuation(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> UInt32 {
    UInt32(text[at]) & 0x3F
  }

  /// The last scalar of `text` for which `condition` holds; looks at 32 at most.
  static func lastScalar(
    of text: [UInt8], where condition: (UInt32) -> Bool = { _ in true }
  ) -> UInt32? {
    text.withUnsafeBufferPointer { bytes in
      var end = bytes.count
      for _ in 0..<32 where end > 0 {
        var at = end - 1
        while at > 0, bytes[at] & 0xC0 == 0x80 { at -= 1 }
        let (value, _) = scalar(in: bytes, at: at)
        if condition(value) { return value }
        end = at
      }
      return nil
    }
  }

  /// Appends a scalar, which is not a surrogate and not above U+10FFFF.
  static func append(_ scalar: UInt32, to text: inout [UInt8]) {
    switch scalar {
    case ..<0x80:
      text.append(UInt8(scalar))
    case ..<0x800:
      text.append(UInt8(0xC0 | scalar >> 6))
      text.append(UInt8(0x80 | scalar & 0x3F))
    case ..<0x1_0000:
      text.append(UInt8(0xE0 | scalar >> 12))
      text.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      text.append(UInt8(0x80 | scalar & 0x3F))
    default:
      text.append(UInt8(0xF0 | scalar >> 18 & 0x07))
      text.append(UInt8(0x80 | scalar >> 12 & 0x3F))
      text.append(UInt8(0x80 | scalar >> 6 & 0x3F))
      text.append(UInt8(0x80 | scalar & 0x3F))
    }
  }
}
