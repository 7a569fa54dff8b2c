// The encoding of a page that names none and is no UTF-8: the one in which its bytes are the likeliest
// text of a language.

/// Guesses encodings.
///
/// Each candidate's reading of the bytes beyond ASCII and their neighbours has a probability, by
/// tables of how languages are written: of a letter behind a letter, of a sign, of an ideograph.
/// The reading that is likeliest is taken; how common the encoding was, and the language that the
/// page says it is in, weigh as much as some letters do.
enum EncodingGuess {
  /// The likeliest encoding of a page that is not UTF-8; `nil` if nothing stands beyond ASCII.
  ///
  /// - Complexity: O(bytes) to find the text beyond ASCII, of which 64 KiB are looked at.
  static func encoding(of bytes: [UInt8]) -> TextEncoding? {
    let text = DetectorSample.text(of: bytes)
    guard !text.isEmpty else { return nil }
    let language = LanguageHint.language(of: bytes).map(known)
    let pairs = BytePairs(text)
    let latin = LatinLanguages(pairs.ascii)
    var best: (encoding: TextEncoding, cost: Int32)?
    for candidate in EncodingCandidate.all {
      let cost = cost(of: candidate, text, pairs, latin, language)
      if cost < best?.cost ?? .max { best = (candidate.encoding, cost) }
    }
    return best.map { usualName($0.encoding, text) }
  }

  private static func cost(
    of candidate: EncodingCandidate, _ text: [UInt8], _ pairs: BytePairs, _ latin: LatinLanguages,
    _ language: String?
  ) -> Int32 {
    var least = Int32.max
    if candidate.encoding.singleByteRow == nil {
      let (utf8, errors) = text.withUnsafeBufferPointer { candidate.encoding.decode($0) }
      // One in twenty, as in pages that were cut or pieced together.
      guard errors * 20 <= text.count(where: { $0 >= 0x80 }) else { return .max }
      let characters = WideCharacters(utf8)
      for each in Ideographs.all where candidate.languages.contains(each.language) {
        least = min(least, each.cost(of: characters) - bonus(each.language, language))
      }
    } else {
      for reading in readings[candidate.encoding] ?? [] {
        let name = reading.alphabet.language
        let cost = reading.cost(of: pairs.high) + latin.cost(of: name) - bonus(name, language)
        least = min(least, cost)
      }
    }
    return least + candidate.rarity
  }

  /// The readings of each encoding of one byte a character.
  private static let readings: [TextEncoding: [AlphabetReading]] = {
    var readings: [TextEncoding: [AlphabetReading]] = [:]
    for candidate in EncodingCandidate.all {
      guard let row = candidate.encoding.singleByteRow else { continue }
      readings[candidate.encoding] = Alphabet.all.filter {
        candidate.languages.contains($0.language)
      }.map { AlphabetReading(candidate.encoding, row: row, $0) }
    }
    return readings
  }()

  // MARK: The page's language

  /// What the language that the page declares weighs: as much as some four letters. `en` weighs
  /// nothing, for it stands in many pages' templates, whatever they are written in.
  private static func bonus(_ language: String, _ declared: String?) -> Int32 {
    language == declared && language != "en" ? 40 : 0
  }

  /// A language whose letters are in the tables, for one that is written alike.
  private static func known(_ language: String) -> String {
    switch language {
    case "be", "kk": "ru"
    case "bs": "hr"
    case "az": "tr"
    case "ur": "fa"
    case "iw", "yi": "he"
    case "no", "nn": "nb"
    case "zh-hk", "zh-mo": "zh-tw"
    default: language
    }
  }

  /// The name that is expected, of two encodings that give the text the same characters.
  private static func usualName(_ encoding: TextEncoding, _ text: [UInt8]) -> TextEncoding {
    // The letters of Ukrainian, where koi8-r has the corners of boxes.
    let ukrainian: Set<UInt8> = [0xA4, 0xA6, 0xA7, 0xAD, 0xAE, 0xB4, 0xB6, 0xB7, 0xBD, 0xBE]
    return encoding == .koi8u && !text.contains(where: ukrainian.contains) ? .koi8r : encoding
  }
}

/// How well the ASCII letters of a text go with each language of the Latin script.
///
/// It weighs a quarter, and only so far: names, commands and other languages are ASCII too.
private struct LatinLanguages {
  private var costs: [String: Int32] = [:]

  init(_ pairs: [BytePairs.Pair]) {
    for alphabet in Alphabet.all where alphabet.isLatin {
      costs[alphabet.language] =
        AlphabetReading(.windows1252, row: TextEncoding.windows1252.singleByteRow ?? 0, alphabet)
        .cost(of: pairs)
    }
    let least = costs.values.min() ?? 0
    costs = costs.mapValues { min(($0 - least) / 4, 80) }
  }

  /// 0 for the likeliest language, and for those of other scripts.
  func cost(of language: String) -> Int32 { costs[language] ?? 0 }
}
