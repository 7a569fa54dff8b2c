// The library's face: one page's bytes in, one document out.

/// Turns saved pages into documents.
///
/// A value to be shared: it holds options alone, and may be used from any thread.
public struct Extractor: Sendable {
  public let options: ExtractionOptions

  public init(_ options: ExtractionOptions = ExtractionOptions()) {
    self.options = options
  }

  /// The document of one page, not yet normalised.
  ///
  /// - Throws: `PageFailure` when the page is no web page or breaks a limit.
  /// - Complexity: Linear in the page's length; see `ExtractionOptions.Limits`.
  public func document(from page: Page) throws(PageFailure) -> Document {
    var document =
      switch page.format {
      case .html: try html(page)
      case .text: try PlainText.document(of: page, options)
      }
    document.metadata.saved = page.saved
    document.metadata.recordID = page.recordID
    return document
  }

  private func html(_ page: Page) throws(PageFailure) -> Document {
    let reading = try PageReading(of: page, options)
    try reading.budget.checkTime()
    let extraction = Extraction(reading)
    try reading.budget.checkTime()
    return extraction.document()
  }
}
