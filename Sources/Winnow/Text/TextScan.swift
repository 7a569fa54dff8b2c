// Finds out, in one pass over the bytes, that a text needs no work. Most texts need none.

enum TextScan {
  /// Whether every step of normalisation would leave the text as it is.
  ///
  /// `false` means only that something may change. Steps that are switched off are not looked at
  /// apart: a text that has something for them takes the slower way.
  static func isClean(_ text: UnsafeBufferPointer<UInt8>, layout: TextLayout) -> Bool {
    // The start of the text counts as a line's: no white space may follow.
    var previous: UInt8 = layout == .preformatted ? 0 : 0x0A
    var lastClass: UInt8 = 0
    var at = 0
    while at < text.count {
      let byte = text[at]
      if byte < 0x80 {
        if byte <= 0x26 || byte == 0x7F {
          guard isCleanASCII(byte, after: previous, text, at: at, layout) else { return false }
        }
        previous = byte
        lastClass = 0
        at += 1
        continue
      }
      previous = 0x80
      // C3 to CB: U+00C0 to U+02FF, letters that nothing happens to.
      if byte > 0xC2 && byte < 0xCC {
        lastClass = 0
        at += 2
        continue
      }
      let (scalar, length) = UTF8Text.scalar(in: text, at: at)
      guard InvisibleCharacters.characterClass(of: scalar) == .plain,
        isOrdered(scalar, &lastClass)
      else { return false }
      at += length
    }
    return layout == .preformatted
      ? previous != 0x20 && previous != 0x0A && previous != 0x09 && text.first != 0x0A
      : previous != 0x20 && previous != 0x0A || text.isEmpty
  }

  /// Whether Form C leaves the scalar as and where it is.
  @inline(__always)
  private static func isOrdered(_ scalar: UInt32, _ lastClass: inout UInt8) -> Bool {
    switch NFC.behaviour(of: scalar) {
    case .inert:
      lastClass = 0
      return true
    case .ordered(let combiningClass):
      defer { lastClass = combiningClass }
      return combiningClass >= lastClass
    case .doubtful:
      return false
    }
  }

  private static func isCleanASCII(
    _ byte: UInt8, after previous: UInt8, _ text: UnsafeBufferPointer<UInt8>, at: Int,
    _ layout: TextLayout
  ) -> Bool {
    switch byte {
    case 0x20:
      return layout == .preformatted || previous != 0x20 && previous != 0x0A
    case 0x0A:
      switch layout {
      case .flow: return previous != 0x20 && previous != 0x0A
      case .preformatted: return previous != 0x20 && previous != 0x09
      case .line: return false
      }
    case 0x09:
      return layout == .preformatted
    case UInt8(ascii: "&"):
      return layout == .preformatted || !mayStartReference(text, at: at + 1)
    default:
      return byte > 0x20 && byte < 0x7F
    }
  }

  /// Whether letters, digits or `#` lead from here to a semicolon.
  private static func mayStartReference(_ text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    var at = start
    while at < text.count {
      switch text[at] {
      case UInt8(ascii: ";"): return at > start
      case UInt8(ascii: "#"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
        at += 1
      default: return false
      }
    }
    return false
  }
}
