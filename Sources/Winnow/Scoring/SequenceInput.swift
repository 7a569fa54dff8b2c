// What the sequence model reads of a page: bins of features, and means of its tokens' numbers.
//
// The tokens of a block, by group: its element's, those of the element around it, of the two
// elements around that, of all further out; of the inline elements around its first text; its text's;
// its heading's text's; those of what its first link leads to.

import CScores

/// One row of numbers a block.
struct SequenceInput {
  let count: Int
  /// Block after block, `SequenceModel.inputs` numbers each.
  private(set) var rows: [Float]
  /// What each block counts on the page, by the square root of its words; 1 in all.
  let shares: [Float]

  private let columns: Int
  private let width: Int

  init(_ features: FeatureExtractor, _ model: SequenceModel) {
    let outline = features.outline
    count = outline.blocks.count
    columns = model.columns.count
    width = model.inputs
    rows = [Float](repeating: 0, count: count * width)
    let weights = outline.blocks.map { (Float($0.counts.words) + 0.3).squareRoot() }
    let sum = max(weights.reduce(0, +), 1e-6)
    shares = weights.map { $0 / sum }
    guard count > 0 else { return }
    putNames(outline, model)
    putWords(features, model)
  }

  /// Takes the features of sixteen blocks, as `block_scores_bin` does.
  mutating func put(_ values: UnsafePointer<Float>, blocks: Range<Int>, _ model: SequenceModel) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: columns * BLOCK_SCORES_LANES) { bins in
      guard let bin = bins.baseAddress else { return }
      block_scores_bin(values, model.columns, columns, model.borders, bin)
      rows.withUnsafeMutableBufferPointer { rows in
        guard let base = rows.baseAddress else { return }
        sequence_put_bins(
          bin, model.scales, columns, blocks.count, base + blocks.lowerBound * width, width)
      }
    }
  }

  // MARK: Tokens

  private mutating func putNames(_ outline: PageOutline, _ model: SequenceModel) {
    let names = ElementNames(outline, model)
    let nodes = outline.tree.nodes
    let depth = model.depth
    rows.withUnsafeMutableBufferPointer { rows in
      guard let base = rows.baseAddress else { return }
      for (index, block) in outline.blocks.enumerated() {
        func parent(_ node: Int32) -> Int32 { node < 0 ? -1 : nodes[Int(node)].parent }
        let own = block.parent
        let second = parent(own)
        let third = parent(second)
        let fifth = parent(parent(third))
        let row = base + index * width + columns
        names.putMean(from: own, to: second, model, into: row)
        names.putMean(from: second, to: third, model, into: row + depth)
        names.putMean(from: third, to: fifth, model, into: row + 2 * depth)
        names.putMean(from: fifth, to: -1, model, into: row + 3 * depth)
        names.putMean(from: parent(block.firstNode), to: own, model, into: row + 4 * depth)
      }
    }
  }

  private mutating func putWords(_ features: FeatureExtractor, _ model: SequenceModel) {
    let (tokens, ends) = Self.wordTokens(of: features)
    let above = features.headings.above
    let depth = model.depth
    rows.withUnsafeMutableBufferPointer { rows in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: SEQUENCE_TOKEN_LANES) { sums in
        guard let base = rows.baseAddress, let sum = sums.baseAddress else { return }
        let words = base + columns + 5 * depth
        var start = 0
        func putMean(to end: Int, into row: UnsafeMutablePointer<Float>) {
          guard start < end else { return }
          sums.initialize(repeating: 0)
          let known = tokens.withUnsafeBufferPointer {
            model.words.add(start..<end, of: $0, to: sum)
          }
          if known > 0 { sequence_put_mean(sum, nil, model.step / Float(known), depth, row) }
          start = end
        }
        for (index, end) in ends.enumerated() {
          let row = words + index * width
          putMean(to: end.text, into: row)
          // Headings stand before what they head.
          let heading = Int(above[index])
          if heading >= 0 { (row + depth).update(from: words + heading * width, count: depth) }
          putMean(to: end.target, into: row + 2 * depth)
        }
      }
    }
  }

  /// The tokens of all blocks' texts and links' targets, and for each block where its own end.
  private static func wordTokens(
    of features: FeatureExtractor
  ) -> (tokens: [UInt32], ends: [(text: Int, target: Int)]) {
    let list = features.outline.list
    let tree = features.outline.tree
    var tokens: [UInt32] = []
    tokens.reserveCapacity(
      list.blocks.count * (NameTokens.mostOfText + NameTokens.mostOfTarget))
    let targets = features.links.targets
    let ends = list.text.withUnsafeBufferPointer { text in
      tree.values.withUnsafeBufferPointer { values in
        list.blocks.indices.map { index -> (text: Int, target: Int) in
          let block = list.blocks[index]
          let range = Int(block.textStart)..<Int(block.textStart + block.textLength)
          NameTokens.forEach(in: UnsafeBufferPointer(rebasing: text[range])) { tokens.append($0) }
          let end = tokens.count
          if block.firstLink >= 0, let href = tree.range(.href, of: Int(block.firstLink)) {
            NameTokens.forEach(
              of: targets[index].address, in: UnsafeBufferPointer(rebasing: values[href])
            ) { tokens.append($0) }
          }
          return (end, tokens.count)
        }
      }
    }
    return (tokens, ends)
  }
}
