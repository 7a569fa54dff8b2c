// UTF-16 and UTF-32 without a byte order mark, told by where their zero bytes stand.

enum WideText {
  /// The wide encoding that the page's first bytes are in, or `nil`.
  ///
  /// Markup is ASCII, so that every second byte of UTF-16 (three of four in UTF-32) is zero at the
  /// start of a page, and the others are not.
  ///
  /// - Complexity: O(1); reads at most 512 bytes, and of an ordinary page four.
  static func encoding(of bytes: [UInt8]) -> TextEncoding? {
    guard bytes.count >= 4, bytes[0] == 0 || bytes[1] == 0 else { return nil }
    // Zero bytes by their position in a group of four, of a sample that ends with a whole group.
    var zeros = [0, 0, 0, 0]
    let sample = min(bytes.count, 512) & ~3
    for index in 0..<sample where bytes[index] == 0 { zeros[index & 3] += 1 }
    let groups = sample / 4
    func isMostlyZero(_ position: Int) -> Bool { zeros[position] * 4 >= groups * 3 }
    func isHardlyZero(_ position: Int) -> Bool { zeros[position] * 20 <= groups }
    func matches(_ pattern: [Bool]) -> Bool {
      (0..<4).allSatisfy { pattern[$0] ? isMostlyZero($0) : isHardlyZero($0) }
    }
    if matches([false, true, false, true]) { return .utf16LE }
    if matches([true, false, true, false]) { return .utf16BE }
    if matches([false, true, true, true]) { return .utf32LE }
    if matches([true, true, true, false]) { return .utf32BE }
    return nil
  }
}
