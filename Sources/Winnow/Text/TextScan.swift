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
        if isPlainWord(text, at: at) {
          at += 8
          previous = text[at - 1]
          lastClass = 0
          continue
        }
        if byte <= 0x26 || byte == 0x7F {
          guard isCleanASCII(byte, after: previous, text, at: at, layout) else { return false }
        }
        previous = byte
        lastClass = 0
        at += 1
        continue
      }
      previous = 0x80
      let inert = UTF8Text.plainLength(lead: byte)
      if inert > 0 {
        lastClass = 0
        at += inert
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

  /// Whether the 8 bytes at `at` are visible ASCII without ampersands, and single spaces.
  ///
  /// All at once, in one word: the high bit of each byte says whether the byte passed. No sum
  /// carries into the next byte, since all bytes are below 0x80 when they are added to.
  @inline(__always)
  private static func isPlainWord(_ text: UnsafeBufferPointer<UInt8>, at: Int) -> Bool {
    guard at > 0, at + 8 <= text.count, let base = text.baseAddress else { return false }
    let high: UInt64 = 0x8080_8080_8080_8080
    let low = ~high
    // Both loads lie inside the text: `at - 1 >= 0` and `at + 8 <= count`.
    let bytes = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
    if bytes & high != 0 { return false }
    let before = UnsafeRawPointer(base + at - 1).loadUnaligned(as: UInt64.self)
    let isAboveAmpersand = bytes &+ repeated(0x80 - 0x27)
    let isDelete = bytes &+ repeated(0x80 - 0x7F)
    let isNoSpace = (bytes ^ repeated(0x20)) &+ repeated(0x80 - 0x01)
    let isAfterVisible = (before & low) &+ repeated(0x80 - 0x21) | before
    let passed = isAboveAmpersand & ~isDelete | ~isNoSpace & isAfterVisible
    return passed & high == high
  }

  @inline(__always)
  private static func repeated(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

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
