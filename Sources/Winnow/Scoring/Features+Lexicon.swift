// Features of names: how far up stands an element whose class, id or role names a kind of part.

extension FeatureExtractor {
  static let lexiconNames: [String] = LexiconCategory.allCases.map { "levels to name \($0)" }

  /// Names further up than this say little of a block and are the same for all of a page.
  private static let reach = 14

  func putLexicon(_ index: Int, into row: inout FeatureRow) {
    let block = outline.blocks[index]
    let count = LexiconCategory.allCases.count
    withUnsafeTemporaryAllocation(of: Float.self, capacity: count) { levels in
      levels.initialize(repeating: Self.nowhere)
      var missing = ~UInt64(0)
      var node = outline.tree.nodes[Int(block.firstNode)].parent
      var level = 0
      while node >= 0, level < Self.reach {
        let element = outline.tree.nodes[Int(node)]
        if element.tag == .body || element.tag == .html { break }
        var new = outline.masks[Int(node)].rawValue & missing
        missing &= ~new
        while new != 0 {
          levels[new.trailingZeroBitCount] = Float(level)
          new &= new - 1
        }
        node = element.parent
        level += 1
      }
      for value in levels { row.put(value) }
    }
  }
}
