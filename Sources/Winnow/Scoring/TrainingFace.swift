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

  /// - Throws: As `Extractor.document(from:)`.
  package init(_ page: Page) throws(PageFailure) {
    let reading = try PageReading(of: page, ExtractionOptions())
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
  }
}

extension Extractor {
  /// The document of a page by another model than the shipped one.
  package func document(from page: Page, model: BlockModel) throws(PageFailure) -> Document {
    try Extraction(PageReading(of: page, options), model: model).document()
  }
}
