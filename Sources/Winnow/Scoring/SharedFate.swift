// Rows of one table and items of one list are content together, or not at all.

/// Draws the probabilities of blocks that stand in one structure towards each other.
enum SharedFate {
  /// How far a block's log-odds move to the mean of its table or list, `0...1`; measured out of
  /// fold (docs/quality.md).
  private static let tablePull: Float = 0.8
  private static let listPull: Float = 0.5

  /// - Complexity: O(blocks x depth).
  static func settle(_ probabilities: inout [Float], outline: PageOutline) {
    var groups: [Int32: [Int]] = [:]
    for (index, block) in outline.blocks.enumerated() where probabilities[index] > 0 {
      if let group = structure(around: block.parent, outline.tree) {
        groups[group, default: []].append(index)
      }
    }
    for (node, members) in groups where members.count > 1 {
      let pull = outline.tree.nodes[Int(node)].tag == .table ? tablePull : listPull
      var sum: Float = 0
      var weight: Float = 0
      for index in members {
        let words = max(1, Float(outline.blocks[index].counts.words)).squareRoot()
        sum += words * logOdds(probabilities[index])
        weight += words
      }
      let mean = sum / weight
      for index in members {
        let own = logOdds(probabilities[index])
        probabilities[index] = logistic(own + pull * (mean - own))
      }
    }
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
