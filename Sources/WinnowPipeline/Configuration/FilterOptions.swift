// The `filter` section of pipeline.json: its options, their defaults, and one declaration a key.

/// Options of `filter`.
package struct FilterOptions: Sendable, Equatable {
  package var minWords = 0
  /// `0...1`, of the extractor's own estimate.
  package var minConfidence = 0.0
  /// BCP 47 primary languages that are kept; empty for all.
  package var languages: [String] = []
  /// `0` for one a core.
  package var workers = 1

  package init() {}
}

extension FilterOptions: StageOptions {
  package static let stage = "filter"
  package static let isRequired = false
  package static let summary = """
    Leaves out documents that are not wanted. They are counted by reason in the report.
    """

  package static let keys: [ConfigurationKey<FilterOptions>] = [
    .integer(
      "minWords", \.minWords, 0...1_000_000, "Leaves out documents with fewer words; `0` for none."),
    .number(
      "minConfidence", \.minConfidence, 0...1,
      """
      Leaves out documents whose confidence, the estimated share of the main content that was \
      found, is lower; `0` for none.
      """),
    .texts(
      "languages", \.languages, .language,
      """
      Keeps documents in these languages alone, as two or three small letters (`en`, `pt`, `yue`); \
      an empty list keeps all.
      """),
    .integer(
      "workers", \.workers, PipelineConfiguration.workers,
      "Documents worked on at once; `0` for one a core."),
  ]
}
