// What the bytes of an encoding of one byte a character are: letters, large or small, signs, or
// nothing.

/// The meanings of the 256 bytes in one encoding.
struct ByteMeanings: Sendable {
  /// The small letter that a byte is or belongs to; 0 for what is no letter.
  private(set) var letters = [UInt32](repeating: 0, count: 256)
  /// 0 for what has no case, 1 for small letters, 2 for large ones.
  private(set) var cases = [Int](repeating: 0, count: 256)
  /// What a byte costs beside its place behind another, behind what is no letter.
  private(set) var behindOther = [Int32](repeating: 0, count: 256)
  /// As `behindOther`, behind a letter.
  private(set) var behindLetter = [Int32](repeating: 0, count: 256)

  /// By `TextEncoding.singleByteRow`.
  static let all: [ByteMeanings] = (0..<27).map { ByteMeanings(row: $0) }

  private init(row: Int) {
    for byte in UInt8.min...UInt8.max {
      let value = byte < 0x80 ? UInt32(byte) : SingleByteDecoder.scalar(of: byte, row: row)
      guard let scalar = Unicode.Scalar(value) else { continue }
      let index = Int(byte)
      if Self.isLetter(scalar) {
        let small = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
        letters[index] = small.value
        if small != scalar {
          cases[index] = 2
        } else if scalar.properties.uppercaseMapping.unicodeScalars.first != scalar {
          cases[index] = 1
        }
      } else if value >= 0x80 {
        (behindOther[index], behindLetter[index]) =
          switch value {
          case 0xFFFD: (LanguageCost.error, LanguageCost.error)
          case 0x80..<0xA0: (LanguageCost.control, LanguageCost.control)
          default: LanguageCost.sign(value)
          }
      }
    }
  }

  /// Letters, and the marks that some scripts write above and below them.
  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark:
      true
    default: false
    }
  }
}
