// A page that is plain text already: its bytes in, a document of paragraphs out.

enum PlainText {
  /// The text, a block a line; blank lines are left out.
  ///
  /// - Throws: As for pages, when the bytes are no text or more than allowed.
  /// - Complexity: O(bytes).
  static func document(
    of page: Page, _ options: ExtractionOptions
  ) throws(PageFailure) -> Document {
    guard page.bytes.count <= options.limits.pageBytes else {
      throw .tooLarge(bytes: page.bytes.count, limit: options.limits.pageBytes)
    }
    try ContentSniffer.check(page.bytes)
    let decoded = PageDecoder.decode(page.bytes, httpCharset: page.httpCharset)
    let blocks = decoded.utf8.split { $0 == 0x0A || $0 == 0x0D }.compactMap { line in
      line.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        ? nil : DocumentBlock(role: .body, text: String(decoding: line, as: UTF8.self))
    }
    return Document(
      blocks: blocks, metadata: Metadata(url: page.url), encoding: decoded.encoding, confidence: 1)
  }
}
