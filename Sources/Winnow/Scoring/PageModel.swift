// Both models of blocks together: a page's features in, the probability of each block out.

/// Trees over each block's features, and a network over all of a page's blocks. They err in
/// different places; their log-odds are added up (docs/quality.md).
package struct PageModel: Sendable {
  let trees: BlockModel
  let sequence: SequenceModel
  /// The features that either reads.
  let needs: FeatureNeeds

  /// The shipped models.
  package static let shared = PageModel(trees: .shared, sequence: .shared)

  package init(trees: BlockModel, sequence: SequenceModel) {
    self.trees = trees
    self.sequence = sequence
    needs = FeatureNeeds(trees, sequence)
  }

  /// What each model says of a page's blocks, and both together.
  struct LogOdds {
    let trees: [Float]
    let sequence: [Float]
    let sum: [Float]
  }

  func logOdds(of features: FeatureExtractor) -> LogOdds {
    var input = SequenceInput(features, sequence)
    let trees = trees.logOdds(of: features) { input.put($0, blocks: $1, sequence) }
    let own = sequence.logOdds(of: input)
    return LogOdds(
      trees: trees, sequence: own,
      sum: zip(trees, own).map {
        $0 * sequence.treeShare + $1 * sequence.ownShare + sequence.bias
      })
  }

  /// For each block, the probability that it is main content, by the models alone.
  func probabilities(of features: FeatureExtractor) -> [Float] {
    logOdds(of: features).sum.map { logistic($0) }
  }
}
