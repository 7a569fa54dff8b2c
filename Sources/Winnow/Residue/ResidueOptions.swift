// What may be said about residue.

/// What to do about residue, and which.
public struct ResidueOptions: Sendable, Equatable {
  public enum Mode: String, Sendable, CaseIterable, Codable {
    /// Lines of residue are removed.
    case strip
    /// They stay, under a mark that says what they are.
    case mark
    /// Nobody looks for them.
    case off
  }
  public var mode = Mode.strip
  /// Lines of other kinds stay. Credits are often wanted and are not among them by default.
  public var kinds: [ResidueKind] = ResidueKind.allCases.filter { $0 != .credit }
  /// A line in which one of these stands is residue; letters match in either case.
  public var phrases: [String] = []

  public init() {}
}
