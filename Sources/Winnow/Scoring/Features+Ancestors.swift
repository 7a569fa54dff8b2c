// Features of what a block shares its surroundings with: the growing circles of elements around
// it, and the page's containers of prose.

extension FeatureExtractor {
  private static let circles = 6

  static let ancestorNames: [String] = (1...circles).flatMap { circle in
    [
      "good share", "word share", "blocks", "words/block", "sentences/word", "link density",
      "position", "levels", "headings/block", "images/block",
    ].map { "circle \(circle) \($0)" }
  }

  /// Only elements that hold more blocks than the one before count as a circle.
  func putAncestors(_ index: Int, into row: inout FeatureRow) {
    let count = outline.blocks.count
    let totalWords = max(1, Float(outline.words[count]))
    let totalGood = max(1, Float(outline.goodWords[count]))
    var node = outline.tree.nodes[Int(outline.blocks[index].firstNode)].parent
    var range = index..<index + 1
    var level = 0
    var circle = 0
    while node >= 0, circle < Self.circles {
      let wider = outline.blocks(below: Int(node))
      level += 1
      if wider.count > range.count {
        range = wider
        circle += 1
        put(circle: range, around: index, level, totalWords, totalGood, into: &row)
      }
      node = outline.tree.nodes[Int(node)].parent
    }
    while circle < Self.circles {
      circle += 1
      put(circle: range, around: index, level, totalWords, totalGood, into: &row)
    }
  }

  private func put(
    circle range: Range<Int>, around index: Int, _ level: Int, _ totalWords: Float,
    _ totalGood: Float, into row: inout FeatureRow
  ) {
    let words = Float(outline.sum(outline.words, range))
    let blocks = Float(range.count)
    row.put(Float(outline.sum(outline.goodWords, range)) / totalGood)
    row.put(words / totalWords)
    row.put(blocks)
    row.put(words / blocks)
    row.put(Float(outline.sum(outline.sentences, range)) / max(1, words))
    row.put(outline.linkDensity(range))
    row.put(Float(index - range.lowerBound) / blocks)
    row.put(level)
    row.put(Float(outline.sum(outline.headings, range)) / blocks)
    row.put(Float(outline.sum(outline.images, range)) / blocks)
  }

  static let containerNames: [String] = [30, 50, 80].flatMap { share in
    [
      "is inside", "levels up", "distance", "branch good share", "branch words",
      "branch link density", "branch position", "branch blocks", "branch sentences/block",
    ].map { "container \(share) \($0)" }
  }

  func putContainers(_ index: Int, into row: inout FeatureRow) {
    for container in containers {
      guard let container else {
        for _ in 0..<9 { row.put(Float(-1)) }
        continue
      }
      put(container: container, index, into: &row)
    }
  }

  private func put(container: Int, _ index: Int, into row: inout FeatureRow) {
    let tree = outline.tree
    let first = outline.blocks[index].firstNode
    var shared = container
    while !(shared <= Int(first) && Int(first) < Int(tree.nodes[shared].end)) {
      let parent = Int(tree.nodes[shared].parent)
      if parent < 0 { break }
      shared = parent
    }
    let range = outline.blocks(below: container)
    row.put(range.contains(index))
    row.put(Int(tree.nodes[container].depth) - Int(tree.nodes[shared].depth))
    row.put(
      index < range.lowerBound
        ? index - range.lowerBound
        : index >= range.upperBound ? index - range.upperBound + 1 : 0)
    // The child of the shared element in which the block stands.
    var branch = Int(first)
    while Int(tree.nodes[branch].parent) != shared, tree.nodes[branch].parent >= 0 {
      branch = Int(tree.nodes[branch].parent)
    }
    var below = outline.blocks(below: branch)
    if below.isEmpty { below = index..<index + 1 }
    let total = max(1, Float(outline.goodWords.last ?? 0))
    row.put(Float(outline.sum(outline.goodWords, below)) / total)
    row.put(Float(outline.sum(outline.words, below)))
    row.put(outline.linkDensity(below))
    let around = outline.blocks(below: shared)
    row.put(Float(below.lowerBound - around.lowerBound) / Float(max(1, around.count)))
    row.put(below.count)
    row.put(Float(outline.sum(outline.sentences, below)) / Float(below.count))
  }
}
