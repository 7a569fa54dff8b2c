// Which bytes stand behind which in a text, and how often: all that encodings of one byte a character
// are told by.

struct BytePairs {
  struct Pair {
    let before: Int
    let byte: Int
    let count: Int32
  }

  /// Pairs with a byte beyond ASCII.
  private(set) var high: [Pair] = []
  /// Pairs of ASCII with a letter.
  private(set) var ascii: [Pair] = []

  /// - Complexity: O(bytes), and 256 KiB that are cleared and looked through.
  init(_ text: [UInt8]) {
    var counts = [Int32](repeating: 0, count: 1 << 16)
    var before = 0x20
    for byte in text {
      counts[before << 8 | Int(byte)] += 1
      before = Int(byte)
    }
    for place in counts.indices where counts[place] > 0 {
      let pair = Pair(before: place >> 8, byte: place & 0xFF, count: counts[place])
      if pair.before >= 0x80 || pair.byte >= 0x80 {
        high.append(pair)
      } else if UInt8(pair.before).isASCIILetter || UInt8(pair.byte).isASCIILetter {
        ascii.append(pair)
      }
    }
  }
}
