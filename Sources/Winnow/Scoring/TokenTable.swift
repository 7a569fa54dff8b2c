// What the sequence model knows of tokens: hashes of names or words in, sums of their numbers out.

import CScores

/// A hash table with open addressing, as tokens are hashes already. Rows hold token and numbers side
/// by side: a page looks up thousands, and each look-up waits for memory.
struct TokenTable: Sendable {
  // As `sequence_tokens` has them.
  private let rows: [UInt8]
  private let mask: UInt32
  private let depth: Int

  /// - Parameters:
  ///   - tokens: Each once, none of them 0.
  ///   - numbers: For each token `depth` signed bytes.
  init(_ tokens: ArraySlice<UInt32>, numbers: ArraySlice<UInt8>, depth: Int) throws(TableError) {
    var capacity = 16
    // A quarter stays free at least, so that what is not there is soon known not to be.
    while capacity * 3 < tokens.count * 4 { capacity *= 2 }
    let mask = capacity - 1
    let size = 4 + depth
    var rows = [UInt8](repeating: 0, count: capacity * size + SEQUENCE_TOKEN_LANES)
    guard !tokens.contains(0) else { throw .outOfRange }
    // Raw memory: this is done at every start.
    rows.withUnsafeMutableBytes { rows in
      numbers.withUnsafeBytes { numbers in
        for (place, token) in tokens.enumerated() {
          var row = (Int(token) & mask) * size
          while rows.loadUnaligned(fromByteOffset: row, as: UInt32.self) != 0 {
            row = row == mask * size ? 0 : row + size
          }
          rows.storeBytes(of: token, toByteOffset: row, as: UInt32.self)
          let own = numbers[place * depth..<(place + 1) * depth]
          UnsafeMutableRawBufferPointer(rebasing: rows[row + 4..<row + size])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: own))
        }
      }
    }
    self.rows = rows
    self.mask = UInt32(mask)
    self.depth = depth
  }

  /// Adds the numbers of the tokens that the table has to `SEQUENCE_TOKEN_LANES` numbers, those behind
  /// `depth` without a meaning.
  ///
  /// - Parameter range: Those of `tokens` that are added; those behind will be next.
  /// - Returns: How many of the tokens it has.
  /// - Complexity: O(tokens).
  @inline(__always)
  func add(
    _ range: Range<Int>, of tokens: UnsafeBufferPointer<UInt32>,
    to sums: UnsafeMutablePointer<Int32>
  ) -> Int32 {
    rows.withUnsafeBufferPointer { rows in
      var table = sequence_tokens(rows: rows.baseAddress, mask: mask, depth: depth)
      let rest = UnsafeBufferPointer(rebasing: tokens[range.lowerBound...])
      return sequence_add_tokens(&table, rest.baseAddress, range.count, rest.count, sums)
    }
  }
}
