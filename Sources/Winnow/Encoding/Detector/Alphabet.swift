// How likely one letter behind another is in a language: a table of CEncodingTables as values.

private import CEncodingTables

/// A language with an alphabet, and what its pairs of letters cost.
///
/// Costs are negative logarithms of probabilities, in quarters of a nat.
struct Alphabet: Sendable {
  /// As `LanguageHint` has it.
  let language: String
  /// Whether the letters of ASCII are letters of the language; else they share one symbol.
  let isLatin: Bool
  /// Symbols, and so rows and columns of `costs`.
  let size: Int
  /// The letters beyond ASCII, small ones, in order.
  private let letters: [UInt16]
  /// Row: the symbol before; column: the symbol.
  let costs: [Int32]

  /// The symbol of what is no letter.
  static let noLetter = 0
  /// The symbol of a letter beyond ASCII that the language does not have.
  static let foreign = 1

  /// All that there are tables of.
  static let all: [Alphabet] = (0..<Int(winnow_alphabet_count)).map {
    Alphabet(winnow_alphabet_list()[$0])
  }

  private init(_ table: winnow_alphabet) {
    language = String(cString: table.language)
    size = Int(table.size)
    isLatin = table.size == table.letter_count + 28
    letters = (0..<Int(table.letter_count)).map { table.letters[$0] }
    costs = (0..<size * size).map { LanguageCost.value(table.costs[$0]) }
  }

  /// The symbol of a letter, which must be a small one.
  func symbol(of letter: UInt32) -> Int {
    if letter < 0x80 {
      return isLatin ? 2 + Int(letter) - 0x61 : 2
    }
    var range = 0..<letters.count
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if letters[middle] == letter { return size - letters.count + middle }
      range =
        letters[middle] < letter ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return Self.foreign
  }
}

/// Costs as the tables write them.
enum LanguageCost {
  static func value(_ written: CChar) -> Int32 { Int32(written) - 0x40 }

  /// Of a byte that means nothing: less likely than anything that is written.
  static let error: Int32 = 64
  /// Of a control character beyond ASCII, which no page is meant to hold.
  static let control: Int32 = 60
  /// Of one foreign letter among all there are, beside the cost that it is one: some sixty.
  static let foreignLetter: Int32 = 12
  /// Between ASCII and the characters of two bytes, either way.
  static let change: Int32 = 8

  /// Of a word's end, and of its first letter, in any language: one in six, one in twelve.
  static let end: Int32 = 7
  static let start: Int32 = 10

  /// `[behind no cased letter, a small, a large one][of a small, a large letter]`.
  static let cases: [[Int32]] = (0..<3).map { before in
    (0..<2).map { value(winnow_case_costs_behind(CInt(before))[$0]) }
  }

  /// Of a sign beyond ASCII: behind what is no letter, and behind a letter.
  static func sign(_ sign: UInt32) -> (behindOther: Int32, behindLetter: Int32) {
    let count = Int(winnow_sign_count)
    let index = (0..<count).first { UInt32(winnow_sign_list()[$0]) == sign } ?? count
    return (
      value(winnow_sign_costs_behind(0)[index]), value(winnow_sign_costs_behind(1)[index])
    )
  }
}
