// Features of headings: which one a block stands under, how far, and what it shares with the title.

/// For every block, the heading it stands under.
struct HeadingIndex {
  /// The page's title.
  let title: String?
  /// The last heading before a block (a heading is not under itself); -1 if there is none.
  private(set) var above: [Int32] = []
  /// The next heading after it; the number of blocks if there is none.
  private(set) var below: [Int32]
  /// The first `h1`, -1 if there is none.
  private(set) var firstH1: Int32 = -1
  /// Share of a block's words that stand in the title, and of the title's words in the block.
  private(set) var titleShares: [(own: Float, title: Float)] = []
  /// What the lexicon finds in the text of short blocks, as far as somebody needs it.
  private(set) var textMasks: [LexiconMask] = []

  init(_ outline: PageOutline, title: String?, _ needs: FeatureNeeds = .all) {
    self.title = title
    let count = outline.blocks.count
    above.reserveCapacity(count)
    below = [Int32](repeating: Int32(count), count: count)
    let titleWords = TitleWords(title)
    titleShares.reserveCapacity(count)
    textMasks.reserveCapacity(count)
    var cache = LexiconCache()
    var last: Int32 = -1
    outline.list.text.withUnsafeBufferPointer { all in
      for (index, block) in outline.list.blocks.enumerated() {
        above.append(last)
        let level = PageOutline.headingLevel(block, outline.tree)
        if level > 0 {
          last = Int32(index)
          if level == 1 && firstH1 < 0 { firstH1 = Int32(index) }
        }
        let start = Int(block.textStart)
        let text = UnsafeBufferPointer(rebasing: all[start..<start + Int(block.textLength)])
        let isRead = needs.textWords || level > 0 && needs.headingWords
        textMasks.append(
          isRead && block.counts.words <= 8 && text.count < 80 ? cache.mask(of: text) : [])
        titleShares.append(
          block.counts.words <= 40 && !titleWords.isEmpty ? titleWords.shares(of: text) : (0, 0))
      }
    }
    var next = Int32(count)
    for index in (0..<count).reversed() {
      below[index] = next
      if PageOutline.headingLevel(outline.blocks[index], outline.tree) > 0 { next = Int32(index) }
    }
  }
}

/// The words of a page's title, ASCII letters in lower case.
private struct TitleWords {
  private var hashes: [UInt64] = []
  /// A bit for each first letter and length of a word: most words differ by that.
  private var kinds: UInt64 = 0

  var isEmpty: Bool { hashes.isEmpty }

  init(_ title: String?) {
    var title = title ?? ""
    let words = title.withUTF8 { text in
      var words: [(hash: UInt64, kind: UInt64)] = []
      Self.forEachWord(of: text) { words.append((Self.hash(text, $0), Self.kind(text, $0))) }
      return words
    }
    for word in words where !hashes.contains(word.hash) {
      hashes.append(word.hash)
      kinds |= word.kind
    }
  }

  /// The share of a text's words that stand in the title, and of the title's words in the text.
  func shares(of text: UnsafeBufferPointer<UInt8>) -> (own: Float, title: Float) {
    var count = 0
    var shared = 0
    Self.forEachWord(of: text) { range in
      count += 1
      if kinds & Self.kind(text, range) != 0, hashes.contains(Self.hash(text, range)) {
        shared += 1
      }
    }
    return (
      Float(shared) / Float(max(1, count)), Float(min(shared, hashes.count)) / Float(hashes.count)
    )
  }

  /// Runs of letters, digits and bytes beyond ASCII.
  @inline(__always)
  private static func forEachWord(
    of text: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void
  ) {
    var start = -1
    for at in text.indices {
      let byte = text[at]
      let isInWord = (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || byte >= 0x80
      if isInWord {
        if start < 0 { start = at }
      } else if start >= 0 {
        body(start..<at)
        start = -1
      }
    }
    if start >= 0 { body(start..<text.count) }
  }

  /// One bit, the same for words that differ in letter case alone.
  @inline(__always)
  private static func kind(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt64 {
    1 << UInt64((Int(text[range.lowerBound] | 0x20) + range.count * 11) & 63)
  }

  /// FNV-1a.
  private static func hash(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for at in range {
      let byte = text[at]
      hash = (hash ^ UInt64(byte &- 0x41 < 26 ? byte | 0x20 : byte)) &* 0x100_0000_01B3
    }
    return hash
  }
}

extension FeatureExtractor {
  /// Kinds of part that a heading's or a short block's own words may name.
  private static let spokenCategories: [LexiconCategory] = [
    .comment, .share, .related, .newsletter, .popular, .author, .tags, .contact, .consent,
    .description, .review, .account, .search, .button, .legal, .navigation, .specification,
  ]

  static let headingSpeaks = "heading speaks of"
  static let textSpeaks = "text speaks of"

  static let headingNames: [String] =
    [
      "blocks since heading", "heading above level", "heading above words", "words since heading",
      "blocks to next heading", "blocks since h1", "own share in title", "title share in own",
      "heading above link density", "section words",
    ]
    + spokenCategories.map { "\(headingSpeaks) \($0)" }
    + spokenCategories.map { "\(textSpeaks) \($0)" }

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
    if needs.headingWords {
      put(above >= 0 ? headings.textMasks[above] : [], into: &row)
    } else {
      row.skip(Self.spokenCategories.count)
    }
    if needs.textWords {
      put(headings.textMasks[index], into: &row)
    } else {
      row.skip(Self.spokenCategories.count)
    }
  }

  private func put(_ spoken: LexiconMask, into row: inout FeatureRow) {
    for category in Self.spokenCategories {
      row.put(spoken.contains(LexiconMask(category)))
    }
  }
}
