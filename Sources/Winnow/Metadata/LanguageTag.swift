// A language as pages write it in (`en_US`, `EN-us`, `zh-Hant-TW; charset=…`), a BCP 47 tag out.

enum LanguageTag {
  /// The tag in its usual letter case (RFC 5646, 2.1.1); `nil` when it is none.
  static func canonical(_ text: String) -> String? {
    let first = text.split(whereSeparator: { ",; ".contains($0) }).first ?? ""
    let parts = first.split(whereSeparator: { $0 == "-" || $0 == "_" })
    guard let language = parts.first, 2...3 ~= language.utf8.count, isLetters(language),
      language.lowercased() != "und", language.lowercased() != "mul"
    else { return nil }
    var tag = language.lowercased()
    for part in parts.dropFirst().prefix(3) {
      guard part.utf8.allSatisfy({ isLetter($0) || 0x30...0x39 ~= $0 }), part.utf8.count <= 8 else {
        break
      }
      switch part.utf8.count {
      case 2: tag += "-" + part.uppercased()
      case 4 where isLetters(part):
        tag += "-" + part.prefix(1).uppercased() + part.dropFirst().lowercased()
      case 3...8: tag += "-" + part.lowercased()
      default: return tag
      }
    }
    return tag
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    0x61...0x7A ~= byte | 0x20
  }

  private static func isLetters(_ text: Substring) -> Bool { text.utf8.allSatisfy(isLetter) }
}
