// What text normalisation does; each step can be switched off.

/// Steps of text normalisation, all but one on by default.
public struct NormalizationOptions: Sendable, Equatable {
  /// Unicode Normalization Form C (UAX #15).
  public var nfc = true
  /// Removes control characters other than tab and line feed, and stray zero-width characters.
  public var controlCharacters = true
  /// Removes soft hyphens (U+00AD).
  public var softHyphens = true
  /// Turns no-break and other Unicode spaces into plain ones and collapses runs.
  public var spaces = true
  /// Collapses runs of blank lines.
  public var blankLines = true
  /// Decodes entities that were escaped twice (`&amp;nbsp;`).
  public var entities = true
  /// Repairs text that was UTF-8 and was read as windows-1252 or windows-1251 (`donâ€™t`). Off by
  /// default: a page about such text would lose it.
  public var mojibake = false

  public init() {}
}
