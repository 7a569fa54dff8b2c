// What the sequence model knows of tokens: hashes of names or words in, sums of their numbers out.

import CScores

/// A hash table whose rows hold token and numbers side by side, so that a look-up waits for memory
/// once; tokens are hashes already, and a page looks up thousands.
struct TokenTable: Sendable {
  // Rows by bucket, as `sequence_tokens` has them.
  private let starts: [UInt32]
  private let rows: [UInt8]
  private let mask: UInt32
  private let depth: Int

  /// - Parameters:
  ///   - tokens: Each once.
  ///   - numbers: For each token `depth` signed bytes.
  init(_ tokens: ArraySlice<UInt32>, numbers: ArraySlice<UInt8>, depth: Int) {
    var buckets = 16
    while buckets < tokens.count { buckets *= 2 }
    let mask = UInt32(buckets - 1)
    var starts = [UInt32](repeating: 0, count: buckets + 1)
    for token in tokens { starts[Int(token & mask) + 1] += 1 }
    for bucket in 0..<buckets { starts[bucket + 1] += starts[bucket] }
    let size = 4 + depth
    var rows = [UInt8](repeating: 0, count: tokens.count * size + SEQUENCE_TOKEN_LANES)
    var next = starts
    for (place, token) in tokens.enumerated() {
      let bucket = Int(token & mask)
      let row = Int(next[bucket]) * size
      next[bucket] += 1
      withUnsafeBytes(of: token) { rows.replaceSubrange(row..<row + 4, with: $0) }
      let first = numbers.startIndex + place * depth
      rows.replaceSubrange(row + 4..<row + size, with: numbers[first..<first + depth])
    }
    self.starts = starts
    self.rows = rows
    self.mask = mask
    self.depth = depth
  }

  /// Adds the numbers of the tokens that the table has to `SEQUENCE_TOKEN_LANES` numbers, those behind
  /// `depth` without a meaning.
  ///
  /// - Returns: How many of the tokens it has.
  /// - Complexity: O(tokens).
  @inline(__always)
  func add(_ tokens: UnsafeBufferPointer<UInt32>, to sums: UnsafeMutablePointer<Int32>) -> Int32 {
    starts.withUnsafeBufferPointer { starts in
      rows.withUnsafeBufferPointer { rows in
        var table = sequence_tokens(
          starts: starts.baseAddress, rows: rows.baseAddress, mask: mask, depth: depth)
        return sequence_add_tokens(&table, tokens.baseAddress, tokens.count, sums)
      }
    }
  }
}
