// What comes in: one saved page and what is known about where it came from.

/// One saved page: its bytes as they were stored, and what its transport said about them.
public struct Page: Sendable {
  /// The bytes as saved, decompressed, not decoded.
  public var bytes: [UInt8]
  /// The address the page was saved from, if known; relative links are resolved against it.
  public var url: String?
  /// What the bytes are.
  public var format: Format
  /// When the page was saved, ISO 8601, if the archive it comes from says so.
  public var saved: String?
  /// What the archive calls the page.
  public var recordID: String?
  /// The `charset` parameter of the HTTP `Content-Type`, if the page came with one.
  public var httpCharset: String?

  public enum Format: String, Sendable, CaseIterable {
    /// A web page.
    case html
    /// Plain text that somebody took out of a page: its blocks are not chosen, only cleaned.
    case text
  }

  public init(
    bytes: [UInt8], url: String? = nil, httpCharset: String? = nil, format: Format = .html
  ) {
    self.bytes = bytes
    self.url = url
    self.format = format
    self.httpCharset = httpCharset
  }
}
