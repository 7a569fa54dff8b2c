// Features of headings: which one a block stands under, how far, and what it shares with the title.

/// For every block, the heading it stands under.
struct HeadingIndex {
  /// The last heading before a block (a heading is not under itself); -1 if there is none.
  private(set) var above: [Int32] = []
  /// The next heading after it; the number of blocks if there is none.
  private(set) var below: [Int32]
  /// The first `h1`, -1 if there is none.
  private(set) var firstH1: Int32 = -1
  /// Share of a block's words that stand in the title, and of the title's words in the block.
  private(set) var titleShares: [(own: Float, title: Float)] = []
  /// What the lexicon finds in the text of short blocks.
  private(set) var textMasks: [LexiconMask] = []

  init(_ outline: PageOutline, title: String?) {
    let count = outline.blocks.count
    above.reserveCapacity(count)
    below = [Int32](repeating: Int32(count), count: count)
    let titleWords = Set(title.map { Self.hashes(of: Array($0.utf8)[...]) } ?? [])
    var cache = LexiconCache()
    var last: Int32 = -1
    for (index, block) in outline.blocks.enumerated() {
      above.append(last)
      let level = PageOutline.headingLevel(block, outline.tree)
      if level > 0 {
        last = Int32(index)
        if level == 1 && firstH1 < 0 { firstH1 = Int32(index) }
      }
      let start = Int(block.textStart)
      let text = outline.list.text[start..<start + Int(block.textLength)]
      textMasks.append(block.counts.words <= 8 && text.count < 80 ? cache.mask(of: text) : [])
      if block.counts.words <= 40, !titleWords.isEmpty {
        let words = Self.hashes(of: text)
        let shared = words.reduce(0) { $0 + (titleWords.contains($1) ? 1 : 0) }
        titleShares.append(
          (
            Float(shared) / Float(max(1, words.count)),
            Float(min(shared, titleWords.count)) / Float(titleWords.count)
          ))
      } else {
        titleShares.append((0, 0))
      }
    }
    var next = Int32(count)
    for index in (0..<count).reversed() {
      below[index] = next
      if PageOutline.headingLevel(outline.blocks[index], outline.tree) > 0 { next = Int32(index) }
    }
  }

  /// Hashes of the words of a text, ASCII letters in lower case.
  private static func hashes(of text: ArraySlice<UInt8>) -> [UInt64] {
    var result: [UInt64] = []
    var hash: UInt64 = 0
    for byte in text {
      let lowered = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      if lowered >= 0x61 && lowered <= 0x7A || lowered >= 0x30 && lowered <= 0x39 || byte >= 0x80 {
        hash = ((hash == 0 ? 0xCBF2_9CE4_8422_2325 : hash) ^ UInt64(lowered)) &* 0x100_0000_01B3
      } else if hash != 0 {
        result.append(hash)
        hash = 0
      }
    }
    if hash != 0 { result.append(hash) }
    return result
  }
}

extension FeatureExtractor {
  /// Kinds of part that a heading's or a short block's own words may name.
  private static let spokenCategories: [LexiconCategory] = [
    .comment, .share, .related, .newsletter, .popular, .author, .tags, .contact, .consent,
    .description, .review, .account, .search, .button, .legal, .navigation, .specification,
  ]

  static let headingNames =
    [
      "blocks since heading", "heading above level", "heading above words", "words since heading",
      "blocks to next heading", "blocks since h1", "own share in title", "title share in own",
      "heading above link density", "section words",
    ]
    + spokenCategories.map { "heading speaks of \($0)" }
    + spokenCategories.map { "text speaks of \($0)" }

  func putHeadings(_ index: Int, into row: inout FeatureRow) {
    let above = Int(headings.above[index])
    let below = Int(headings.below[index])
    if above >= 0 {
      let heading = outline.blocks[above]
      row.put(index - above)
      row.put(PageOutline.headingLevel(heading, outline.tree))
      row.put(Float(heading.counts.words))
      row.put(Float(outline.words[index] - outline.words[above + 1]))
    } else {
      row.put(-1)
      row.put(0)
      row.put(-1)
      row.put(-1)
    }
    row.put(below - index)
    row.put(headings.firstH1 >= 0 ? index - Int(headings.firstH1) : -10_000)
    row.put(headings.titleShares[index].own)
    row.put(headings.titleShares[index].title)
    row.put(
      above >= 0
        ? Float(outline.blocks[above].linkWords)
          / max(1, Float(outline.blocks[above].counts.words)) : 0)
    row.put(Float(outline.words[below] - outline.words[max(0, above)]))
    let spoken = above >= 0 ? headings.textMasks[above] : []
    for category in Self.spokenCategories { row.put(spoken.contains(LexiconMask(category))) }
    let own = headings.textMasks[index]
    for category in Self.spokenCategories { row.put(own.contains(LexiconMask(category))) }
  }
}
