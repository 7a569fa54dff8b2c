// Unicode scalars in, the same without case and without most accents out, so that a word is the same
// word however it is written. Coarser than Unicode's folding and a few comparisons a scalar.

enum ScalarFold {
  /// What stands for a scalar that is left out.
  static let nothing: UInt32 = 0

  /// U+00C0 to U+017F without accents, lower case; `.` keeps the scalar.
  private static let latin: StaticString = """
    aaaaaa.ceeeeiiiidnooooo.ouuuuy.saaaaaa.ceeeeiiiidnooooo.ouuuuy.y\
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkkkllllllllllnnnnnnn..oooooo..rrrrrr\
    ssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs
    """

  @inline(__always)
  static func fold(_ scalar: UInt32) -> UInt32 {
    if scalar < 0x80 { return scalar &- 0x41 < 26 ? scalar | 0x20 : scalar }
    return wide(scalar)
  }

  private static func wide(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0xC0...0x17F:
      // The table has one byte for each scalar of this range; a test counts them.
      let base = latin.utf8Start[Int(scalar - 0xC0)]
      if base != 0x2E { return UInt32(base) }
      // æ, œ, þ, ĳ, ŋ and their capitals.
      switch scalar {
      case 0xC6, 0xDE: return scalar + 32
      case 0x132, 0x14A, 0x152: return scalar + 1
      default: return scalar
      }
    case 0x218, 0x219: return 0x73
    case 0x21A, 0x21B: return 0x74
    case 0x300...0x36F, 0x640, 0x64B...0x652, 0x5B0...0x5C7, 0xAD, 0x200B...0x200F, 0xFE0E, 0xFE0F:
      return nothing
    case 0x386, 0x3AC: return 0x3B1
    case 0x388, 0x3AD: return 0x3B5
    case 0x389, 0x3AE: return 0x3B7
    case 0x38A, 0x3AF, 0x3CA: return 0x3B9
    case 0x38C, 0x3CC: return 0x3BF
    case 0x38E, 0x3CD, 0x3CB: return 0x3C5
    case 0x38F, 0x3CE: return 0x3C9
    case 0x391...0x3A9: return scalar + 32
    case 0x3C2: return 0x3C3
    case 0x401, 0x451: return 0x435
    case 0x400...0x40F: return scalar + 80
    case 0x410...0x42F: return scalar + 32
    case 0x460...0x52F: return scalar | 1
    case 0x531...0x556: return scalar + 48
    case 0x622, 0x623, 0x625: return 0x627
    case 0x649, 0x6CC: return 0x64A
    case 0x643, 0x6A9: return 0x6A9
    case 0xFF01...0xFF5E: return fold(scalar - 0xFEE0)
    default: return scalar
    }
  }

  /// Scripts that write words without spaces: Thai, Lao, Myanmar, Khmer, kana and Han.
  @inline(__always)
  static func isUnspaced(_ scalar: UInt32) -> Bool {
    scalar >= 0x0E00
      && (scalar <= 0x0EFF || scalar >= 0x3040 && scalar <= 0x30FF
        || scalar >= 0x3400 && scalar <= 0x9FFF || scalar >= 0x1000 && scalar <= 0x109F
        || scalar >= 0x1780 && scalar <= 0x17FF || scalar >= 0x20000 && scalar <= 0x323AF)
  }

  /// Letters, marks and digits of all scripts; what is left is punctuation and signs.
  @inline(__always)
  static func isWord(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return scalar | 0x20 &- 0x61 < 26 || scalar &- 0x30 < 10 }
    return isWideWord(scalar)
  }

  private static func isWideWord(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x80...0xBF: scalar == 0xAA || scalar == 0xB5 || scalar == 0xBA
    case 0xD7, 0xF7, 0x37E, 0x387, 0x55A...0x55F, 0x589, 0x5BE, 0x5C0, 0x5C3, 0x5F3, 0x5F4: false
    case 0x609...0x60D, 0x61B...0x61F, 0x66A...0x66D, 0x6D4, 0x964, 0x965, 0xE5A, 0xE5B: false
    case 0x104A...0x104F, 0x10FB, 0x17D4...0x17DA: false
    case 0x2000...0x2BFF, 0x2E00...0x2E7F, 0x3000...0x3004, 0x3008...0x3020, 0x3030: false
    case 0x303D...0x303F, 0x30A0, 0x30FB, 0xE000...0xF8FF, 0xFE10...0xFE6F: false
    case 0xFF5F...0xFF65, 0xFFE0...0xFFFF, 0x1F000...0x1FFFF, 0xE0000...0x10FFFF: false
    default: true
    }
  }
}
