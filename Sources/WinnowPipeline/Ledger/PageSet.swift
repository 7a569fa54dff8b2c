// The pages a run has met, by their ids in the ledger: one bit each.

/// A set of small numbers.
struct PageSet: Sendable {
  private var words: [UInt64] = []

  mutating func insert(_ id: Int64) {
    guard id >= 0 else { return }
    let word = Int(id >> 6)
    if word >= words.count {
      words += [UInt64](repeating: 0, count: max(word + 1 - words.count, words.count))
    }
    words[word] |= 1 << UInt64(id & 63)
  }

  func contains(_ id: Int64) -> Bool {
    let word = Int(id >> 6)
    return id >= 0 && word < words.count && words[word] & 1 << UInt64(id & 63) != 0
  }
}
