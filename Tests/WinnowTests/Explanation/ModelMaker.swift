// Small models with random trees, as bytes of tables.

@testable import Winnow

struct ModelMaker {
  struct Test {
    var column: Int
    var bin: Int
  }

  /// Borders of each column; the column's feature is its place.
  var borders: [[Float]]
  /// Six tests a tree.
  var trees: [[Test]]
  /// Sixty-four leaves a tree.
  var leaves: [[Int16]]
  let scale: Float = 0.01
  let bias: Float = -0.5

  /// Trees over few columns, so that most test a column twice.
  static func random(_ random: inout SplitMix) -> ModelMaker {
    let columns = Int.random(in: 1...5, using: &random)
    let borders = (0..<columns).map { _ in
      (0..<Int.random(in: 1...4, using: &random)).map { Float($0) + 0.5 }
    }
    let trees = (0..<4).map { _ in
      (0..<6).map { _ in
        let column = Int.random(in: 0..<columns, using: &random)
        // One bin past the borders now and then: a test that nothing passes.
        return Test(column: column, bin: Int.random(in: 0...borders[column].count, using: &random))
      }
    }
    let leaves = trees.map { _ in
      (0..<64).map { _ in Int16.random(in: -300...300, using: &random) }
    }
    return ModelMaker(borders: borders, trees: trees, leaves: leaves)
  }

  /// Rows of whole numbers that fall into all bins; features without a column are 0.
  func rows(_ count: Int, _ random: inout SplitMix) -> [Float] {
    (0..<count).flatMap { _ in
      FeatureExtractor.names.indices.map { feature in
        feature < borders.count ? Float.random(in: 0...5, using: &random).rounded() : 0
      }
    }
  }

  func model() throws -> BlockModel {
    var bytes: [UInt8] = []
    func put(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }
    put(UInt32(0x314D_4E57))
    put(BlockModel.fingerprint(of: FeatureExtractor.names))
    put(UInt16(borders.count))
    put(UInt16(trees.count))
    put(scale.bitPattern)
    put(bias.bitPattern)
    for (column, borders) in borders.enumerated() {
      put(UInt16(column))
      put(UInt8(borders.count))
      for border in borders { put(border.bitPattern) }
    }
    for test in trees.joined() {
      put(UInt16(test.column))
      put(UInt8(test.bin))
    }
    for leaf in leaves.joined() { put(leaf) }
    // The estimate of confidence: two points of a line.
    put(UInt16(2))
    for point: Float in [0, 0, 1, 1] { put(point.bitPattern) }
    return try BlockModel(TableBytes(bytes))
  }
}
