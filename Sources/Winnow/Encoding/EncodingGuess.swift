// The encoding of a page that names none and is no UTF-8: the detector's guess, checked against how
// the bytes stand and the language the page says it is in.

/// Guesses encodings.
///
/// uchardet alone takes English text with a few dashes for Greek, and one with a few accents for
/// Central European. So its guess counts only within what the page's script allows, and between
/// encodings of the Latin script the page's language decides.
enum EncodingGuess {
  /// The likeliest encoding of a page that is not UTF-8; `nil` if there is nothing to go by.
  ///
  /// - Complexity: O(bytes) to find the text beyond ASCII, of which 64 KiB are looked at.
  static func encoding(of bytes: [UInt8]) -> TextEncoding? {
    let text = DetectorSample.text(of: bytes)
    let high = HighBytes(text)
    let language = LanguageHint.language(of: bytes)
    var guess = CharsetDetector.guess(text)
    // What is valid UTF-8 never comes here, and what has UTF-16's zeros neither.
    if guess == .utf8 || guess?.isWide == true { guess = nil }
    if high.isLatin { return latin(guess, high, language) }
    return other(guess, text, high, language)
  }

  // MARK: The Latin script

  private static func latin(
    _ guess: TextEncoding?, _ high: HighBytes, _ language: String?
  ) -> TextEncoding? {
    guard high.count(where: { $0 >= 0xA0 }) > 0 else { return .windows1252 }
    switch language {
    case "pl", "cs", "sk", "hu", "sl", "hr", "bs", "sr", "ro", "sq":
      return centralEuropean(guess, high)
    case "tr", "az": return .windows1254
    case "lt", "lv", "et": return .windows1257
    case "vi": return .windows1258
    case nil, "en":
      // `en` stands in many pages' templates, whatever they are written in.
      return isLikely(guess, high, language) ? familyOf(guess, high) : .windows1252
    default: return .windows1252
    }
  }

  /// Whether a guess other than windows-1252 stands on enough letters that differ from it.
  private static func isLikely(
    _ guess: TextEncoding?, _ high: HighBytes, _ language: String?
  ) -> Bool {
    guard let guess, let row = guess.singleByteRow else { return false }
    let letters = high.count { isLetter(SingleByteDecoder.scalar(of: $0, row: row)) }
    let signs = high.count { _ in true } - letters
    guard letters > signs else { return false }
    guard language != nil else { return true }
    let differing = high.count { byte in
      let scalar = SingleByteDecoder.scalar(of: byte, row: row)
      return isLetter(scalar) && scalar != SingleByteDecoder.scalar(of: byte, row: westernRow)
    }
    return letters >= 20 && differing * 3 > letters
  }

  private static let westernRow = TextEncoding.windows1252.singleByteRow ?? 0

  /// A letter of the Latin script beyond ASCII.
  private static func isLetter(_ scalar: UInt32) -> Bool {
    0xC0...0x24F ~= scalar && scalar != 0xD7 && scalar != 0xF7
  }

  private static func familyOf(_ guess: TextEncoding?, _ high: HighBytes) -> TextEncoding {
    switch guess {
    case .iso8859_2, .windows1250, .iso8859_16: centralEuropean(guess, high)
    case .iso8859_4, .iso8859_13, .windows1257: .windows1257
    case .windows1254: .windows1254
    case .windows1258: .windows1258
    default: .windows1252
    }
  }

  private static func centralEuropean(_ guess: TextEncoding?, _ high: HighBytes) -> TextEncoding {
    if high.c1 > 0 { return .windows1250 }
    if high.latin2Letters > 0 { return .iso8859_2 }
    return guess == .iso8859_2 ? .iso8859_2 : .windows1250
  }

  // MARK: Other scripts

  private static func other(
    _ guess: TextEncoding?, _ text: [UInt8], _ high: HighBytes, _ language: String?
  ) -> TextEncoding? {
    let known = encodings(of: language)
    guard let guess, isOtherScript(guess), isDecodable(text, guess) else {
      return known.first ?? guess
    }
    // A few words do not speak against the language of the page.
    if let usual = known.first, !known.contains(guess), high.alone + high.joined < fewBytes,
      isDecodable(text, usual)
    {
      return usual
    }
    return widest(guess, high)
  }

  /// Bytes beyond ASCII below which the page's language weighs more than the detector: some thirty
  /// words. Judged by eye on short pages.
  private static let fewBytes = 200

  private static func isOtherScript(_ encoding: TextEncoding) -> Bool {
    switch encoding {
    case .ibm866, .iso8859_5, .iso8859_6, .iso8859_7, .iso8859_8, .iso8859_8i, .koi8r, .koi8u,
      .macCyrillic, .windows874, .windows1251, .windows1253, .windows1255, .windows1256:
      true
    default: encoding.singleByteRow == nil
    }
  }

  /// At most one error in twenty bytes beyond ASCII.
  private static func isDecodable(_ text: [UInt8], _ encoding: TextEncoding) -> Bool {
    let (_, errors) = text.withUnsafeBufferPointer { encoding.decode($0) }
    return errors * 20 <= text.count { $0 >= 0x80 }
  }

  /// The encoding that has all characters of `guess`, and those that its text uses beside them.
  private static func widest(_ guess: TextEncoding, _ high: HighBytes) -> TextEncoding {
    switch guess {
    case .iso8859_6 where high.c1 > 0: .windows1256
    case .iso8859_7 where high.c1 > 0: .windows1253
    case .iso8859_8 where high.c1 > 0: .windows1255
    // The letters of Ukrainian, where koi8-r has the corners of boxes.
    case .koi8r where [0xA4, 0xA6, 0xA7, 0xB4, 0xB6, 0xB7].contains { high.counts[$0] > 0 }:
      .koi8u
    // Decoded alike; gb18030 says so.
    case .gbk: .gb18030
    default: guess
    }
  }

  /// What pages in a language of another script were written in before UTF-8, the commonest first.
  private static func encodings(of language: String?) -> [TextEncoding] {
    switch language {
    case "ru", "uk", "be", "bg", "mk", "sr", "kk":
      [.windows1251, .koi8r, .koi8u, .iso8859_5, .ibm866, .macCyrillic]
    case "el": [.windows1253, .iso8859_7]
    case "he", "iw", "yi": [.windows1255, .iso8859_8, .iso8859_8i]
    case "ar", "fa", "ur": [.windows1256, .iso8859_6]
    case "th": [.windows874]
    case "ja": [.shiftJIS, .eucJP, .iso2022JP]
    case "zh": [.gb18030, .gbk, .big5]
    case "zh-tw": [.big5, .gb18030, .gbk]
    case "ko": [.eucKR]
    default: []
    }
  }
}
