// Where one file of rows ends and the next begins: rows one after another in, yes or no out.
//
// The cut depends on the rows alone. Behind half of the allowed size a file ends at a row whose name
// happens to have a small hash, so that a row which comes, goes or grows moves the end of its own
// file, and mostly of no other: the files that follow stay as they are. (Content-defined chunking;
// the idea is Muthitacharoen et al., LBFS, SOSP 2001.)

struct ShardCut {
  /// Most bytes of a file before it is packed, unless one row alone has more.
  private let limit: Int
  private(set) var bytes = 0

  init(limit: Int) { self.limit = limit }

  /// Whether a row of so many bytes must begin a new file.
  func isFull(for length: Int) -> Bool { bytes > 0 && bytes + length > limit }

  /// Takes a row in.
  ///
  /// - Returns: Whether the file ends behind it.
  mutating func add(_ name: [UInt8], length: Int) -> Bool {
    bytes += length
    guard bytes >= limit / 2 else { return false }
    // A quarter of the size, on average, is added to the half before a cut is met.
    let share = Double(length) / (Double(limit) / 4)
    return share >= 1 || Double(ContentHash(name).first) < share * 0x1p64
  }

  mutating func begin() { bytes = 0 }
}
