// A line in, whether it is nothing but pieces of markup out: what a page shows when a quote or an
// angle bracket of its source is wrong.

enum BrokenMarkup {
  /// Is the line made of attributes with values, stray quotes and ends of tags, and nothing else?
  /// Whole tags are code that somebody shows.
  static func isAll(of line: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = 0
    // Something that nobody writes about by itself, as one may write a quote.
    var isBroken = false
    while at < line.count {
      switch line[at] {
      case 0x20, 0x22, 0x27, 0x2F: at += 1
      case 0x3E:
        isBroken = true
        at += 1
      default:
        guard let end = endOfAttribute(line, at) else { return false }
        at = end
        isBroken = true
      }
    }
    return isBroken
  }

  /// Just past `name="value"`.
  private static func endOfAttribute(_ line: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int? {
    var at = start
    while at < line.count, isName(line[at]) { at += 1 }
    guard at > start, at + 1 < line.count, line[at] == 0x3D, line[at + 1] == 0x22 else {
      return nil
    }
    at += 2
    while at < line.count, line[at] != 0x22 { at += 1 }
    return min(line.count, at + 1)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    byte | 0x20 &- 0x61 < 26 || byte &- 0x30 < 10 || byte == 0x2D || byte == 0x5F || byte == 0x3A
  }
}
