// Probabilities of blocks in, the blocks to keep out.

import Glibc

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

  /// Errors on one page go the same way: its blocks are all likelier to be content than they seem,
  /// or less likely. A text of a thousand blocks that each have a chance of one in four is not a
  /// quarter content; it is content or is not. So the expectation is the mean over these pages,
  /// the medians of five equal parts of a normal distribution.
  static let shifts: [Float] = [-1.2816, -0.5244, 0, 0.5244, 1.2816]
  /// What a shift of one adds to every log-odds, and what these are scaled by, so that on the mean
  /// of shifts they say about what they said; measured out of fold (docs/quality.md).
  static let shared: Float = 2
  static let own: Float = 1.5

  /// - Parameters:
  ///   - probabilities: For each block, `0...1`; adjusted for copies already.
  ///   - words: For each block, its words.
  ///   - lean: Added to each block's log-odds; below 0 for precision, above for recall.
  /// - Complexity: O(blocks x log blocks).
  ///
  /// Source: the optimal set under independent labels is a prefix of the blocks sorted by
  /// probability (Lewis, SIGIR 1995; Ye et al., ICML 2012), here with words as weights.
  init(probabilities: [Float], words: [Float], lean: Float) {
    // The odds against each block: with these the shifts of log-odds are products.
    let against = probabilities.map { probability in
      let p = min(max(probability, 1e-6), 1 - 1e-6)
      return (1 - p) / p * expf(-lean)
    }
    var isKept = [Bool](repeating: false, count: against.count)
    guard let least = against.min(), 1 / (1 + least) >= Self.emptyGate else {
      self.isKept = isKept
      expectedF1 = 0
      return
    }
    // What has no probability is content on no page.
    // The bits of positive numbers are in the order of the numbers.
    var keys = against.indices.filter { probabilities[$0] > 0 }
      .map { UInt64(against[$0].bitPattern) << 32 | UInt64($0) }
    keys.sort()
    let order = keys.map { Int($0 & 0xFFFF_FFFF) }
    let own = order.map { powf(against[$0], Self.own) }
    var expected = [Float](repeating: 0, count: order.count)
    var correct = [Float](repeating: 0, count: order.count)
    for shift in Self.shifts {
      let shared = expf(-Self.shared * shift)
      var sum: Float = 0
      for (place, index) in order.enumerated() {
        sum += words[index] / (1 + own[place] * shared)
        correct[place] = sum
      }
      var kept: Float = 0
      for (place, index) in order.enumerated() {
        kept += words[index]
        expected[place] += 2 * correct[place] / max(kept + sum, 1e-6)
      }
    }
    var bestPlace: Int?
    for place in order.indices where expected[place] > bestPlace.map({ expected[$0] }) ?? 0 {
      bestPlace = place
    }
    for index in order.prefix(bestPlace.map { $0 + 1 } ?? 0) { isKept[index] = true }
    self.isKept = isKept
    expectedF1 = bestPlace.map { expected[$0] / Float(Self.shifts.count) } ?? 0
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
