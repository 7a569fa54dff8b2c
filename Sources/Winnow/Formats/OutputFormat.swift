// The formats a document can be written in, and what their files are called.

/// A format of documents.
public enum OutputFormat: String, Sendable, CaseIterable, Codable {
  case text, markdown, json, html, tei, jsonl, csv

  /// Added, with a dot, to the page's whole file name.
  public var fileExtension: String {
    switch self {
    case .text: "txt"
    case .markdown: "md"
    case .json: "json"
    case .html: "html"
    case .tei: "xml"
    case .jsonl: "jsonl"
    case .csv: "csv"
    }
  }

  /// Whether a document is a row of a file that holds many.
  public var isRow: Bool { self == .jsonl || self == .csv }

  /// What a file of rows begins with; nothing for other formats.
  public var header: [UInt8] { self == .csv ? CSVFormat.header : [] }

  /// The bytes of `document` in this format, UTF-8, ended by a line break unless empty.
  ///
  /// - Parameters:
  ///   - frontMatter: Whether Markdown begins with the metadata.
  ///   - id: What the page is called, for the formats whose files hold many documents.
  public func render(
    _ document: Document, frontMatter: Bool = true, id: String? = nil
  ) -> [UInt8] {
    switch self {
    case .text: TextFormat.render(document)
    case .markdown: MarkdownFormat.render(document, frontMatter: frontMatter)
    case .json: JSONFormat.render(document)
    case .html: HTMLFormat.render(document)
    case .tei: TEIFormat.render(document)
    case .jsonl: JSONFormat.render(document, .compact, id: id)
    case .csv: CSVFormat.render(document, id: id)
    }
  }
}
