// A text read as one language in one encoding of one byte a character, and what that reading costs.

/// An encoding of one byte a character with a language that was written in it.
struct AlphabetReading: Sendable {
  let encoding: TextEncoding
  let alphabet: Alphabet
  private let meanings: ByteMeanings
  /// The alphabet's symbol for each byte.
  private let symbols: [Int]

  init(_ encoding: TextEncoding, row: Int, _ alphabet: Alphabet) {
    self.encoding = encoding
    self.alphabet = alphabet
    meanings = ByteMeanings.all[row]
    symbols = ByteMeanings.all[row].letters.map {
      $0 == 0 ? Alphabet.noLetter : alphabet.symbol(of: $0)
    }
  }

  /// What the pairs cost: the negative logarithm of how likely they are.
  ///
  /// - Complexity: O(pairs).
  func cost(of pairs: [BytePairs.Pair]) -> Int32 {
    pairs.reduce(0) { $0 + $1.count * cost(of: $1.byte, behind: $1.before) }
  }

  private func cost(of byte: Int, behind before: Int) -> Int32 {
    let isLetterBefore = meanings.letters[before] != 0
    let isLetter = meanings.letters[byte] != 0
    var cost = isLetterBefore ? meanings.behindLetter[byte] : meanings.behindOther[byte]
    if (isLetterBefore && before >= 0x80) || (isLetter && byte >= 0x80) || (before | byte) < 0x80 {
      cost += alphabet.costs[symbols[before] * alphabet.size + symbols[byte]]
    } else {
      // A sign beside ASCII is the same in all languages.
      cost += isLetterBefore ? LanguageCost.end : isLetter ? LanguageCost.start : 0
    }
    guard isLetter else { return cost }
    if symbols[byte] == Alphabet.foreign { cost += LanguageCost.foreignLetter }
    if meanings.cases[byte] > 0 {
      cost += LanguageCost.cases[meanings.cases[before]][meanings.cases[byte] - 1]
    }
    return cost
  }
}
