// How the bytes beyond ASCII stand in a text: what scripts can be told by before the encoding is
// known.

/// Counts over the bytes from 0x80 on.
struct HighBytes {
  /// Bytes that stand alone between ASCII, as accented letters and punctuation do in the Latin
  /// script; runs of nothing but punctuation count as one.
  private(set) var alone = 0
  /// Bytes in runs of two and more, as in the words of other scripts.
  private(set) var joined = 0
  /// How often each byte occurs.
  private(set) var counts = [Int](repeating: 0, count: 256)
  /// Bytes that are letters in iso-8859-2 but signs in windows-1250, inside words.
  private(set) var latin2Letters = 0

  init(_ text: [UInt8]) {
    var index = 0
    while index < text.count {
      guard text[index] >= 0x80 else {
        index += 1
        continue
      }
      let start = index
      var isPunctuation = true
      while index < text.count, text[index] >= 0x80 {
        counts[Int(text[index])] += 1
        if !Self.isPunctuation(text[index]) { isPunctuation = false }
        index += 1
      }
      if index - start == 1 || isPunctuation {
        alone += 1
        if start > 0, index < text.count, text[start - 1].isASCIILetter, text[index].isASCIILetter,
          Self.latin2Signs.contains(text[start])
        {
          latin2Letters += 1
        }
      } else {
        joined += index - start
      }
    }
  }

  /// Accented letters in words of ASCII letters, rather than words of another script.
  var isLatin: Bool { alone > joined }

  /// Bytes of the C1 range, which hold text in the windows encodings but not in iso-8859.
  var c1: Int { counts[0x80..<0xA0].reduce(0, +) }

  func count(where isCounted: (UInt8) -> Bool) -> Int {
    (0x80...0xFF).reduce(0) { $0 + (isCounted(UInt8($1)) ? counts[$1] : 0) }
  }

  /// Quotes, dashes, the ellipsis, no-break space and guillemets, at these places in all encodings
  /// of the windows family.
  private static func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x85, 0x91...0x97, 0x99, 0xA0, 0xA9, 0xAB, 0xAE, 0xBB: true
    default: false
    }
  }

  private static let latin2Signs: [UInt8] = [
    0xA1, 0xA6, 0xA9, 0xAB, 0xAC, 0xAE, 0xB1, 0xB5, 0xB6, 0xBB,
  ]
}
