// A page about one article that goes on with the next ones of its site: those are not content.

/// Finds articles other than the one that a page's title names.
enum OtherArticles {
  /// Share of a headline's words that stand in the page's title: of its own article, and below
  /// which it is another's.
  private static let ownShare: Float = 0.8
  private static let otherShare: Float = 0.5
  private static let headlineWords = 2
  /// Words of likely content that the page's own article has at least; else it is a list of
  /// articles, the first of which happens to be named like the page.
  private static let ownWords: Float = 40

  /// Sets the probability of blocks to 0 that stand in an `article` with an `h1` of its own, after
  /// the one whose `h1` the title names.
  ///
  /// Nothing less tells articles from sections: like siblings under like headings are as often
  /// parts of one text (docs/quality.md).
  ///
  /// - Returns: These blocks.
  /// - Complexity: O(blocks + headlines x depth).
  static func drop(_ probabilities: inout [Float], _ features: FeatureExtractor) -> [Int] {
    let outline = features.outline
    var own: Int32?
    var dropped: [Int] = []
    for index in outline.blocks.indices {
      let block = outline.blocks[index]
      guard PageOutline.headingLevel(block, outline.tree) == 1,
        let article = article(around: block.parent, outline.tree)
      else { continue }
      let share = features.headings.titleShares[index].own
      if let own {
        guard article >= outline.tree.nodes[Int(own)].end, share < otherShare else { continue }
        for other in outline.blocks(below: Int(article)) where probabilities[other] > 0 {
          probabilities[other] = 0
          dropped.append(other)
        }
      } else if share >= ownShare, block.counts.words >= headlineWords {
        let words = outline.blocks(below: Int(article)).reduce(Float(0)) {
          $0 + (probabilities[$1] > 0.5 ? Float(outline.blocks[$1].counts.words) : 0)
        }
        guard words >= ownWords else { return [] }
        own = article
      }
    }
    return dropped
  }

  /// The innermost `article` around an element.
  private static func article(around node: Int32, _ tree: PageTree) -> Int32? {
    var at = node
    while at >= 0 {
      if tree.nodes[Int(at)].tag == .article { return at }
      at = tree.nodes[Int(at)].parent
    }
    return nil
  }
}
