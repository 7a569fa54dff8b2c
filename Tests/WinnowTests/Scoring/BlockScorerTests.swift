// The inner loops of the block model: all sets of instructions give the same numbers, and these are
// what the definition says.

import CScores
import Testing

@testable import Winnow

/// A model and blocks by chance.
private struct RandomModel {
  let columns: [block_scores_column]
  let borders: [Float]
  let tests: [block_scores_test]
  let leaves: [Int16]
  let trees: Int
  /// Sixteen numbers a feature.
  let values: [Float]
  /// Sixty-four bytes a column.
  let bins: [UInt8]

  init(_ random: inout SplitMix, trees: Int) {
    self.trees = trees
    let features = 40
    var columns: [block_scores_column] = []
    var borders: [Float] = []
    for _ in 0..<30 {
      let count = Int.random(in: 1...70, using: &random)
      columns.append(
        block_scores_column(
          feature: UInt16.random(in: 0..<UInt16(features), using: &random),
          border_count: UInt16(count), first_border: UInt32(borders.count)))
      borders += (0..<count).map { _ in Float.random(in: -9...9, using: &random) }.sorted()
    }
    self.columns = columns
    self.borders = borders
    tests = (0..<trees * BlockModel.depth).map { _ in
      block_scores_test(
        column: UInt16.random(in: 0..<30, using: &random), bin: .random(in: 0...255, using: &random)
      )
    }
    leaves = (0..<trees * BlockModel.leaves).map { _ in .random(in: .min ... .max, using: &random) }
    var values = (0..<features * 16).map { _ in Float.random(in: -10...10, using: &random) }
    // A value on a border belongs below it; what is no number belongs to the first bin.
    values[5] = borders[0]
    values[6] = .nan
    self.values = values
    bins = (0..<30 * 64).map { _ in .random(in: 0...255, using: &random) }
  }
}

@Suite("The block model's inner loops")
struct BlockScorerTests {
  @Test("A bin is the number of borders below a value, on any processor")
  func bins() {
    var random = SplitMix(state: 5)
    let model = RandomModel(&random, trees: 1)
    var fast = [UInt8](repeating: 0, count: model.bins.count)
    var plain = fast
    block_scores_bin(model.values, model.columns, model.columns.count, model.borders, &fast)
    block_scores_bin_plainly(
      model.values, model.columns, model.columns.count, model.borders, &plain)
    #expect(fast == plain)
    for (index, column) in model.columns.enumerated() {
      let borders = model.borders[Int(column.first_border)...].prefix(Int(column.border_count))
      for row in 0..<16 {
        let value = model.values[Int(column.feature) * 16 + row]
        #expect(Int(fast[index * 64 + row]) == borders.count { $0 < value })
      }
    }
  }

  @Test("A sum is that of one leaf a tree, on any processor", arguments: [1, 2, 3, 50, 1001])
  func sums(_ trees: Int) {
    var random = SplitMix(state: UInt64(trees))
    let model = RandomModel(&random, trees: trees)
    var fast = [Int32](repeating: 0, count: 64)
    var plain = fast
    block_scores_sum(model.bins, model.tests, model.leaves, trees, &fast)
    block_scores_sum_plainly(model.bins, model.tests, model.leaves, trees, &plain)
    #expect(fast == plain)
    for lane in 0..<64 {
      var sum: Int32 = 0
      for tree in 0..<trees {
        var leaf = 0
        for level in 0..<BlockModel.depth {
          let test = model.tests[tree * BlockModel.depth + level]
          if model.bins[Int(test.column) * 64 + lane] > test.bin { leaf |= 1 << level }
        }
        sum += Int32(model.leaves[tree * BlockModel.leaves + leaf])
      }
      #expect(fast[lane] == sum)
    }
  }

  @Test(
    "Any number of blocks is scored, and each as it is alone", arguments: [0, 1, 15, 16, 17, 65])
  func counts(_ count: Int) {
    var random = SplitMix(state: UInt64(count) + 1)
    let width = FeatureExtractor.names.count
    let rows = (0..<count * width).map { _ in Float(Int.random(in: 0...40, using: &random)) }
    let scores = BlockModel.shared.logOdds(rows: rows, count: count)
    #expect(scores.count == count)
    for index in 0..<count {
      let row = Array(rows[index * width..<(index + 1) * width])
      #expect(BlockModel.shared.logOdds(rows: row, count: 1) == [scores[index]])
    }
  }
}
