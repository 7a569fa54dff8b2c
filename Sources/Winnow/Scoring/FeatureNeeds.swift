// Which features somebody reads: of the costlier groups, those that no model uses are left out.

/// What is computed of a row; the rest of it has no meaning.
struct FeatureNeeds: Sendable {
  /// Everything, as training has it.
  static let all = FeatureNeeds { _ in true }

  /// For each of the blocks around a block, in the order of `FeatureExtractor.neighbourSteps`.
  let neighbours: [Bool]
  /// What the words of headings name, and those of all short blocks.
  let headingWords: Bool
  let textWords: Bool
  /// The parts of links' paths, and which links lead to the same page.
  let linkPaths: Bool
  let linkCopies: Bool

  /// - Parameter isRead: Whether a feature is read, by its place in `FeatureExtractor.names`.
  init(_ isRead: (Int) -> Bool) {
    let read = FeatureExtractor.names.indices.lazy.filter(isRead).map { FeatureExtractor.names[$0] }
    let names = Array(read)
    func has(_ prefix: String) -> Bool { names.contains { $0.hasPrefix(prefix) } }
    neighbours = FeatureExtractor.neighbourSteps.map { has("neighbour \($0) ") }
    textWords = has(FeatureExtractor.textSpeaks)
    linkPaths = has("target levels") || has("target joints")
    linkCopies = has("target copies") || has("card targets") || has("card links")
    headingWords = textWords || has(FeatureExtractor.headingSpeaks)
  }

  /// What two models read together.
  init(_ trees: BlockModel, _ sequence: SequenceModel) {
    var isRead = [Bool](repeating: false, count: FeatureExtractor.names.count)
    for column in trees.columns { isRead[column.feature] = true }
    for column in sequence.columns { isRead[Int(column.feature)] = true }
    self.init { isRead[$0] }
  }
}
