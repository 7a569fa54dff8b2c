// What the detector is shown of a page: the neighbourhood of the bytes beyond ASCII. The rest is
// markup and scripts, which are ASCII in all encodings and drown the words.

enum DetectorSample {
  /// Bytes that the detector is given at most; it does not change its mind after that many.
  static let bound = 64 << 10
  /// Bytes of ASCII that are kept before and after a byte beyond ASCII: about a word.
  static let margin = 12

  /// The neighbourhoods of the bytes beyond ASCII, each on a line of its own.
  static func text(of bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBufferPointer { buffer in
      var text: [UInt8] = []
      var kept = 0
      var index = buffer.endOfASCII(from: 0)
      while index < buffer.count, text.count < bound {
        let start = max(kept, index - margin)
        var end = index
        // On to the last high byte that is followed by a long run of ASCII.
        while index < buffer.count, index - end <= 2 * margin {
          while index < buffer.count, buffer[index] >= 0x80 { index += 1 }
          end = index
          index = buffer.endOfASCII(from: index)
          if index < buffer.count, buffer[index] == 0 { index += 1 }
        }
        kept = min(end + margin, buffer.count)
        text += buffer[start..<kept]
        text.append(UInt8(ascii: "\n"))
        index = buffer.endOfASCII(from: kept)
        while index < buffer.count, buffer[index] == 0 {
          index = buffer.endOfASCII(from: index + 1)
        }
      }
      return text
    }
  }
}
