// How a page's bytes became text, as it is told in the metadata.

/// The encoding a page was decoded with, and how it was found.
public struct EncodingUsed: Sendable, Equatable {
  /// In the order in which they are asked.
  public enum Source: String, Sendable, Equatable, CaseIterable, Codable {
    case byteOrderMark = "byte order mark"
    case http
    case meta
    case xmlDeclaration = "xml declaration"
    case validUTF8 = "valid utf-8"
    case detector
    case fallback
  }
  /// The encoding's name in the WHATWG Encoding Standard, in lower case.
  public var label: String
  public var source: Source
  /// How many U+FFFD were put where bytes had no meaning.
  public var replacements: Int

  public init(label: String, source: Source, replacements: Int) {
    self.label = label
    self.source = source
    self.replacements = replacements
  }
}
