// How many words a document has: for `filter`, and to tell how much text another configuration
// would keep.

internal import Winnow

enum WordCount {
  /// The words of all blocks.
  ///
  /// - Complexity: O(text).
  static func words(of document: Document) -> Int {
    document.blocks.reduce(0) { $0 + words(in: $1.text) }
  }

  /// Runs of characters between white space; in text written without spaces (Chinese, Japanese,
  /// Thai, Lao), whose words are about two characters long, every second character.
  static func words(in text: String) -> Int {
    var text = text
    return text.withUTF8 { words(in: $0) }
  }

  private static func words(in bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var spaced = 0
    var unspaced = 0
    var isInWord = false
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte < 0x80 {
        let isSpace = byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
        spaced += isSpace || isInWord ? 0 : 1
        isInWord = !isSpace
        at += 1
      } else if isUnspaced(bytes, at) {
        unspaced += 1
        isInWord = false
        at += byte < 0xF0 ? 3 : 4
      } else {
        spaced += isInWord ? 0 : 1
        isInWord = true
        at += byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      }
    }
    return spaced + (unspaced + 1) / 2
  }

  /// Does a character of such scripts start at `at`, where one of several bytes does? A string's UTF-8
  /// is whole.
  private static func isUnspaced(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    func rest(_ place: Int) -> UInt32 { UInt32(bytes[at + place] & 0x3F) }
    let lead = UInt32(bytes[at])
    guard lead >= 0xE0 else { return false }
    let scalar =
      lead < 0xF0
      ? (lead & 0x0F) << 12 | rest(1) << 6 | rest(2)
      : (lead & 0x07) << 18 | rest(1) << 12 | rest(2) << 6 | rest(3)
    switch scalar {
    case 0x0E00...0x0EFF, 0x3040...0x30FF, 0x3400...0x9FFF, 0x20000...0x323AF: return true
    default: return false
    }
  }
}
