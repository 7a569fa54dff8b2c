// Text in, numbers, words and marks out: what `DateText` looks at instead of bytes.

/// A piece of a text that may be a date.
enum DateToken: Equatable {
  /// Its value and how many digits it was written with, `1...14`.
  case number(Int, digits: Int)
  /// In lower case, a point within it dropped.
  case word(String)
  /// A byte that is neither; runs of white space are one space.
  case mark(UInt8)

  var isNumber: Bool {
    if case .number = self { true } else { false }
  }
}

enum DateTokens {
  /// Cuts the first `DateText.lengthLimit` bytes into tokens.
  static func tokens(of bytes: UnsafeBufferPointer<UInt8>) -> [DateToken] {
    var tokens: [DateToken] = []
    let bytes = UnsafeBufferPointer(rebasing: bytes.prefix(DateText.lengthLimit))
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if let (digit, length) = digit(bytes, at) {
        var value = digit
        var digits = 1
        at += length
        while let (next, length) = Self.digit(bytes, at) {
          if digits < 18 { value = value * 10 + next }
          digits += 1
          at += length
        }
        tokens.append(.number(value, digits: digits))
      } else if byte <= 0x20 || isWideSpace(bytes, at) {
        if tokens.last != .mark(0x20) { tokens.append(.mark(0x20)) }
        at += byte <= 0x20 ? 1 : byte == 0xC2 ? 2 : 3
      } else if byte >= 0x80 || isLetter(byte) {
        let start = at
        while at < bytes.count, bytes[at] >= 0x80 || isLetter(bytes[at]) {
          if Self.digit(bytes, at) != nil || isWideSpace(bytes, at) { break }
          at += 1
        }
        tokens.append(
          .word(
            String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self)
              .lowercased()))
      } else {
        tokens.append(.mark(byte))
        at += 1
      }
    }
    return tokens
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A
  }

  /// No-break space (C2 A0), narrow no-break space (E2 80 AF), ideographic space (E3 80 80).
  private static func isWideSpace(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    if bytes[at] == 0xC2 { return at + 1 < bytes.count && bytes[at + 1] == 0xA0 }
    guard at + 2 < bytes.count else { return false }
    return bytes[at] == 0xE2 && bytes[at + 1] == 0x80 && bytes[at + 2] == 0xAF
      || bytes[at] == 0xE3 && bytes[at + 1] == 0x80 && bytes[at + 2] == 0x80
  }

  /// A digit of Europe, Arabia, Persia, India or Bengal, and its length in bytes.
  private static func digit(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int
  ) -> (value: Int, length: Int)? {
    guard at < bytes.count else { return nil }
    let byte = bytes[at]
    if byte < 0x80 { return 0x30...0x39 ~= byte ? (Int(byte) - 0x30, 1) : nil }
    // U+0660 is D9 A0, U+06F0 is DB B0.
    if at + 1 < bytes.count, byte == 0xD9, 0xA0...0xA9 ~= bytes[at + 1] {
      return (Int(bytes[at + 1]) - 0xA0, 2)
    }
    if at + 1 < bytes.count, byte == 0xDB, 0xB0...0xB9 ~= bytes[at + 1] {
      return (Int(bytes[at + 1]) - 0xB0, 2)
    }
    guard at + 2 < bytes.count, byte == 0xE0 else { return nil }
    // U+0966 is E0 A5 A6, U+09E6 is E0 A7 A6.
    if bytes[at + 1] == 0xA5 || bytes[at + 1] == 0xA7, 0xA6...0xAF ~= bytes[at + 2] {
      return (Int(bytes[at + 2]) - 0xA6, 3)
    }
    return nil
  }
}
