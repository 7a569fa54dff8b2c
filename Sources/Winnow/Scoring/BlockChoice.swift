// Probabilities of blocks in, the blocks to keep out.

/// Chooses the blocks that maximise the expected F1 of the document's words.
struct BlockChoice {
  /// Below this best probability an empty document is the better answer; measured out of fold
  /// (docs/quality.md).
  private static let emptyGate: Float = 0.2

  /// What a preset adds to every block's log-odds. References leave out more than they should, and
  /// so the model is a little too sure; measured out of fold (docs/quality.md).
  static func lean(_ preset: ExtractionOptions.Preset) -> Float {
    switch preset {
    case .balanced: -0.3
    case .precision: -1.2
    case .recall: 1.2
    }
  }

  let isKept: [Bool]
  /// The F1 that is expected of the choice, by the model's own probabilities.
  let expectedF1: Float

  /// Every block of a page.
  init(keepingAll count: Int) {
    isKept = [Bool](repeating: true, count: count)
    expectedF1 = 1
  }

  /// - Parameters:
  ///   - probabilities: For each block, `0...1`; adjusted for copies already.
  ///   - words: For each block, its words.
  ///   - lean: Added to each block's log-odds; below 0 for precision, above for recall.
  /// - Complexity: O(blocks x log blocks).
  ///
  /// Source: the optimal set under independent labels is a prefix of the blocks sorted by
  /// probability (Lewis, SIGIR 1995; Ye et al., ICML 2012), here with words as weights.
  init(probabilities: [Float], words: [Float], lean: Float) {
    let leaning = probabilities.map { logistic(logOdds($0) + lean) }
    var isKept = [Bool](repeating: false, count: leaning.count)
    guard let best = leaning.max(), best >= Self.emptyGate else {
      self.isKept = isKept
      expectedF1 = 0
      return
    }
    let order = leaning.indices.sorted {
      leaning[$0] != leaning[$1] ? leaning[$0] > leaning[$1] : $0 < $1
    }
    var expectedWords: Float = 0
    for index in order { expectedWords += leaning[index] * words[index] }
    var kept: Float = 0
    var correct: Float = 0
    var bestF1: Float = 0
    var bestCount = 0
    for (count, index) in order.enumerated() {
      kept += words[index]
      correct += leaning[index] * words[index]
      let f1 = 2 * correct / max(kept + expectedWords, 1e-6)
      if f1 > bestF1 {
        bestF1 = f1
        bestCount = count + 1
      }
    }
    for index in order[..<bestCount] { isKept[index] = true }
    self.isKept = isKept
    expectedF1 = bestF1
  }

  /// A block that counts in another place.
  struct Copy: Sendable, Equatable {
    let block: Int
    /// Where its text counts; may itself be a copy of a block further on.
    let original: Int
  }

  /// A text that stands twice in different places (a card seen again, a menu for small screens)
  /// counts where it is likelier. What repeats itself within one element is meant to; so are code
  /// and tables.
  ///
  /// - Returns: The blocks whose probability became 0.
  static func foldCopies(
    _ probabilities: inout [Float], outline: PageOutline, repeats: Repeats
  ) -> [Copy] {
    var copies: [Copy] = []
    var bestOf: [UInt64: Int] = [:]
    for index in probabilities.indices where repeats.copies[index] > 1 {
      let block = outline.blocks[index]
      if block.counts.words < 3 || block.flags.contains(.preformatted) { continue }
      if block.parent >= 0 {
        let tag = outline.tree.nodes[Int(block.parent)].tag
        if tag == .td || tag == .th { continue }
      }
      let hash = repeats.hashes[index]
      guard let other = bestOf[hash] else {
        bestOf[hash] = index
        continue
      }
      if place(of: outline.blocks[other], outline) == place(of: block, outline) { continue }
      if probabilities[index] > probabilities[other] {
        probabilities[other] = 0
        bestOf[hash] = index
        copies.append(Copy(block: other, original: index))
      } else {
        probabilities[index] = 0
        copies.append(Copy(block: index, original: other))
      }
    }
    return copies
  }

  /// The element that a block's own element stands in.
  private static func place(of block: TextBlock, _ outline: PageOutline) -> Int32 {
    block.parent < 0 ? -1 : outline.tree.nodes[Int(block.parent)].parent
  }
}
