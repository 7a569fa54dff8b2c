// One line that was found to be residue, as documents and reports tell of it.

/// A line of residue and what it is there for.
public struct ResidueLine: Sendable, Equatable {
  public var kind: ResidueKind
  /// As it stood in the document.
  public var text: String

  public init(_ kind: ResidueKind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}
