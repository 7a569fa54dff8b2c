// What the extractor may be told.

/// Options of one extractor; the defaults are what `pipeline.json` calls `balanced`.
public struct ExtractionOptions: Sendable, Equatable {
  /// Where the choice of blocks leans.
  public enum Preset: String, Sendable, CaseIterable, Codable {
    case balanced, precision, recall
  }
  public var preset: Preset = .balanced
  /// How much of a page becomes the document.
  public enum Scope: String, Sendable, CaseIterable, Codable {
    /// The main content.
    case content
    /// All that the page holds for readers: nothing is left out but by the user's rules, residue
    /// is not looked for, and images are kept.
    case whole
  }
  public var scope: Scope = .content
  /// The headline as the first block of the text; it is in the metadata in any case.
  public var includesTitle = false
  public var includesByline = false
  public var includesCaptions = false
  /// Readers' comments below an article. Posts of a forum are content, not comments.
  public var includesComments = false
  public var includesTables = true
  /// Link targets, as marks for the formats that can show them.
  public var includesLinks = true
  public var includesImages = false
  /// What is kept or dropped whatever else is thought of it.
  public var rules = RuleSet()
  /// Prompts and other boilerplate inside the main content.
  public var residue = ResidueOptions()
  public var limits = Limits()

  public init() {}

  /// Bounds on what one page may cost.
  public struct Limits: Sendable, Equatable {
    /// Bytes of a page; a larger one is a failure. Parsing needs up to 80 times as many.
    public var pageBytes = 64 << 20
    /// Deeper elements are flattened, their text kept.
    public var depth = 512
    /// Elements and text runs; what follows is not read.
    public var nodes = 3_000_000
    /// Seconds the parser may take; what follows is not read.
    public var seconds = 2.0
    /// Seconds for the page in all; one that takes longer is a failure. Looked at between steps.
    public var pageSeconds = 30.0
    /// Bytes of memory the page may take, about. Parsing stops there; when what was parsed needs
    /// more for its choice, the page is a failure.
    public var memoryBytes = 1 << 30

    public init() {}
  }
}
