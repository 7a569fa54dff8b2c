// What the detector is shown of a page: the neighbourhood of the bytes beyond ASCII. The rest is
// markup and scripts, which are ASCII in all encodings and drown the words.

enum DetectorSample {
  /// Bytes that the detector is given at most; it does not change its mind after that many.
  static let bound = 64 << 10
  /// Bytes of ASCII that are kept before and after a byte beyond ASCII: about a word.
  static let margin = 12
  /// Bytes of ASCII on either side that tell neighbourhoods apart.
  static let context = 4

  /// The neighbourhoods of the bytes beyond ASCII, each on a line of its own; at most `bound` bytes
  /// and a margin. One that comes again is left out: a menu repeats itself, and says no more for it.
  static func text(of bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBufferPointer { buffer in
      var text: [UInt8] = []
      var kept = 0
      var seen: Set<[UInt8]> = []
      var high = buffer.nextHighByte(from: 0)
      while high < buffer.count, text.count < bound {
        let first = high
        let start = max(kept, high - margin)
        let last = min(buffer.count, start + bound - text.count)
        // On to a high byte that a long run of ASCII follows.
        var end = high + 1
        high = buffer.nextHighByte(from: end)
        while high < last, high - end <= 2 * margin {
          end = high + 1
          high = buffer.nextHighByte(from: end)
        }
        let key = buffer[max(0, first - context)..<min(end + context, buffer.count)]
        kept = min(end + margin, buffer.count)
        if seen.insert(Array(key)).inserted {
          text += buffer[start..<kept]
          text.append(UInt8(ascii: "\n"))
        }
        high = buffer.nextHighByte(from: kept)
      }
      return text
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The first position from `index` on that holds a byte from 0x80 on, or `count`.
  fileprivate func nextHighByte(from index: Int) -> Int {
    var position = endOfASCII(from: index)
    while position < count, self[position] == 0 { position = endOfASCII(from: position + 1) }
    return position
  }
}
