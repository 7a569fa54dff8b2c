// Rows of one table and items of one list are content together, or not at all; a sentence after a
// paragraph of content goes with it, and so does a heading between two.

/// Draws the probabilities of blocks that stand in one structure, or are of one kind, towards each
/// other.
enum SharedFate {
  /// How far a block's log-odds move to the mean of its table or list, `0...1`; measured out of
  /// fold (docs/quality.md).
  private static let tablePull: Float = 0.8
  private static let listPull: Float = 0.5

  /// - Complexity: O(blocks x depth).
  static func settle(_ probabilities: inout [Float], outline: PageOutline) {
    lowerRowsOfLinks(&probabilities, outline)
    settleStructures(&probabilities, outline)
    settleKinds(&probabilities, outline)
    settleSentences(&probabilities, outline)
  }

  /// What a row of links that is all of a table has less, in log-odds: it leads to other pages, to
  /// print or back.
  private static let rowOfLinks: Float = 2

  private static func lowerRowsOfLinks(_ probabilities: inout [Float], _ outline: PageOutline) {
    let nodes = outline.tree.nodes
    var index = 0
    while index < outline.blocks.count {
      defer { index += 1 }
      guard isLink(index),
        let table = structure(around: outline.blocks[index].parent, outline.tree),
        nodes[Int(table)].tag == .table
      else { continue }
      let below = outline.blocks(below: Int(table))
      guard below.lowerBound == index, below.allSatisfy(isLink),
        nodes[Int(table)..<Int(nodes[Int(table)].end)].lazy.filter({ $0.tag == .tr }).count == 1
      else { continue }
      for each in below where probabilities[each] > 0 {
        probabilities[each] = logistic(logOdds(probabilities[each]) - rowOfLinks)
      }
    }

    func isLink(_ index: Int) -> Bool {
      let block = outline.blocks[index]
      return block.linkWords > 0 && block.linkWords == block.counts.words
    }
  }

  private static func settleStructures(_ probabilities: inout [Float], _ outline: PageOutline) {
    let groups = Groups<Int32>(of: probabilities, outline) { index in
      structure(around: outline.blocks[index].parent, outline.tree)
    }
    groups.pull(&probabilities, least: 2) { node in
      outline.tree.nodes[Int(node)].tag == .table ? tablePull : listPull
    }
  }

  /// How far a block moves to the mean of its kind; makes no difference out of fold, and a long page
  /// keeps all of its headings or none.
  private static let kindPull: Float = 0.5
  private static let leastOfKind = 3

  /// Blocks of one kind stand in elements with the same names, and so do the elements around these.
  /// Paragraphs are a kind where each of several cards (slides of a gallery, entries of a ranking)
  /// holds a few; those of one text stand for themselves.
  private static func settleKinds(_ probabilities: inout [Float], _ outline: PageOutline) {
    let nodes = outline.tree.nodes
    let cards = cardsOfParagraphs(outline)
    let groups = Groups<UInt32>(of: probabilities, outline) { index in
      let parent = Int(outline.blocks[index].parent)
      guard parent >= 0, nodes[parent].tag != .body else { return nil }
      let kind = outline.signatures[parent]
      return nodes[parent].tag != .p || !cards.isEmpty && cards.contains(kind) ? kind : nil
    }
    groups.pull(&probabilities, least: leastOfKind) {
      !cards.isEmpty && cards.contains($0) ? cardPull : kindPull
    }
  }

  /// As `kindPull`, of paragraphs in cards.
  private static let cardPull: Float = 0.8
  private static let leastCards = 3
  private static let mostParagraphsOfCard = 3

  /// The signatures of paragraphs that stand in cards, a few in each on average.
  private static func cardsOfParagraphs(_ outline: PageOutline) -> Set<UInt32> {
    var kinds: [UInt32: (paragraphs: Int, cards: Int)] = [:]
    // Paragraphs side by side are counted together.
    var run: (kind: UInt32, card: Int32, paragraphs: Int) = (0, -1, 0)
    func endRun() {
      guard run.paragraphs > 0 else { return }
      let known = kinds[run.kind] ?? (0, 0)
      kinds[run.kind] = (known.paragraphs + run.paragraphs, known.cards + 1)
    }
    for block in outline.blocks where block.parent >= 0 {
      let node = outline.tree.nodes[Int(block.parent)]
      guard node.tag == .p else { continue }
      let kind = outline.signatures[Int(block.parent)]
      if run.kind == kind, run.card == node.parent {
        run.paragraphs += 1
      } else {
        endRun()
        run = (kind, node.parent, 1)
      }
    }
    endRun()
    return Set(
      kinds.lazy.filter {
        $0.value.cards >= leastCards
          && $0.value.paragraphs <= $0.value.cards * mostParagraphsOfCard
      }.map(\.key))
  }

  /// Blocks by what they have in common, with the mean of their log-odds, in which a block counts by
  /// the square root of its words.
  private struct Groups<Key: Hashable> {
    private var groupOf: [Int32]
    private var groups: [(key: Key, members: Int, sum: Float, weight: Float)] = []

    /// - Parameter key: What a block has in common with others, by its place; `nil` for nothing.
    init(of probabilities: [Float], _ outline: PageOutline, key: (Int) -> Key?) {
      groupOf = [Int32](repeating: -1, count: probabilities.count)
      var places: [Key: Int32] = [:]
      for index in probabilities.indices where probabilities[index] > 0 {
        guard let key = key(index) else { continue }
        let next = Int32(groups.count)
        let group = places[key] ?? next
        if group == next {
          places[key] = group
          groups.append((key, 0, 0, 0))
        }
        groupOf[index] = group
        let words = max(1, Float(outline.blocks[index].counts.words)).squareRoot()
        groups[Int(group)].members += 1
        groups[Int(group)].sum += words * logOdds(probabilities[index])
        groups[Int(group)].weight += words
      }
    }

    /// Moves the log-odds of blocks by a share of the way to the mean of their group, if it has at
    /// least so many.
    func pull(_ probabilities: inout [Float], least: Int, share: (Key) -> Float) {
      for (index, group) in groupOf.enumerated() where group >= 0 {
        let group = groups[Int(group)]
        guard group.members >= least else { continue }
        let own = logOdds(probabilities[index])
        let mean = group.sum / group.weight
        probabilities[index] = logistic(own + share(group.key) * (mean - own))
      }
    }
  }

  /// What a sentence has less than the paragraph before it, in log-odds.
  private static let sentenceDistance: Float = 0.5
  /// As `sentenceDistance`, of a paragraph, on which the models' own word is worth more.
  private static let ownParagraphDistance: Float = 1
  private static let sentenceWords = 3
  private static let paragraphWords = 10

  /// The models learn from pages on which a lone `div` or list item beside paragraphs is a box; where
  /// it reads like the text before it, it is text; a paragraph that they doubt likewise. Prompts are
  /// left to `Residue`. A heading needs a paragraph below it too.
  private static func settleSentences(_ probabilities: inout [Float], _ outline: PageOutline) {
    let blocks = outline.blocks
    guard blocks.count > 1 else { return }
    let homes = blocks.map { home(of: $0, outline) }
    for index in 1..<blocks.count {
      let block = blocks[index]
      let isHeading = PageOutline.headingLevel(block, outline.tree) > 1
      let isSentence =
        block.counts.words >= sentenceWords && block.counts.flags.contains(.endsSentence)
      guard probabilities[index] > 0, isHeading || isSentence, block.linkWords == 0,
        !block.flags.contains(.hidden),
        let before = paragraph(index - 1, beside: index)
      else { continue }
      var nearest = before
      if isHeading {
        guard index + 1 < blocks.count, let after = paragraph(index + 1, beside: index) else {
          continue
        }
        nearest = min(before, after)
      }
      let distance = isParagraph(block.parent) ? ownParagraphDistance : sentenceDistance
      let drawn = logistic(logOdds(nearest) - distance)
      probabilities[index] = max(probabilities[index], drawn)
    }

    func paragraph(_ other: Int, beside index: Int) -> Float? {
      let block = blocks[other]
      guard probabilities[other] > 0.5, Int(block.counts.words) >= paragraphWords,
        block.linkWords * 3 < block.counts.words
      else { return nil }
      return place(index) == place(other) ? probabilities[other] : nil
    }

    func place(_ index: Int) -> Int32 {
      let home = homes[index]
      // Of text that `br` parts the paragraph itself is the home.
      return isParagraph(home) ? outline.tree.nodes[Int(home)].parent : home
    }

    func isParagraph(_ node: Int32) -> Bool { node >= 0 && outline.tree.nodes[Int(node)].tag == .p }
  }

  /// The innermost element around a block that holds others too.
  private static func home(of block: TextBlock, _ outline: PageOutline) -> Int32 {
    var node = block.parent
    while node >= 0, outline.blocks(below: Int(node)).count < 2 {
      node = outline.tree.nodes[Int(node)].parent
    }
    return node
  }

  /// The innermost list, or table whose cells hold text themselves, around an element; nothing
  /// beyond it. Cells with paragraphs in them lay a page out as often as not.
  private static func structure(around node: Int32, _ tree: PageTree) -> Int32? {
    var at = node
    var isInside = false
    while at >= 0 {
      switch tree.nodes[Int(at)].tag {
      case .table, .ul, .ol, .dl: return at
      case .p, .div: isInside = true
      case .td, .th:
        if isInside { return nil }
      case .li, .tr, .tbody, .thead, .tfoot, .dt, .dd: break
      default: return nil
      }
      at = tree.nodes[Int(at)].parent
    }
    return nil
  }
}
