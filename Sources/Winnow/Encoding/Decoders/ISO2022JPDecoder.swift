// iso-2022-jp: seven-bit, with escape sequences that switch between character sets.

private import CEncodingTables

enum ISO2022JPDecoder {
  private enum CharacterSet { case ascii, roman, katakana, jis0208 }

  /// Source: https://encoding.spec.whatwg.org/#iso-2022-jp-decoder, its states folded into the
  /// character set in force and a look ahead.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, into out: inout UTF8Writer) {
    var set = CharacterSet.ascii
    // Two escape sequences with nothing between them are an error.
    var hasJustEscaped = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x1B {
        if let next = characterSet(afterEscapeAt: index, bytes) {
          set = next
          index += 2
          if hasJustEscaped { out.appendError() }
          hasJustEscaped = true
        } else {
          hasJustEscaped = false
          out.appendError()
        }
        continue
      }
      hasJustEscaped = false
      switch set {
      case .ascii, .roman:
        if byte >= 0x80 || byte == 0x0E || byte == 0x0F {
          out.appendError()
        } else if set == .roman, byte == 0x5C {
          out.append(0xA5)
        } else if set == .roman, byte == 0x7E {
          out.append(0x203E)
        } else {
          out.append(UInt32(byte))
        }
      case .katakana:
        if 0x21...0x5F ~= byte {
          out.append(0xFF61 - 0x21 + UInt32(byte))
        } else {
          out.appendError()
        }
      case .jis0208:
        guard 0x21...0x7E ~= byte, index < bytes.count else {
          out.appendError()
          continue
        }
        let trail = bytes[index]
        if trail == 0x1B {
          // The escape sequence is read in the next round.
          out.appendError()
          continue
        }
        index += 1
        if 0x21...0x7E ~= trail,
          let scalar = entry(winnow_jis0208(), (Int(byte) - 0x21) * 94 + Int(trail) - 0x21)
        {
          out.append(scalar)
        } else {
          out.appendError()
        }
      }
    }
  }

  private static func characterSet(
    afterEscapeAt index: Int, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> CharacterSet? {
    guard index + 1 < bytes.count else { return nil }
    return switch (bytes[index], bytes[index + 1]) {
    case (0x28, 0x42): .ascii
    case (0x28, 0x4A): .roman
    case (0x28, 0x49): .katakana
    case (0x24, 0x40), (0x24, 0x42): .jis0208
    default: nil
    }
  }
}
