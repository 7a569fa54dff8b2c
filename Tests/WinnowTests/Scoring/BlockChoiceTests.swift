// The choice maximises expected F1; presets lean it; copies count once.

import Testing

@testable import Winnow

@Suite("Choice of blocks")
struct BlockChoiceTests {
  /// Expected F1 of a choice, by its definition: the mean over pages whose blocks are all likelier
  /// or less likely.
  private func expectedF1(_ kept: [Bool], _ probabilities: [Float], _ words: [Float]) -> Float {
    BlockChoice.shifts.reduce(0) { sum, shift in
      let shifted = probabilities.map {
        logistic(BlockChoice.own * logOdds($0) + BlockChoice.shared * shift)
      }
      return sum + independentF1(kept, shifted, words)
    } / Float(BlockChoice.shifts.count)
  }

  private func independentF1(_ kept: [Bool], _ probabilities: [Float], _ words: [Float]) -> Float {
    var correct: Float = 0
    var size: Float = 0
    var wanted: Float = 0
    for index in kept.indices {
      wanted += probabilities[index] * words[index]
      if kept[index] {
        correct += probabilities[index] * words[index]
        size += words[index]
      }
    }
    return size == 0 ? 0 : 2 * correct / (size + wanted)
  }

  @Test("No other choice of the same blocks has a higher expected F1", arguments: 1...40)
  func isBest(seed: UInt64) {
    var random = SplitMix(state: seed)
    let count = Int.random(in: 1...9, using: &random)
    let probabilities = (0..<count).map { _ in Float.random(in: 0.25...1, using: &random) }
    let words = (0..<count).map { _ in Float(Int.random(in: 1...50, using: &random)) }
    let choice = BlockChoice(probabilities: probabilities, words: words, lean: 0)
    let reached = expectedF1(choice.isKept, probabilities, words)
    #expect(abs(reached - choice.expectedF1) < 1e-4)
    for set in 0..<(1 << count) {
      let other = (0..<count).map { set >> $0 & 1 == 1 }
      #expect(expectedF1(other, probabilities, words) <= reached + 1e-4, "seed \(seed)")
    }
  }

  @Test("Much text of little chance does not outvote a little of good chance")
  func correlated() {
    let probabilities: [Float] = [0.9, 0.9] + [Float](repeating: 0.2, count: 40)
    let words: [Float] = [60, 60] + [Float](repeating: 60, count: 40)
    let choice = BlockChoice(probabilities: probabilities, words: words, lean: 0)
    #expect(choice.isKept == [true, true] + [Bool](repeating: false, count: 40))
  }

  @Test("What has no probability is never kept")
  func impossible() {
    let choice = BlockChoice(probabilities: [0.9, 0, 0.9], words: [10, 10, 10], lean: 1.2)
    #expect(choice.isKept == [true, false, true])
  }

  @Test("A page on which nothing looks like content gives nothing")
  func nothing() {
    let choice = BlockChoice(probabilities: [0.05, 0.1, 0.02], words: [10, 10, 10], lean: 0)
    #expect(choice.isKept == [false, false, false])
    #expect(choice.expectedF1 == 0)
    #expect(BlockChoice(probabilities: [], words: [], lean: 0).isKept.isEmpty)
  }

  @Test("Precision keeps no more than balanced, and recall no less")
  func presets() {
    let probabilities: [Float] = [0.95, 0.8, 0.6, 0.5, 0.35, 0.2, 0.1]
    let words = [Float](repeating: 10, count: probabilities.count)
    func kept(_ preset: ExtractionOptions.Preset) -> Int {
      BlockChoice(probabilities: probabilities, words: words, lean: BlockChoice.lean(preset))
        .isKept.count { $0 }
    }
    #expect(kept(.precision) < kept(.balanced))
    #expect(kept(.balanced) < kept(.recall))
  }

  @Test("Of a text that stands twice below different parents the likelier counts")
  func copies() throws {
    let reading = try PageReading(
      of: Page(
        bytes: Array(
          """
          <div><p>A card that is seen again</p></div><div><p>A card that is seen again</p></div>
          <div><pre>let it be code</pre></div><div><pre>let it be code</pre></div>
          <h2>A day in the log</h2><h2>A day in the log</h2>
          """.utf8)), ExtractionOptions())
    var probabilities: [Float] = [0.4, 0.7, 0.5, 0.6, 0.9, 0.8]
    let copies = BlockChoice.foldCopies(
      &probabilities, outline: reading.outline, repeats: reading.features.repeats)
    #expect(copies == [BlockChoice.Copy(block: 0, original: 1)])
    #expect(probabilities == [0, 0.7, 0.5, 0.6, 0.9, 0.8])
    #expect(copies == [BlockChoice.Copy(block: 0, original: 1)])
  }
}
