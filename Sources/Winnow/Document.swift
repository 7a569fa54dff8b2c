// What comes out: the main content of one page as blocks with roles, and what is known about it.

/// The clean document made of one page.
public struct Document: Sendable, Equatable {
  /// The content in reading order.
  public var blocks: [DocumentBlock]
  public var metadata: Metadata
  /// How the page's bytes became text.
  public var encoding: EncodingUsed
  /// An estimate, `0...1`, of how well the blocks match the page's main content (its word F1).
  public var confidence: Double
  /// What could not be taken in full; empty for an ordinary page.
  public var degradations: [Degradation]
  /// Lines removed as residue, or marked as such, by kind.
  public var residue: [String: Int]
  /// These lines, in reading order.
  public var residueLines: [ResidueLine] = []

  public init(
    blocks: [DocumentBlock] = [], metadata: Metadata = Metadata(),
    encoding: EncodingUsed = EncodingUsed(label: "utf-8", source: .validUTF8, replacements: 0),
    confidence: Double = 0, degradations: [Degradation] = [], residue: [String: Int] = [:]
  ) {
    self.blocks = blocks
    self.metadata = metadata
    self.encoding = encoding
    self.confidence = confidence
    self.degradations = degradations
    self.residue = residue
  }
}

/// A part of the page that was cut or flattened so that the page stays within its limits.
public enum Degradation: String, Sendable, Equatable, CaseIterable, Codable {
  /// Elements nested deeper than the limit were flattened; their text is kept.
  case depth
  /// The page held more elements than the limit; the rest was not read.
  case nodes
  /// Parsing took longer than the limit; the rest was not read.
  case time
  /// Parsing took more memory than the limit; the rest was not read.
  case memory
  /// A comment, script or quoted attribute was never closed and swallowed the end of the page.
  case swallowedTail
}
