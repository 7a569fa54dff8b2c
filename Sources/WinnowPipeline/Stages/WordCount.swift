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
    var spaced = 0
    var unspaced = 0
    var isInWord = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x20:
        isInWord = false
      case 0x0E00...0x0EFF, 0x3040...0x30FF, 0x3400...0x9FFF, 0x20000...0x323AF:
        unspaced += 1
        isInWord = false
      default:
        if !isInWord { spaced += 1 }
        isInWord = true
      }
    }
    return spaced + (unspaced + 1) / 2
  }
}
