// How much each feature weighed: the model and the rows of a page in, Shapley values out.
//
// What a tree says of a block is set against what it says of the page's blocks on average, those
// that the model chose and those that it did not counting half each; the difference is shared out
// among the features that the tree tests. So a block's reasons are what sets it apart on its page:
// features alike on the whole page, such as its number of words, hardly weigh.
//
// Sources: Shapley, 1953; Lundberg and Lee, NeurIPS 2017. A tree here tests at most six features, so
// all their subsets are looked at, and the values are exact.

/// What the features of each block of a page add to its log-odds.
struct Attribution {
  /// The log-odds of the page's blocks on average.
  let base: Double
  /// For each block, the log-odds that the model gives it.
  let logOdds: [Float]
  /// The places of the features in `FeatureExtractor.names`, one a column.
  let features: [Int]
  /// Block after block, one number a column. A block's numbers and `base` add up to its log-odds.
  private let weights: [Float]

  /// - Parameters:
  ///   - rows: As `FeatureExtractor.rows` gives them.
  ///   - isChosen: For each block, whether the model chose it.
  /// - Complexity: O(rows x (columns + trees) + trees), the last with a factor of about 40,000.
  init(_ model: BlockModel, rows: [Float], isChosen: [Bool]) {
    let count = isChosen.count
    features = model.columns.map(\.feature)
    logOdds = model.logOdds(rows: rows, count: count)
    let bins = model.binned(rows, count: count)
    var base = Double(model.bias)
    var weights = [Float](repeating: 0, count: count * features.count)
    let blockWeights = Self.blockWeights(isChosen)
    var places = [UInt8](repeating: 0, count: count)
    for tree in 0..<model.treeCount {
      let tests = Array(model.tests[tree * BlockModel.depth..<(tree + 1) * BlockModel.depth])
      for block in 0..<count {
        var place: UInt8 = 0
        for (level, test) in tests.enumerated()
        where bins[Int(test.column) * count + block] > test.bin { place |= 1 << UInt8(level) }
        places[block] = place
      }
      let leaves = model.leafValues[tree * BlockModel.leaves..<(tree + 1) * BlockModel.leaves]
      let game = TreeGame(
        tests: tests, borders: tests.map { model.columns[Int($0.column)].borders.count },
        leaves: leaves.map { Double($0) * Double(model.scale) }, places: places,
        blockWeights: blockWeights)
      base += game.mean
      var shares = [[Float]?](repeating: nil, count: BlockModel.leaves)
      for block in 0..<count {
        let place = Int(places[block])
        let share = shares[place] ?? game.shares(at: place).map { Float($0) }
        shares[place] = share
        for (column, value) in zip(game.columns, share) {
          weights[block * features.count + column] += value
        }
      }
    }
    self.base = base
    self.weights = weights
  }

  /// What each block counts in the average; about 1.
  private static func blockWeights(_ isChosen: [Bool]) -> [Double] {
    let chosen = isChosen.reduce(0) { $0 + ($1 ? 1 : 0) }
    guard chosen > 0, chosen < isChosen.count else { return isChosen.map { _ in 1 } }
    let half = Double(isChosen.count) / 2
    return isChosen.map { half / Double($0 ? chosen : isChosen.count - chosen) }
  }

  /// What each column added for a block.
  func weights(of block: Int) -> ArraySlice<Float> {
    weights[block * features.count..<(block + 1) * features.count]
  }

  /// The features that weighed most, either way; the heaviest first.
  func heaviest(_ count: Int, of block: Int) -> [(feature: Int, weight: Float)] {
    zip(features, weights(of: block)).filter { $0.1 != 0 }
      .sorted { abs($0.1) != abs($1.1) ? abs($0.1) > abs($1.1) : $0.0 < $1.0 }
      .prefix(count).map { (feature: $0.0, weight: $0.1) }
  }
}

/// One tree as a game in which features win what its leaves hold.
private struct TreeGame {
  /// The columns that the tree tests, each once.
  let columns: [Int]
  /// For each of them, the levels that test it, as bits.
  private let levels: [Int]
  private let leaves: [Double]
  private let weights: [Double]
  /// What the tree says of the page's blocks on average.
  let mean: Double

  /// - Parameters:
  ///   - borders: For each test, how many borders its column has.
  ///   - leaves: What each leaf adds to the log-odds.
  ///   - places: The leaf of each block.
  ///   - blockWeights: What each block counts in the average.
  init(
    tests: [BlockModel.Test], borders: [Int], leaves: [Double], places: [UInt8],
    blockWeights: [Double]
  ) {
    var columns: [Int] = []
    var levels: [Int] = []
    for (level, test) in tests.enumerated() {
      if let known = columns.firstIndex(of: Int(test.column)) {
        levels[known] |= 1 << level
      } else {
        columns.append(Int(test.column))
        levels.append(1 << level)
      }
    }
    // The page's blocks, and one more, spread over all leaves that can be reached: so that a page
    // of one block has something to be compared with.
    let reachable = (0..<leaves.count).filter { Self.isReachable($0, tests, borders) }
    var weights = [Double](repeating: 0, count: leaves.count)
    for leaf in reachable { weights[leaf] = 1 / Double(reachable.count) }
    for (place, weight) in zip(places, blockWeights) { weights[Int(place)] += weight }
    self.columns = columns
    self.levels = levels
    self.leaves = leaves
    self.weights = weights
    mean = zip(leaves, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
  }

  /// Can a value pass some of the tests on it and fail the others, as the leaf says?
  private static func isReachable(
    _ leaf: Int, _ tests: [BlockModel.Test], _ borders: [Int]
  ) -> Bool {
    for (level, test) in tests.enumerated() where leaf >> level & 1 == 1 {
      if Int(test.bin) >= borders[level] { return false }
      for (other, weaker) in tests.enumerated()
      where weaker.column == test.column && weaker.bin <= test.bin && leaf >> other & 1 == 0 {
        return false
      }
    }
    return true
  }

  /// For each column its Shapley value at a leaf: what knowing it adds to what the tree is expected
  /// to say, on average over all orders in which the columns become known.
  func shares(at leaf: Int) -> [Double] {
    let all = leaves.count - 1
    // By set of levels: the sums over the leaves that differ from this one in no others.
    var sums = [Double](repeating: 0, count: leaves.count)
    var totals = sums
    for difference in 0...all {
      totals[difference] = weights[leaf ^ difference]
      sums[difference] = totals[difference] * leaves[leaf ^ difference]
    }
    var bit = 1
    while bit <= all {
      for set in 0...all where set & bit != 0 {
        sums[set] += sums[set ^ bit]
        totals[set] += totals[set ^ bit]
      }
      bit <<= 1
    }
    let expected = (0..<1 << columns.count).map { known in
      let fixed = levels.indices.reduce(0) { known >> $1 & 1 == 1 ? $0 | levels[$1] : $0 }
      return sums[all & ~fixed] / totals[all & ~fixed]
    }
    let chances = Self.chances(of: columns.count)
    return columns.indices.map { column in
      expected.indices.reduce(0) { sum, known in
        known >> column & 1 == 1
          ? sum
          : sum + chances[known.nonzeroBitCount] * (expected[known | 1 << column] - expected[known])
      }
    }
  }

  /// The chance that exactly a certain set of others, by its size, comes before a player.
  private static func chances(of players: Int) -> [Double] {
    var chances = [1 / Double(players)]
    for size in 1..<max(players, 1) {
      chances.append(chances[size - 1] * Double(size) / Double(players - size))
    }
    return chances
  }
}
