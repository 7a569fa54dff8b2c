// What holds for every document in every format: random documents of troublesome pieces.

import Testing

@testable import Winnow

private let pieces = [
  "word", "two words", " ", "\n", "*", "**", "_", "`", "[", "](", "<b>", "#", "- ", "1. ", "|",
  "---",
  "\\", "&amp;", "日本", "é", "“", "~~", "!", "=",
]

/// A document of nested containers, made from a seed.
private struct RandomDocument {
  private var random: SeededGenerator
  private var identity: Int32 = 0
  private(set) var blocks: [DocumentBlock] = []

  init(seed: UInt64) {
    random = SeededGenerator(state: seed)
    fill([], depth: 0)
  }

  private mutating func fresh(_ kind: Container.Kind) -> Container {
    identity += 1
    return Container(kind, identity: identity)
  }

  private mutating func fill(_ containers: [Container], depth: Int) {
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      switch Int.random(in: 0..<(depth > 2 ? 3 : 7), using: &random) {
      case 0, 1: addBlock(.body, containers)
      case 2: addBlock(.code, containers)
      case 3, 4:
        let list = fresh(.list(start: Bool.random(using: &random) ? 3 : nil))
        for _ in 0..<2 { fill(containers + [list, fresh(.item)], depth: depth + 1) }
      case 5: fill(containers + [fresh(.quote)], depth: depth + 1)
      default:
        let table = fresh(.table)
        for _ in 0..<2 {
          let row = fresh(.row)
          for _ in 0..<2 {
            let cell = fresh(.cell(isHeader: false, columns: 1))
            addBlock(.tableCell, containers + [table, row, cell])
          }
        }
      }
    }
  }

  private mutating func addBlock(_ role: Role, _ containers: [Container]) {
    var text = ""
    for _ in 0..<Int.random(in: 0...6, using: &random) {
      text += pieces.randomElement(using: &random) ?? ""
    }
    let boundaries = text.unicodeScalars.indices.map {
      text.utf8.distance(from: text.startIndex, to: $0)
    }
    var marks: [InlineMark] = []
    if let low = boundaries.randomElement(using: &random) {
      let kinds: [InlineMark.Kind] = [.strong, .emphasis, .code, .link("a b"), .raised]
      marks.append(InlineMark(kinds.randomElement(using: &random) ?? .code, low..<text.utf8.count))
    }
    blocks.append(DocumentBlock(role: role, text: text, marks: marks, containers: containers))
  }
}

/// Letters and digits in runs, in order; what word counts see.
private func words(_ text: String) -> [Substring] {
  text.split { !$0.isLetter && !$0.isNumber }
}

@Suite("Properties of formats")
struct FormatPropertyTests {
  private static let seeds: ClosedRange<UInt64> = 1...500

  @Test("Text has the words of the blocks, and no others")
  func sameWords() {
    for seed in Self.seeds {
      let blocks = RandomDocument(seed: seed).blocks
      #expect(
        words(Document(blocks: blocks).text) == blocks.flatMap { words($0.text) }, "seed \(seed)")
    }
  }

  @Test(
    "A file ends with one line feed and no line with a space, but for code",
    arguments: [OutputFormat.text, .markdown])
  func ends(_ format: OutputFormat) {
    for seed in Self.seeds {
      // In code the spaces at the ends of lines are part of it.
      let blocks = RandomDocument(seed: seed).blocks.filter { $0.role != .code }
      let bytes = format.render(Document(blocks: blocks))
      if bytes.isEmpty { continue }
      #expect(bytes.last == 0x0A, "seed \(seed)")
      #expect(!bytes.dropLast().isEmpty && bytes.dropLast().last != 0x0A, "seed \(seed)")
      let pairs = zip(bytes, bytes.dropFirst())
      #expect(!pairs.contains { ($0 == 0x20 || $0 == 0x09) && $1 == 0x0A }, "seed \(seed)")
    }
  }

  @Test("HTML opens and closes its elements in order")
  func balanced() {
    let empty: Set<Substring> = ["br", "img"]
    for seed in Self.seeds {
      let html = String(
        decoding: HTMLFormat.renderBody(RandomDocument(seed: seed).blocks), as: UTF8.self)
      var open: [Substring] = []
      for tag in html.split(separator: "<").dropFirst(html.hasPrefix("<") ? 0 : 1) {
        let name = tag.prefix { $0 != ">" && $0 != " " }
        if name.hasPrefix("/") {
          #expect(open.popLast() == name.dropFirst(), "seed \(seed)")
        } else if !empty.contains(name) {
          open.append(name)
        }
      }
      #expect(open.isEmpty, "seed \(seed)")
    }
  }
}
