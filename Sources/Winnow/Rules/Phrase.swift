// A phrase of plain text, found in a block's text.

/// Plain text that is sought in blocks: letters of ASCII in any case, runs of white space and
/// no-break spaces as one space.
package struct Phrase: Sendable, Equatable {
  private let bytes: [UInt8]

  /// - Throws: when the text is blank.
  package init(_ text: String) throws(RuleMistake) {
    var bytes: [UInt8] = []
    let utf8 = Array(text.utf8)
    utf8.withUnsafeBufferPointer { text in
      var at = 0
      while at < text.count {
        let (byte, length) = Self.folded(text, at)
        if byte != 0x20 || bytes.last ?? 0x20 != 0x20 { bytes.append(byte) }
        at += length
      }
    }
    while bytes.last == 0x20 { bytes.removeLast() }
    guard !bytes.isEmpty else {
      throw RuleMistake(part: .phrase, column: nil, seen: "no words", expected: "words to look for")
    }
    self.bytes = bytes
  }

  /// Does the phrase stand in the text, or is it all of the text if `whole`? White space at the
  /// text's ends does not count.
  ///
  /// - Complexity: O(text x phrase) at worst, O(text) on what people write.
  package func matches(_ text: UnsafeBufferPointer<UInt8>, whole: Bool) -> Bool {
    var at = 0
    while at < text.count {
      let (byte, length) = Self.folded(text, at)
      if byte == bytes[0], let end = end(in: text, from: at) {
        if !whole || isBlank(text, from: end) { return true }
      }
      if whole && byte != 0x20 { return false }
      at += length
    }
    return false
  }

  /// Where the phrase ends that starts at `start`.
  private func end(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var at = start
    for wanted in bytes {
      guard at < text.count else { return nil }
      let (byte, length) = Self.folded(text, at)
      guard byte == wanted else { return nil }
      at += length
    }
    return at
  }

  private func isBlank(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Bool {
    start >= text.count
      || Self.folded(text, start).byte == 0x20
        && start + Self.folded(text, start).length == text.count
  }

  /// The byte at a place, folded, and how many bytes it stands for: white space up to its end.
  @inline(__always)
  private static func folded(
    _ text: UnsafeBufferPointer<UInt8>, _ at: Int
  ) -> (byte: UInt8, length: Int) {
    let byte = text[at]
    if byte >= 0x41 && byte <= 0x5A { return (byte | 0x20, 1) }
    if byte > 0x20 && byte != 0xC2 { return (byte, 1) }
    var end = at
    while end < text.count {
      if text[end] == 0x20 || text[end] >= 0x09 && text[end] <= 0x0D {
        end += 1
      } else if text[end] == 0xC2, end + 1 < text.count, text[end + 1] == 0xA0 {
        end += 2
      } else {
        break
      }
    }
    return end > at ? (0x20, end - at) : (byte, 1)
  }
}
