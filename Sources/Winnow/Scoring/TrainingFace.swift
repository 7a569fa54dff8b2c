// What training needs of the library: the same features and the same choice that runs use.

/// A page's blocks as training sees them.
package struct TrainingPage: Sendable {
  /// Names of the features, in the order of a row.
  package static var featureNames: [String] { FeatureExtractor.names }

  /// Rows of features, block after block.
  package let rows: [Float]
  /// Each block's text, control characters as spaces.
  package let texts: [[UInt8]]
  /// Each block's element: its name, and its place among the page's nodes.
  package let parents: [(tag: String, node: Int32)]
  /// Each block's words, as the choice weighs them.
  package let words: [Int]

  /// The tokens of blocks as the sequence model reads them: lists of tokens, and for each block the
  /// places of its eight lists.
  package let tokens: (lists: [[UInt32]], places: [[Int]])

  /// - Throws: As `Extractor.document(from:)`.
  package init(_ page: Page) throws(PageFailure) {
    let reading = try PageReading(of: page, ExtractionOptions(), needs: .all)
    let list = reading.features.outline.list
    let tree = reading.features.outline.tree
    rows = reading.features.rows()
    texts = list.blocks.map { block in
      list.text[Int(block.textStart)..<Int(block.textStart + block.textLength)].map {
        $0 < 0x20 ? 0x20 : $0
      }
    }
    parents = list.blocks.map {
      ($0.parent >= 0 ? tree.nodes[Int($0.parent)].tag.name : "", $0.parent)
    }
    words = list.blocks.map { Int($0.counts.words) }
    tokens = Self.tokens(of: reading.features)
  }

  /// What each model says of a page's blocks, in log-odds.
  package static func scores(
    of page: Page, _ model: PageModel
  ) throws(PageFailure) -> (trees: [Float], sequence: [Float]) {
    let scores = model.logOdds(
      of: try PageReading(of: page, ExtractionOptions(), needs: model.needs).features)
    return (scores.trees, scores.sequence)
  }

  /// As `SequenceInput` groups them.
  private static func tokens(of features: FeatureExtractor) -> ([[UInt32]], [[Int]]) {
    let outline = features.outline
    let tree = outline.tree
    // No tokens at all; then the lists as they come up.
    var lists: [[UInt32]] = [[]]
    var known: [Int: Int] = [:]
    func names(_ kind: Int, _ nodes: [Int]) -> Int {
      guard let first = nodes.first else { return 0 }
      if let place = known[first * 8 + kind] { return place }
      var list: [UInt32] = []
      for node in nodes { NameTokens.forEach(of: node, tree) { list.append($0) } }
      known[first * 8 + kind] = lists.count
      lists.append(list)
      return lists.count - 1
    }
    var texts: [Int] = []
    var targets: [Int] = []
    for (index, block) in outline.blocks.enumerated() {
      let range = Int(block.textStart)..<Int(block.textStart + block.textLength)
      var list: [UInt32] = []
      outline.list.text[range].withUnsafeBufferPointer { text in
        NameTokens.forEach(in: text) { list.append($0) }
      }
      texts.append(lists.count)
      lists.append(list)
      guard block.firstLink >= 0, let href = tree.range(.href, of: Int(block.firstLink)) else {
        targets.append(0)
        continue
      }
      list = []
      tree.values[href].withUnsafeBufferPointer { href in
        NameTokens.forEach(of: features.links.targets[index].address, in: href) { list.append($0) }
      }
      targets.append(lists.count)
      lists.append(list)
    }
    /// The elements from `start` up, as far as `end` if it is one of them, and without it.
    func path(from start: Int32, to end: Int?) -> [Int] {
      var nodes: [Int] = []
      var node = Int(start)
      while node >= 0, node != end {
        nodes.append(node)
        node = Int(tree.nodes[node].parent)
      }
      return nodes
    }
    let places = outline.blocks.indices.map { index in
      let block = outline.blocks[index]
      let around = path(from: block.parent, to: nil)
      let inner = path(from: tree.nodes[Int(block.firstNode)].parent, to: Int(block.parent))
      let heading = Int(features.headings.above[index])
      return [
        names(0, Array(around.prefix(1))), names(1, Array(around.dropFirst().prefix(1))),
        names(2, Array(around.dropFirst(2).prefix(2))), names(3, Array(around.dropFirst(4))),
        names(4, inner), texts[index], heading >= 0 ? texts[heading] : 0, targets[index],
      ]
    }
    return (lists, places)
  }
}

extension Extractor {
  /// The document of a page by other models than the shipped ones.
  package func document(from page: Page, model: PageModel) throws(PageFailure) -> Document {
    try Extraction(PageReading(of: page, options, needs: model.needs), model: model).document()
  }
}
