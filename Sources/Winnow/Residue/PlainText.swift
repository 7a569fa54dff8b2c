// Text that somebody took out of a page in, a document without its residue out.

enum PlainText {
  /// The document of a text: a block for each paragraph, lines kept as they are.
  ///
  /// - Throws: `PageFailure` when the bytes are no text or too many.
  static func document(of page: Page, _ options: ExtractionOptions) throws(PageFailure) -> Document
  {
    guard page.bytes.count <= options.limits.pageBytes else {
      throw .tooLarge(bytes: page.bytes.count, limit: options.limits.pageBytes)
    }
    try ContentSniffer.check(page.bytes)
    let decoded = PageDecoder.decode(page.bytes, httpCharset: page.httpCharset)
    var document = document(of: String(decoding: decoded.utf8, as: UTF8.self), options.residue)
    document.metadata.url = page.url
    document.encoding = decoded.encoding
    return document
  }

  /// The document of a text that is decoded.
  static func document(of text: String, _ options: ResidueOptions) -> Document {
    var document = Document(blocks: blocks(of: text), confidence: 1)
    ResidueStripper(options).apply(to: &document)
    return document
  }

  /// A block for each run of lines between blank ones.
  private static func blocks(of text: String) -> [DocumentBlock] {
    var blocks: [DocumentBlock] = []
    var paragraph: [Substring.UTF8View] = []
    func end() {
      guard !paragraph.isEmpty else { return }
      let lines = paragraph.map { String(Substring($0)) }
      blocks.append(DocumentBlock(role: .body, text: lines.joined(separator: "\n")))
      paragraph = []
    }
    for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let line = line.last == 0x0D ? line.dropLast() : line
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { end() } else { paragraph.append(line) }
    }
    end()
    return blocks
  }
}

extension Document {
  /// The document of a text that somebody took out of a page: a block for each paragraph, residue
  /// stripped or marked as the options say.
  public init(text: String, _ options: ResidueOptions = ResidueOptions()) {
    self = PlainText.document(of: text, options)
  }
}
