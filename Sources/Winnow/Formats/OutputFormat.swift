// The formats a document can be written in, and what their files are called.

/// A format of documents.
public enum OutputFormat: String, Sendable, CaseIterable, Codable {
  case text, markdown, json, html, tei

  /// Added, with a dot, to the page's whole file name.
  public var fileExtension: String {
    switch self {
    case .text: "txt"
    case .markdown: "md"
    case .json: "json"
    case .html: "html"
    case .tei: "xml"
    }
  }

  /// The bytes of `document` in this format, UTF-8, ended by a line feed unless empty.
  ///
  /// - Parameter frontMatter: Whether Markdown begins with the metadata.
  public func render(_ document: Document, frontMatter: Bool = true) -> [UInt8] {
    switch self {
    case .text: TextFormat.render(document)
    case .markdown: MarkdownFormat.render(document, frontMatter: frontMatter)
    case .json: JSONFormat.render(document)
    case .html: HTMLFormat.render(document)
    case .tei: TEIFormat.render(document)
    }
  }
}
