// `<?xml ... encoding="..."?>` at the start of a page.

enum XMLDeclaration {
  /// The encoding that the page's XML declaration names; UTF-16 there means UTF-8, for the
  /// declaration could not have been read otherwise.
  ///
  /// Source: https://html.spec.whatwg.org/#concept-get-xml-encoding-when-sniffing
  static func encoding(of bytes: [UInt8]) -> TextEncoding? {
    let opening = Array("<?xml".utf8)
    guard bytes.starts(with: opening) else { return nil }
    // A declaration of a kilobyte is none.
    let head = bytes.prefix(1024)
    guard let end = head.firstIndex(of: UInt8(ascii: ">")) else { return nil }
    var rest = head[opening.count..<end]
    let name = Array("encoding".utf8)
    guard let found = rest.indices.first(where: { rest[$0...].starts(with: name) }) else {
      return nil
    }
    rest = rest[(found + name.count)...].drop { $0 <= 0x20 }
    guard rest.popFirst() == UInt8(ascii: "=") else { return nil }
    rest = rest.drop { $0 <= 0x20 }
    guard let quote = rest.popFirst(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
      let close = rest.firstIndex(of: quote)
    else { return nil }
    let label = rest[..<close]
    guard !label.contains(where: { $0 <= 0x20 }) else { return nil }
    let encoding = TextEncoding(label: label)
    return encoding?.isWide == true ? .utf8 : encoding
  }
}
