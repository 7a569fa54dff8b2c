// The shipped tables load, say what the trainer says, and damaged ones are refused.

import Testing

@testable import Winnow

@Suite("Block model")
struct BlockModelTests {
  @Test("Scores equal the trainer's on the rows that it wrote beside the tables")
  func equalsTrainer() throws {
    let check = try JSONValue(reading: TestFile.bytes("model-check.json"), .strict)
    let columns = try #require(check["columns"]?.integers)
    let rows = try #require(check["rows"]?.elements)
    let expected = try #require(check["logOdds"]?.numbers)
    var matrix: [Float] = []
    for row in rows {
      var full = [Float](repeating: 0, count: FeatureExtractor.names.count)
      for (column, value) in zip(columns, try #require(row.numbers)) { full[column] = Float(value) }
      matrix += full
    }
    let scores = BlockModel.shared.logOdds(rows: matrix, count: rows.count)
    #expect(scores.count == expected.count)
    #expect(rows.count >= 20)
    for (score, wanted) in zip(scores, expected) {
      // Leaves are rounded to a 32767th of the largest.
      #expect(abs(Double(score) - wanted) < 0.01)
    }
  }

  @Test("Damaged tables are refused")
  func damaged() {
    let bytes = Array(TableBytes.blocks.bytes)
    #expect(throws: TableError.truncated) { try BlockModel(TableBytes(Array(bytes.dropLast(9)))) }
    #expect(throws: TableError.wrongMagic) { try BlockModel(TableBytes([0] + bytes.dropFirst())) }
    var other = bytes
    other[5] ^= 1
    #expect(throws: TableError.self) { try BlockModel(TableBytes(other)) }
    #expect(throws: TableError.truncated) { try BlockModel(TableBytes([])) }
  }

  @Test("Confidence rises with the expected F1 and stays between 0 and 1")
  func confidence() {
    let values = stride(from: Float(0), through: 1, by: 0.05).map {
      BlockModel.shared.confidence(ofExpectedF1: $0)
    }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(values.allSatisfy { (0...1).contains($0) })
    #expect((values.last ?? 0) > 0.8)
  }

  @Test("A score does not depend on the blocks beside it")
  func independentOfNeighbours() {
    var random = SplitMix(state: 11)
    let width = FeatureExtractor.names.count
    let rows = (0..<70 * width).map { _ in Float(Int.random(in: 0...40, using: &random)) }
    let together = BlockModel.shared.logOdds(rows: rows, count: 70)
    for index in 0..<70 {
      let alone = BlockModel.shared.logOdds(
        rows: Array(rows[index * width..<(index + 1) * width]), count: 1)
      #expect(alone == [together[index]])
    }
  }
}

extension JSONValue {
  fileprivate var elements: [JSONValue]? { array }
  fileprivate var numbers: [Double]? { array?.compactMap(\.number) }
  fileprivate var integers: [Int]? { array?.compactMap(\.integer) }
}
