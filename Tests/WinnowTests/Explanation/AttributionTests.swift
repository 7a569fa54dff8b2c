// What features weighed, against the definition and against the model's own scores.

import Testing

@testable import Winnow

@Suite("Attribution")
struct AttributionTests {
  @Test("A block's weights and the base add up to its log-odds", arguments: SamplePage.small)
  func sums(_ sample: SamplePage) throws {
    let reading = try PageReading(of: Page(bytes: sample.bytes), ExtractionOptions())
    let rows = reading.features.rows()
    let attribution = Attribution(.shared, rows: rows, isChosen: Extraction(reading).choice.isKept)
    let scores = BlockModel.shared.logOdds(rows: rows, count: reading.outline.blocks.count)
    for block in scores.indices {
      let sum = attribution.weights(of: block).reduce(attribution.base) { $0 + Double($1) }
      #expect(abs(sum - Double(scores[block])) < 1e-3, "block \(block)")
    }
    #expect(attribution.logOdds == scores)
  }

  @Test("Weights are Shapley values, as their definition gives them")
  func definition() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    for round in 0..<30 {
      let maker = ModelMaker.random(&random)
      let count = Int.random(in: 1...12, using: &random)
      let rows = maker.rows(count, &random)
      let isChosen = (0..<count).map { _ in Bool.random(using: &random) }
      let attribution = Attribution(try maker.model(), rows: rows, isChosen: isChosen)
      let reference = ShapleyByOrders(maker, rows: rows, isChosen: isChosen)
      #expect(abs(attribution.base - reference.base) < 1e-4, "seed \(seed), round \(round)")
      for block in 0..<count {
        for (weight, expected) in zip(attribution.weights(of: block), reference.weights(of: block))
        {
          #expect(abs(Double(weight) - expected) < 1e-4, "seed \(seed), round \(round)")
        }
      }
    }
  }

  @Test("The heaviest features come first, for or against")
  func heaviest() throws {
    var random = SplitMix(state: 7)
    let maker = ModelMaker.random(&random)
    let rows = maker.rows(9, &random)
    let attribution = Attribution(
      try maker.model(), rows: rows, isChosen: [Bool](repeating: true, count: 9))
    for block in 0..<9 {
      let heaviest = attribution.heaviest(3, of: block)
      let rest = attribution.weights(of: block).map { abs($0) }.sorted(by: >)
      #expect(heaviest.map { abs($0.weight) } == rest.filter { $0 > 0 }.prefix(3).map { $0 })
    }
  }
}

/// Shapley values by playing all orders of a model's columns, with expectations over leaves counted
/// one by one: slow, and unlike the code that it checks.
private struct ShapleyByOrders {
  let base: Double
  private let maker: ModelMaker
  /// For each tree, the leaf of each block.
  private let places: [[Int]]
  private let leafWeights: [[Double]]

  init(_ maker: ModelMaker, rows: [Float], isChosen: [Bool]) {
    self.maker = maker
    let width = FeatureExtractor.names.count
    let chosen = Double(isChosen.filter { $0 }.count)
    let others = Double(isChosen.count) - chosen
    let blockWeights = isChosen.map { isChosen in
      chosen == 0 || others == 0 ? 1 : (chosen + others) / 2 / (isChosen ? chosen : others)
    }
    places = maker.trees.map { tests in
      isChosen.indices.map { block in
        Self.leaf(tests) { column, bin in
          bin < maker.borders[column].count && rows[block * width + column] > Float(bin) + 0.5
            ? 1 : 0
        }
      }
    }
    let leafWeights = zip(maker.trees, places).map { tests, places in
      // What can be reached is found by trying all values of all columns.
      var reachable: Set<Int> = []
      var values = [Int](repeating: 0, count: maker.borders.count)
      repeat {
        reachable.insert(
          Self.leaf(tests) { values[$0] > $1 && $1 < maker.borders[$0].count ? 1 : 0 })
      } while Self.advance(&values, below: maker.borders.map { $0.count + 1 })
      var weights = (0..<64).map { reachable.contains($0) ? 1 / Double(reachable.count) : 0 }
      for (block, place) in places.enumerated() { weights[place] += blockWeights[block] }
      return weights
    }
    self.leafWeights = leafWeights
    let means = zip(maker.leaves, leafWeights).map { Self.expectation($0, $1) }
    base = Double(maker.bias) + means.reduce(0, +) * Double(maker.scale)
  }

  func weights(of block: Int) -> [Double] {
    var weights = [Double](repeating: 0, count: maker.borders.count)
    for (tree, tests) in maker.trees.enumerated() {
      let columns = Set(tests.map(\.column)).sorted()
      let orders = Self.orders(columns)
      for order in orders {
        var known: Set<Int> = []
        var before = expectation(tree, known, at: places[tree][block])
        for column in order {
          known.insert(column)
          let after = expectation(tree, known, at: places[tree][block])
          weights[column] += (after - before) * Double(maker.scale) / Double(orders.count)
          before = after
        }
      }
    }
    return weights
  }

  private func expectation(_ tree: Int, _ known: Set<Int>, at place: Int) -> Double {
    var weights = leafWeights[tree]
    for leaf in 0..<64 {
      for (level, test) in maker.trees[tree].enumerated()
      where known.contains(test.column) && leaf >> level & 1 != place >> level & 1 {
        weights[leaf] = 0
      }
    }
    return Self.expectation(maker.leaves[tree], weights)
  }

  private static func expectation(_ leaves: [Int16], _ weights: [Double]) -> Double {
    zip(leaves, weights).reduce(0) { $0 + Double($1.0) * $1.1 } / weights.reduce(0, +)
  }

  private static func leaf(_ tests: [ModelMaker.Test], _ bit: (Int, Int) -> Int) -> Int {
    tests.enumerated().reduce(0) { $0 | bit($1.element.column, $1.element.bin) << $1.offset }
  }

  /// Counts on; `false` when all values have been.
  private static func advance(_ values: inout [Int], below limits: [Int]) -> Bool {
    for place in values.indices {
      values[place] += 1
      if values[place] < limits[place] { return true }
      values[place] = 0
    }
    return false
  }

  private static func orders(_ columns: [Int]) -> [[Int]] {
    if columns.isEmpty { return [[]] }
    return columns.flatMap { first in
      orders(columns.filter { $0 != first }).map { [first] + $0 }
    }
  }
}
