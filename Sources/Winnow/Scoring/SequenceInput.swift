// What the sequence model reads of a page: bins of features, and means of its tokens' numbers.
//
// The tokens of a block, by group: its element's, those of the element around it, of the two
// elements around that, of all further out; its text's; its heading's text's.

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
      for column in 0..<columns {
        let scale = 2 / Float(model.columns[column].border_count)
        for (lane, block) in blocks.enumerated() {
          rows[block * width + column] = Float(bin[column * BLOCK_SCORES_LANES + lane]) * scale - 1
        }
      }
    }
  }

  // MARK: Tokens

  /// Sums over an element's ancestors are differences of sums from the root.
  private mutating func putNames(_ outline: PageOutline, _ model: SequenceModel) {
    let tree = outline.tree
    let depth = model.depth
    var sums = [Int32](repeating: 0, count: tree.nodes.count * depth)
    var known = [Int32](repeating: 0, count: tree.nodes.count)
    // Pointers, as the checks of arrays cost more here than the sums.
    sums.withUnsafeMutableBufferPointer { sums in
      model.table.withUnsafeBufferPointer { table in
        for node in Self.elementsAroundBlocks(outline) {
          let own = UnsafeMutableBufferPointer(rebasing: sums[node * depth..<(node + 1) * depth])
          let parent = Int(tree.nodes[node].parent)
          var count: Int32 = 0
          if parent >= 0 {
            for place in 0..<depth { own[place] = sums[parent * depth + place] }
            count = known[parent]
          }
          NameTokens.forEach(of: node, tree) { token in
            guard let row = model.names.row(of: token) else { return }
            for place in 0..<depth { own[place] &+= Int32(table[row * depth + place]) }
            count += 1
          }
          known[node] = count
        }
      }
    }
    // Where the groups part: at the element, and one, two and four further out.
    for block in 0..<count {
      var bounds = (0..<4).map { _ in -1 }
      var node = Int(outline.blocks[block].parent)
      for distance in 0..<5 where node >= 0 {
        switch distance {
        case 0, 1, 2: bounds[distance] = node
        case 4: bounds[3] = node
        default: break
        }
        node = Int(tree.nodes[node].parent)
      }
      for group in 0..<4 where bounds[group] >= 0 {
        let inner = bounds[group]
        let outer = group < 3 ? bounds[group + 1] : -1
        let number = known[inner] - (outer >= 0 ? known[outer] : 0)
        guard number > 0 else { continue }
        let scale = model.step / Float(number)
        let start = block * width + columns + group * depth
        for place in 0..<depth {
          let sum = sums[inner * depth + place] - (outer >= 0 ? sums[outer * depth + place] : 0)
          rows[start + place] = Float(sum) * scale
        }
      }
    }
  }

  /// In the page's order, so that an element comes after those around it.
  private static func elementsAroundBlocks(_ outline: PageOutline) -> [Int] {
    var isAround = [Bool](repeating: false, count: outline.tree.nodes.count)
    for block in outline.blocks {
      var node = Int(block.parent)
      while node >= 0, !isAround[node] {
        isAround[node] = true
        node = Int(outline.tree.nodes[node].parent)
      }
    }
    return isAround.indices.filter { isAround[$0] }
  }

  private mutating func putWords(_ features: FeatureExtractor, _ model: SequenceModel) {
    let outline = features.outline
    let depth = model.depth
    let start = columns + 4 * depth
    outline.list.text.withUnsafeBufferPointer { text in
      for (index, block) in outline.blocks.enumerated() {
        let range = Int(block.textStart)..<Int(block.textStart + block.textLength)
        var known: Float = 0
        let own = index * width + start
        NameTokens.forEach(in: UnsafeBufferPointer(rebasing: text[range])) { token in
          guard let row = model.words.row(of: token) else { return }
          for place in 0..<depth { rows[own + place] += Float(model.table[row * depth + place]) }
          known += 1
        }
        if known > 0 {
          for place in 0..<depth { rows[own + place] *= model.step / known }
        }
        // Headings stand before what they head.
        let heading = Int(features.headings.above[index])
        guard heading >= 0 else { continue }
        for place in 0..<depth {
          rows[own + depth + place] = rows[heading * width + start + place]
        }
      }
    }
  }
}
