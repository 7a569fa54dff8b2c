// A page's features in, the model's log-odds of its blocks out, sixty-four blocks at a time.
//
// Features go from their code straight into a small buffer, from there into bins, and these through
// the trees, so that nothing of a page's size is written to memory; see `CScores`.

import CScores

extension BlockModel {
  /// The log-odds of a page's blocks. `read` is shown the features of sixteen blocks at a time, as
  /// `block_scores_bin` takes them, and the places of those that are blocks.
  ///
  /// - Complexity: O(blocks x (features + borders + trees)).
  func logOdds(
    of features: FeatureExtractor, read: (UnsafePointer<Float>, Range<Int>) -> Void = { _, _ in }
  ) -> [Float] {
    logOdds(
      count: features.outline.blocks.count, put: { features.put($0, into: &$1) }, read: read)
  }

  /// The log-odds of rows of features, `FeatureExtractor.names.count` numbers each.
  func logOdds(rows: [Float], count: Int) -> [Float] {
    let width = FeatureExtractor.names.count
    return logOdds(
      count: count,
      put: { block, row in
        for value in rows[block * width..<(block + 1) * width] { row.put(value) }
      }, read: { _, _ in })
  }

  /// Blocks whose features are binned together, and those that go through the trees together.
  private static let rows = BLOCK_SCORES_ROWS
  private static let lanes = BLOCK_SCORES_LANES

  /// The log-odds of `count` blocks, whose features `put` gives one after the other.
  @inline(__always)
  private func logOdds(
    count: Int, put: (Int, inout FeatureRow) -> Void,
    read: (UnsafePointer<Float>, Range<Int>) -> Void
  ) -> [Float] {
    let width = FeatureExtractor.names.count
    return [Float](unsafeUninitializedCapacity: count) { output, initialized in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: width * Self.rows) { values in
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: columns.count * Self.lanes) {
          bins in
          guard let value = values.baseAddress, let bin = bins.baseAddress else { return }
          // Lanes beyond the last block hold what was there before, and are not read.
          values.initialize(repeating: 0)
          bins.initialize(repeating: 0)
          for start in stride(from: 0, to: count, by: Self.lanes) {
            let end = min(start + Self.lanes, count)
            for first in stride(from: start, to: end, by: Self.rows) {
              let blocks = first..<min(first + Self.rows, end)
              for block in blocks {
                var row = FeatureRow(value + (block - first), stride: Self.rows)
                put(block, &row)
                precondition(row.count == width, "names and numbers of the features differ")
              }
              block_scores_bin(value, rawColumns, rawColumns.count, borders, bin + (first - start))
              read(value, blocks)
            }
            sum(bin, from: start, to: end, into: output)
          }
        }
      }
      initialized = count
    }
  }

  private func sum(
    _ bins: UnsafeMutablePointer<UInt8>, from start: Int, to end: Int,
    into output: UnsafeMutableBufferPointer<Float>
  ) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.lanes) { sums in
      block_scores_sum(bins, rawTests, leafValues, treeCount, sums.baseAddress)
      for block in start..<end { output[block] = Float(sums[block - start]) * scale + bias }
    }
  }

  /// Each column's bins for all rows, column after column.
  func binned(_ rows: [Float], count: Int) -> [UInt8] {
    let width = FeatureExtractor.names.count
    var bins: [UInt8] = []
    bins.reserveCapacity(columns.count * count)
    for column in columns {
      for row in 0..<count {
        let value = rows[row * width + column.feature]
        bins.append(UInt8(clamping: borders[column.borders].count { $0 < value }))
      }
    }
    return bins
  }
}
