// Which invisible characters belong to a text and which are strays: one scalar in, its class out.
//
// What is decided here, and why:
//
// - Control characters (C0 but tab and line feed, DEL, C1), byte order marks, word joiners,
//   invisible operators, deprecated format characters, interlinear annotation controls and
//   noncharacters go. Controls that once moved the carriage (VT, FF, CR, NEL) become white space.
// - Zero-width space marks the ends of words in scripts written without spaces; it stays between
//   letters of Thai, Lao, Khmer, Myanmar and their kin, and goes elsewhere, where it is a hint for
//   line breaks. It never becomes a space: between Latin letters it stands inside a word.
// - Zero-width non-joiner stays between letters of scripts whose letters join or stack (Arabic,
//   Syriac, Mongolian, the scripts of India ...), where it is spelling. Zero-width joiner stays
//   after such a letter, for it also shapes the end of a word, and inside emoji sequences.
// - Left-to-right, right-to-left and Arabic letter marks stay in a text with letters written from
//   right to left, one at a time; elsewhere they are strays of copying. Embeddings, overrides and
//   isolates go everywhere: they span text, and a span cut in half turns what follows it around.
// - Variation selectors and the combining grapheme joiner stay: they are part of what they follow.
//   Tags stay after a black flag (the flags of England, Scotland, Wales) and go elsewhere.
//
// Sources: Unicode Standard 15, sections 23.2 to 23.9; UAX #9; UTS #51; RFC 5892, appendix A.

/// The classes of characters that normalisation looks at.
enum CharacterClass {
  case plain
  /// No-break spaces, which even code is better off without.
  case noBreakSpace
  /// Every other space that is not U+0020.
  case space
  case tab
  case lineFeed
  /// A control that is white space: VT, FF, CR, NEL.
  case spacingControl
  /// U+2028 and U+2029.
  case separator
  case softHyphen
  /// Always a stray.
  case stray
  /// Stays or goes by what stands beside it.
  case zeroWidthSpace, nonJoiner, joiner, directionMark, vowelSeparator, tag
}

enum InvisibleCharacters {
  static func characterClass(of scalar: UInt32) -> CharacterClass {
    switch scalar {
    case 0x20...0x7E: .plain
    case 0x09: .tab
    case 0x0A: .lineFeed
    case 0x0B...0x0D, 0x85: .spacingControl
    case 0..<0x20, 0x7F...0x9F: .stray
    case 0xA0, 0x2007, 0x202F: .noBreakSpace
    case 0xAD: .softHyphen
    case 0x61C, 0x200E, 0x200F: .directionMark
    case 0x1680, 0x2000...0x200A, 0x205F, 0x3000: .space
    case 0x180E: .vowelSeparator
    case 0x200B: .zeroWidthSpace
    case 0x200C: .nonJoiner
    case 0x200D: .joiner
    case 0x2028, 0x2029: .separator
    case 0x202A...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xFDD0...0xFDEF: .stray
    case 0xE0020...0xE007F: .tag
    case 0xE0001: .stray
    default: scalar & 0xFFFE == 0xFFFE ? .stray : .plain
    }
  }

  /// Whether a character that stays or goes by its neighbours stays.
  ///
  /// - Parameters:
  ///   - previous: The scalar before it in the output.
  ///   - next: The next scalar of the input that is not invisible itself.
  ///   - isRightToLeft: Whether the text has letters written from right to left.
  static func stays(
    _ scalar: UInt32, _ kind: CharacterClass, previous: UInt32?, next: UInt32?,
    isRightToLeft: @autoclosure () -> Bool
  ) -> Bool {
    guard let previous else { return kind == .directionMark && isRightToLeft() }
    switch kind {
    case .zeroWidthSpace:
      return isWrittenWithoutSpaces(previous) && next.map(isWrittenWithoutSpaces) == true
    case .nonJoiner:
      return isShapedByJoiners(previous) && next.map(isShapedByJoiners) == true
    case .joiner:
      return isShapedByJoiners(previous) || isEmojiPart(previous) && next.map(isEmoji) == true
    case .vowelSeparator:
      return isMongolian(previous) && next.map(isMongolian) == true
    case .directionMark:
      return previous != scalar && isRightToLeft()
    case .tag:
      return previous == 0x1F3F4 || (0xE0020...0xE007E).contains(previous)
    default:
      return false
    }
  }

  /// Hebrew, Arabic, Syriac, Thaana, N'Ko ... and their presentation forms.
  static func isRightToLeft(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x590...0x60B, 0x60D...0x61B, 0x61D...0x8FF, 0xFB1D...0xFDCF, 0xFDF0...0xFDFF,
      0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
      true
    default: false
    }
  }

  /// Combining marks of no script of their own, by block.
  static func isAccent(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: true
    default: false
    }
  }

  /// Thai and Lao; Myanmar; Khmer; Tai Le, New Tai Lue, Tai Tham; their extensions.
  private static func isWrittenWithoutSpaces(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x1950...0x19FF, 0x1A20...0x1AAF,
      0xA9E0...0xA9FF, 0xAA60...0xAADF:
      true
    default: false
    }
  }

  /// Scripts with joining letters (ArabicShaping.txt) or with conjuncts (Brahmic ones with virama).
  private static func isShapedByJoiners(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x60D...0x61B, 0x61D...0x8FF, 0x900...0xDFF, 0xF00...0x109F, 0x1780...0x18AF,
      0x1A20...0x1C4F, 0x1CD0...0x1CFF, 0xA840...0xA8FF, 0xA980...0xA9DF, 0xAAE0...0xAAFF,
      0xABC0...0xABFF, 0xFB50...0xFDCF, 0xFDF0...0xFDFF, 0xFE70...0xFEFC, 0x10A00...0x10FFF,
      0x11000...0x11FFF, 0x1E900...0x1E95F:
      true
    default: false
    }
  }

  private static func isMongolian(_ scalar: UInt32) -> Bool { (0x1800...0x18AF).contains(scalar) }

  /// Pictographs, by block; text has no other use for a joiner beside them.
  private static func isEmoji(_ scalar: UInt32) -> Bool {
    (0x2190...0x2BFF).contains(scalar) || (0x1F000...0x1FAFF).contains(scalar)
  }

  /// A pictograph or what may follow it in a sequence: the emoji variation selector.
  private static func isEmojiPart(_ scalar: UInt32) -> Bool {
    isEmoji(scalar) || scalar == 0xFE0F
  }
}
