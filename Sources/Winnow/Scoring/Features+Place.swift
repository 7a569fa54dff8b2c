// Features of where a block stands: how far up the telling elements are, how deep, how far down.

extension FeatureExtractor {
  private static let tellingTags: [(String, Set<Tag>)] = [
    ("article", [.article]), ("main", [.main]), ("nav", [.nav]), ("aside", [.aside]),
    ("header", [.header]), ("footer", [.footer]), ("form", [.form, .fieldset]),
    ("list", [.ul, .ol, .menu]), ("table", [.table]), ("figure", [.figure]),
    ("section", [.section]), ("blockquote", [.blockquote]), ("dl", [.dl]),
    ("details", [.details]), ("td", [.td, .th]), ("a", [.a]), ("p", [.p]), ("li", [.li]),
    ("dialog", [.dialog]), ("button", [.button, .label]),
  ]

  /// For each tag, its place in `tellingTags`, or -1.
  private static let tellingPlace: [Int8] = Tag.allCases.map { tag in
    Int8(tellingTags.firstIndex { $0.1.contains(tag) } ?? -1)
  }

  static let placeNames: [String] =
    tellingTags.map { "levels to " + $0.0 }
    + [
      "depth", "block fraction", "blocks before", "blocks after", "word fraction",
      "good word fraction", "good words before", "good words after",
    ]

  /// Stands for "nowhere above".
  static let nowhere: Float = 40

  func putPlace(_ index: Int, into row: inout FeatureRow) {
    let block = outline.blocks[index]
    withUnsafeTemporaryAllocation(of: Float.self, capacity: Self.tellingTags.count) { levels in
      levels.initialize(repeating: Self.nowhere)
      var node = outline.tree.nodes[Int(block.firstNode)].parent
      var level: Float = 0
      while node >= 0, level < Self.nowhere {
        let element = outline.tree.nodes[Int(node)]
        let place = Int(Self.tellingPlace[Int(element.tag.rawValue)])
        if place >= 0, levels[place] == Self.nowhere { levels[place] = level }
        node = element.parent
        level += 1
      }
      for value in levels { row.put(value) }
    }
    let count = outline.blocks.count
    let totalWords = max(1, Float(outline.words[count]))
    let totalGood = max(1, Float(outline.goodWords[count]))
    row.put(block.parent >= 0 ? Int(outline.tree.nodes[Int(block.parent)].depth) : 0)
    row.put(Float(index) / Float(count))
    row.put(index)
    row.put(count - 1 - index)
    row.put(Float(outline.words[index]) / totalWords)
    row.put(Float(outline.goodWords[index]) / totalGood)
    row.put(Float(outline.goodWords[index]))
    row.put(Float(outline.goodWords[count] - outline.goodWords[index + 1]))
  }
}
