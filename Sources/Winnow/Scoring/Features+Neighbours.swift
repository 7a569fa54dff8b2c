// Features of the blocks before and after a block.

extension FeatureExtractor {
  static let neighbourSteps = [-3, -2, -1, 1, 2, 3]
  private static let featuresOfNeighbour = 7
  private static let windows = [4, 8, 20]

  static let neighbourNames: [String] =
    neighbourSteps.flatMap { step in
      [
        "words", "link density", "tag class", "heading level", "same parent", "ends sentence",
        "same tag and names",
      ].map { "neighbour \(step) \($0)" }
    }
    + windows.flatMap { window in
      ["words/block", "link density", "good share", "endings/block", "headings/block"].map {
        "window \(window) \($0)"
      }
    }
    + ["before", "after"].flatMap { side in
      ["words/block", "link density", "good share"].map { "8 blocks \(side) \($0)" }
    }

  func putNeighbours(_ index: Int, into row: inout FeatureRow) {
    let blocks = outline.blocks
    let own = blocks[index]
    for (place, step) in Self.neighbourSteps.enumerated() {
      guard needs.neighbours[place] else {
        row.skip(Self.featuresOfNeighbour)
        continue
      }
      let other = index + step
      guard blocks.indices.contains(other) else {
        for _ in 0..<Self.featuresOfNeighbour { row.put(Float(-1)) }
        continue
      }
      let block = blocks[other]
      row.put(Float(block.counts.words))
      row.put(Float(block.linkWords) / max(1, Float(block.counts.words)))
      let tag = block.parent >= 0 ? outline.tree.nodes[Int(block.parent)].tag : .body
      row.put(Self.tagClass(tag))
      row.put(tag.headingLevel)
      row.put(isSibling(block, own))
      row.put(block.counts.flags.contains(.endsSentence))
      row.put(
        block.parent >= 0 && own.parent >= 0
          && outline.signatures[Int(block.parent)] == outline.signatures[Int(own.parent)])
    }
    for window in Self.windows {
      let range = max(0, index - window)..<min(blocks.count, index + window + 1)
      put(window: range, into: &row)
      row.put(Float(outline.sum(outline.endings, range)) / Float(range.count))
      row.put(Float(outline.sum(outline.headings, range)) / Float(range.count))
    }
    put(window: max(0, index - 8)..<index, into: &row)
    put(window: index + 1..<min(blocks.count, index + 9), into: &row)
  }

  private func put(window range: Range<Int>, into row: inout FeatureRow) {
    let words = Float(outline.sum(outline.words, range))
    row.put(words / Float(max(1, range.count)))
    row.put(outline.linkDensity(range))
    row.put(Float(outline.sum(outline.goodWords, range)) / max(1, words))
  }

  /// Do both stand in the same element, or in two elements of the same parent?
  private func isSibling(_ a: TextBlock, _ b: TextBlock) -> Bool {
    if a.parent == b.parent { return true }
    guard a.parent >= 0, b.parent >= 0 else { return false }
    return outline.tree.nodes[Int(a.parent)].parent == outline.tree.nodes[Int(b.parent)].parent
  }
}
