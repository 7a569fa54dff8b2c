// The learned model: rows of features in, a probability a block out. Its tables are in the binary.
//
// The model is a sum of oblivious trees (one test a level, the same for all nodes of the level),
// as CatBoost grows them (Prokhorenkova et al., NeurIPS 2018). A tree's tests then run for many
// blocks at once and without a branch, and end in a look-up among 64 leaves (`BlockScorer`).

import CScores

/// A sum of oblivious trees over features cut into at most 255 bins.
package struct BlockModel: Sendable {
  /// Levels of every tree.
  static let depth = BLOCK_SCORES_DEPTH
  static let leaves = BLOCK_SCORES_LEAVES

  /// A feature that some tree tests.
  struct Column: Sendable {
    /// Its place in `FeatureExtractor.names`.
    let feature: Int
    /// Rising; a value's bin is the number of borders below it.
    let borders: Range<Int>
  }

  let columns: [Column]
  let borders: [Float]
  /// A tree has `depth` tests, each a column and the bin that a value must exceed.
  let tests: [Test]
  let leafValues: [Int16]
  /// `columns` and `tests` as the inner loops take them. Their numbers were checked to be in range.
  let rawColumns: [block_scores_column]
  let rawTests: [block_scores_test]
  /// What one unit of a leaf's value adds to the log-odds.
  let scale: Float
  let bias: Float
  /// Turns the F1 that the model expects of its choice into an estimate of the true one.
  private let confidence: [(expected: Float, estimate: Float)]

  struct Test: Sendable {
    let column: UInt16
    let bin: UInt8
  }

  var treeCount: Int { tests.count / Self.depth }

  /// The shipped model.
  package static let shared: BlockModel = {
    do { return try BlockModel(.blocks) } catch {
      // The tables are part of the binary, and a test loads them.
      fatalError("the model's tables are damaged: \(error)")
    }
  }()

  /// Reads tables as `Training/tables.py` writes them, and checks every number that is an index.
  package init(_ tables: TableBytes) throws(TableError) {
    var reader = TableReader(tables)
    try reader.readHeader(0x314D_4E57)
    let columnCount = Int(try reader.uint16())
    let treeCount = Int(try reader.uint16())
    scale = try reader.float()
    bias = try reader.float()
    var columns: [Column] = []
    var borders: [Float] = []
    for _ in 0..<columnCount {
      let feature = Int(try reader.uint16())
      let count = Int(try reader.uint8())
      guard feature < FeatureExtractor.names.count else { throw .outOfRange }
      columns.append(Column(feature: feature, borders: borders.count..<borders.count + count))
      for _ in 0..<count { borders.append(try reader.float()) }
    }
    var tests: [Test] = []
    for _ in 0..<treeCount * Self.depth {
      let test = Test(column: try reader.uint16(), bin: try reader.uint8())
      guard Int(test.column) < columnCount else { throw .outOfRange }
      tests.append(test)
    }
    var leafValues: [Int16] = []
    leafValues.reserveCapacity(treeCount * Self.leaves)
    for _ in 0..<treeCount * Self.leaves {
      leafValues.append(Int16(bitPattern: try reader.uint16()))
    }
    var confidence: [(expected: Float, estimate: Float)] = []
    for _ in 0..<(try reader.uint16()) {
      confidence.append((try reader.float(), try reader.float()))
    }
    guard confidence.count >= 2 else { throw .outOfRange }
    self.confidence = confidence
    self.columns = columns
    self.borders = borders
    self.tests = tests
    self.leafValues = leafValues
    rawColumns = columns.map {
      block_scores_column(
        feature: UInt16($0.feature), border_count: UInt16($0.borders.count),
        first_border: UInt32($0.borders.lowerBound))
    }
    rawTests = tests.map { block_scores_test(column: $0.column, bin: $0.bin) }
  }

  /// FNV-1a over the features' names: tables and features must be of one make.
  static func fingerprint(of names: [String]) -> UInt32 {
    var hash: UInt32 = 0x811C_9DC5
    for byte in names.joined(separator: "\n").utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    return hash
  }

  /// The estimate, `0...1`, of a document's true F1, between the nearest two knots of the curve.
  func confidence(ofExpectedF1 expected: Float) -> Double {
    guard let above = confidence.firstIndex(where: { $0.expected >= expected }) else {
      return Double(confidence[confidence.count - 1].estimate)
    }
    guard above > 0 else { return Double(confidence[0].estimate) }
    let (low, high) = (confidence[above - 1], confidence[above])
    let share = (expected - low.expected) / max(high.expected - low.expected, 1e-6)
    return Double(low.estimate + share * (high.estimate - low.estimate))
  }
}
