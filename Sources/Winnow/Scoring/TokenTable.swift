// Which row of the sequence model's table a token has.

/// A hash table with open addressing: tokens are hashes already, and a page looks up thousands.
struct TokenTable: Sendable {
  // A row's number is one more than its place; 0 is an empty slot.
  private var slots: [(token: UInt32, row: UInt32)]
  private let mask: Int

  /// - Parameter tokens: Each once; a token's row is its place.
  init(_ tokens: some Collection<UInt32>, firstRow: Int) {
    var capacity = 16
    while capacity < tokens.count * 2 { capacity *= 2 }
    mask = capacity - 1
    slots = Array(repeating: (0, 0), count: capacity)
    for (place, token) in tokens.enumerated() {
      var slot = Int(token) & mask
      while slots[slot].row != 0 { slot = (slot + 1) & mask }
      slots[slot] = (token, UInt32(firstRow + place + 1))
    }
  }

  /// - Complexity: O(1); at most half of the slots are taken.
  @inline(__always)
  func row(of token: UInt32) -> Int? {
    var slot = Int(token) & mask
    while slots[slot].row != 0 {
      if slots[slot].token == token { return Int(slots[slot].row) - 1 }
      slot = (slot + 1) & mask
    }
    return nil
  }
}
