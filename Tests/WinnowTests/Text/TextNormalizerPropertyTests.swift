// What holds for normalised text whatever the input: random text of troublesome pieces.

import Testing

@testable import Winnow

/// A small generator with a printable seed (SplitMix64, Steele et al., OOPSLA 2014).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}

private let pieces = [
  "a", "b c", " ", "  ", "\n", "\n\n", "\t", "\r", "\u{A0}", "\u{3000}", "\u{2028}", "\u{AD}",
  "\u{200B}", "\u{200C}", "\u{200D}", "\u{200E}", "\u{200F}", "\u{202B}", "\u{2066}", "\u{FEFF}",
  "\u{1}", "\u{85}", "\u{9F}", "&#xFFFF;", "\u{E0067}", "🏴", "👩", "❤\u{FE0F}", "e", "\u{301}",
  "\u{323}", "\u{338}", "é", "ㅎ", "\u{1112}", "\u{1161}", "\u{11AB}", "가", "می", "خ", "ก", "ख",
  "\u{93C}",
  "\u{94D}", "\u{958}", "\u{F73}", "\u{344}", "日本", "\u{37E}", "\u{212A}", "\u{1FEF}", "&", "amp",
  "amp;",
  ";", "&amp;", "&nbsp;", "&#8217;", "&#x", "#", "38", "lt;", "&semi;", "&l", "t", "&shy;",
  "&zwnj;", "&#10;", "&#769;", "\u{180E}", "ᠠ", "&NotEqualTilde;", "&K", "Jcy;", "&#0;",
]

private struct Sample {
  var text: String
  var marks: [InlineMark]

  init(seed: UInt64) {
    var random = SeededGenerator(state: seed)
    var text = ""
    for _ in 0..<Int.random(in: 1...24, using: &random) {
      text += pieces.randomElement(using: &random) ?? ""
    }
    let starts = text.unicodeScalars.indices.map { $0.utf16Offset(in: text) }
    let utf16 = Array(text.utf16)
    var boundaries = starts.map { String(decoding: utf16[..<$0], as: UTF16.self).utf8.count }
    boundaries.append(text.utf8.count)
    marks = (0..<3).map { _ in
      let pair = [
        boundaries.randomElement(using: &random)!, boundaries.randomElement(using: &random)!,
      ]
      let isCode = Bool.random(using: &random)
      return InlineMark(isCode ? .code : .strong, pair.min()!..<pair.max()!)
    }
    marks.sort {
      ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
    }
    self.text = text
  }
}

@Suite("Properties of normalised text")
struct TextNormalizerPropertyTests {
  private static let seeds: [UInt64] = Array(1...2000)

  private func normalized(_ sample: Sample, role: Role) -> Document {
    var document = Document(
      blocks: [DocumentBlock(role: role, text: sample.text, marks: sample.marks)])
    TextNormalizer().normalize(&document)
    return document
  }

  @Test("Normalising twice is the same as once", arguments: [Role.body, .code])
  func idempotent(_ role: Role) {
    for seed in Self.seeds {
      let once = normalized(Sample(seed: seed), role: role)
      var twice = once
      TextNormalizer().normalize(&twice)
      #expect(
        once.blocks.map { Array($0.text.utf8) } == twice.blocks.map { Array($0.text.utf8) },
        "seed \(seed)")
      #expect(once == twice, "seed \(seed)")
    }
  }

  @Test("Marks stay in the text, on boundaries of scalars, sorted", arguments: [Role.body, .code])
  func boundaries(_ role: Role) {
    for seed in Self.seeds {
      for block in normalized(Sample(seed: seed), role: role).blocks {
        let bytes = Array(block.text.utf8)
        for mark in block.marks {
          #expect(mark.range.upperBound <= bytes.count, "seed \(seed)")
          for offset in [mark.range.lowerBound, mark.range.upperBound] where offset < bytes.count {
            #expect(bytes[offset] & 0xC0 != 0x80, "seed \(seed)")
          }
        }
        let order = block.marks.map { ($0.range.lowerBound, -$0.range.upperBound) }
        #expect(zip(order, order.dropFirst()).allSatisfy { $0 <= $1 }, "seed \(seed)")
      }
    }
  }

  @Test("A mark covers what its text becomes when it stands alone")
  func coverage() {
    // Pieces that do not act on each other, so that a part can be normalised by itself.
    let parts = ["ab", "é", "e\u{301}", "&amp;", "x\u{AD}y", "日本", "1\u{200B}2", "c  d", "&#8217;"]
    for seed in Self.seeds {
      var random = SeededGenerator(state: seed)
      var texts = ["", "", ""]
      for index in texts.indices {
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          texts[index] += parts.randomElement(using: &random)!
        }
      }
      let start = texts[0].utf8.count
      let range = start..<start + texts[1].utf8.count
      var document = Document(blocks: [
        DocumentBlock(role: .body, text: texts.joined(), marks: [InlineMark(.strong, range)])
      ])
      TextNormalizer().normalize(&document)
      var none: [Int] = []
      let alone = TextNormalizer().normalize(texts[1], layout: .flow, positions: &none)
      let covered = Array(document.blocks[0].text.utf8)[document.blocks[0].marks[0].range]
      #expect(Array(covered) == Array(alone.utf8), "seed \(seed)")
    }
  }

  @Test("The output never holds what the options remove")
  func removed() {
    for seed in Self.seeds {
      for block in normalized(Sample(seed: seed), role: .body).blocks {
        let text = block.text
        let values = text.unicodeScalars.map(\.value)
        let isClean = values.allSatisfy {
          switch InvisibleCharacters.characterClass(of: $0) {
          case .stray, .softHyphen, .noBreakSpace, .space, .tab, .spacingControl, .separator: false
          default: true
          }
        }
        #expect(isClean, "seed \(seed)")
        let bytes = Array(text.utf8)
        let pairs = zip(bytes, bytes.dropFirst())
        #expect(!pairs.contains { $0 == 0x20 && ($1 == 0x20 || $1 == 0x0A) }, "seed \(seed)")
        #expect(!pairs.contains { $0 == 0x0A && $1 == 0x20 }, "seed \(seed)")
        #expect(bytes.first != 0x20 && bytes.last != 0x20, "seed \(seed)")
        #expect(!values.contains(0x202B) && !values.contains(0x2066), "seed \(seed)")
      }
    }
  }
}
