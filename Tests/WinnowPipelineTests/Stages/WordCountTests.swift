// Words are counted on bytes; here they are counted on characters as well.

import Testing

@testable import WinnowPipeline

@Suite("Word count")
struct WordCountTests {
  @Test(
    "Words stand between white space; of scripts without spaces, two characters are one",
    arguments: [
      ("", 0), (" \n", 0), ("one", 1), ("one two\nthree\tfour", 4), ("don't stop", 2),
      ("ünï çödé", 2), ("日本語", 2), ("日本語を", 2), ("see 日本", 2), ("a日b", 3), ("ไทย", 2),
      ("👍 fine", 2), ("𠀀𠀁", 1), ("한국어 말", 2),
    ])
  func examples(_ text: String, _ words: Int) {
    #expect(WordCount.words(in: text) == words)
  }

  @Test("Counted on bytes or on characters, texts have as many words")
  func bytes() {
    var random = SplitMix(state: 20_261)
    let pieces: [Unicode.Scalar] = [
      "a", "B", " ", "\n", "\r", "\t", "é", "日", "ก", "ﬁ", "😀", "\u{20000}", "\u{323AF}",
      "\u{323B0}", "\u{DFF}", "\u{E00}", "\u{EFF}", "\u{F00}", "\u{303F}", "\u{3040}", "\u{30FF}",
      "\u{3100}", "\u{33FF}", "\u{3400}", "\u{9FFF}", "\u{A000}", "\u{A0}",
    ]
    for round in 0..<2000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0..<12, using: &random) {
        text.append(pieces[Int.random(in: 0..<pieces.count, using: &random)])
      }
      #expect(
        WordCount.words(in: String(text)) == byCharacters(text), "seed 20261, round \(round)")
    }
  }

  private func byCharacters(_ text: String.UnicodeScalarView) -> Int {
    var spaced = 0
    var unspaced = 0
    var isInWord = false
    for scalar in text {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x20: isInWord = false
      case 0x0E00...0x0EFF, 0x3040...0x30FF, 0x3400...0x9FFF, 0x20000...0x323AF:
        unspaced += 1
        isInWord = false
      default:
        if !isInWord { spaced += 1 }
        isInWord = true
      }
    }
    return spaced + (unspaced + 1) / 2
  }
}
