// XML, written from the first byte to the last: names and texts in, bytes out.

/// Writes XML 1.0 in UTF-8. Names are taken as they are; texts and values of attributes are escaped,
/// and characters that XML forbids are left out.
struct XMLWriter {
  private(set) var bytes: [UInt8] = []

  mutating func declare() { put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n") }

  mutating func open(_ name: String, _ attributes: [(String, String)] = []) {
    start(name, attributes)
    put(">")
  }

  mutating func close(_ name: String) { put("</\(name)>") }

  mutating func empty(_ name: String, _ attributes: [(String, String)] = []) {
    start(name, attributes)
    put("/>")
  }

  mutating func lineFeed() { bytes.append(0x0A) }

  mutating func text(_ text: String) { self.text(Array(text.utf8)[...]) }

  /// - Parameter text: Valid UTF-8.
  mutating func text(_ text: ArraySlice<UInt8>) {
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "&"): put("&amp;")
      case UInt8(ascii: "<"): put("&lt;")
      case UInt8(ascii: ">"): put("&gt;")
      case UInt8(ascii: "\""): put("&quot;")
      // A reader of XML would make a line feed of it.
      case 0x0D: put("&#13;")
      case 0x09, 0x0A: bytes.append(text[index])
      case 0..<0x20: break
      // U+FFFE and U+FFFF (XML 1.0, 2.2).
      case 0xBE where isNonCharacter(text, index), 0xBF where isNonCharacter(text, index):
        bytes.removeLast(2)
      default: bytes.append(text[index])
      }
    }
  }

  private func isNonCharacter(_ text: ArraySlice<UInt8>, _ index: Int) -> Bool {
    index - 2 >= text.startIndex && text[index - 1] == 0xBF && text[index - 2] == 0xEF
  }

  private mutating func start(_ name: String, _ attributes: [(String, String)]) {
    put("<\(name)")
    for (key, value) in attributes {
      put(" \(key)=\"")
      // Line breaks in attributes are read as spaces in any case.
      text(Array(value.utf8.map { $0 == 0x0A || $0 == 0x0D || $0 == 0x09 ? 0x20 : $0 })[...])
      put("\"")
    }
  }

  private mutating func put(_ markup: String) { bytes.append(contentsOf: markup.utf8) }
}
