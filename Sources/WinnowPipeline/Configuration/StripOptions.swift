// The `strip` section of pipeline.json: its options and one declaration a key. The defaults are the
// library's own.

package import Winnow

/// Options of `strip`.
package struct StripOptions: Sendable, Equatable {
  package var extraction = ExtractionOptions()
  /// `0` for one a core.
  package var workers = 0
  package var isolation = Isolation.none

  package init() {}
}

/// What a page that kills takes with it.
package enum Isolation: String, Sendable, CaseIterable {
  case none, process
}

extension StripOptions: StageOptions {
  package static let stage = "strip"
  package static let isRequired = true
  package static let summary = """
    Decodes and parses each page, takes out what is not its content and cuts the rest into blocks.
    """

  package static let keys: [ConfigurationKey<StripOptions>] = [
    .integer(
      "workers", \.workers, PipelineConfiguration.workers,
      """
      Pages worked on at once; `0` for one a core. `--workers` on the command line replaces it.
      """),
    .choice(
      "scope", \.extraction.scope,
      """
      How much of a page becomes the document: `content`, its main content, or `whole`, all that it \
      holds for readers, pictures and rules included. With `whole` only `links`, `drop` and `limits` \
      count.
      """),
    .choice(
      "isolation", \.isolation,
      """
      `none` works on all pages in one process. `process` gives each worker a process of its own: \
      one that crashes, or takes more time or memory than `limits` allow, fails its page alone and \
      is replaced at once.
      """),
    .choice(
      "preset", \.extraction.preset,
      """
      Where the choice of blocks leans when in doubt: `precision` leaves out, `recall` keeps, \
      `balanced` does neither.
      """),
    .boolean(
      "title", \.extraction.includesTitle,
      "Puts the headline above the text; it is in the metadata in any case."),
    .boolean(
      "byline", \.extraction.includesByline,
      "Keeps the lines that name the author and the date; both are in the metadata in any case."),
    .boolean("captions", \.extraction.includesCaptions, "Keeps the captions of pictures."),
    .boolean(
      "comments", \.extraction.includesComments,
      "Keeps readers' comments below an article. Posts of a forum are content and always kept."),
    .boolean("tables", \.extraction.includesTables, "Keeps tables of data."),
    .boolean(
      "links", \.extraction.includesLinks,
      "Keeps the targets of links, for the formats that can show them."),
    .boolean(
      "images", \.extraction.includesImages,
      "Keeps pictures as references, for the formats that can show them."),
    .rules(
      "keep", \.extraction.rules.keep,
      "Keeps the blocks that one of these rules holds for, whatever else is thought of them."),
    .rules(
      "drop", \.extraction.rules.drop,
      "Leaves out the blocks that one of these rules holds for, even if another would keep them."),
    .section(
      "residue", \.extraction.residue,
      """
      Prompts and other boilerplate inside the main content: "Subscribe to our newsletter", \
      "Leave a Reply". Found line by line, in any language.
      """),
    .section("limits", \.extraction.limits, "Bounds on what one page may cost."),
  ]
}

extension ResidueOptions: ConfigurationOptions {
  package static let keys: [ConfigurationKey<ResidueOptions>] = [
    .choice(
      "mode", \.mode,
      """
      `strip` removes the lines; `mark` leaves them in the text, marked in Markdown and HTML; `off` \
      does not look for them. What was found is counted by kind in documents and in the report.
      """),
    .choices(
      "kinds", \.kinds,
      """
      Kinds to look for; lines of others stay. `credit` (credits of photographs, agencies, copyright \
      lines) is not among them by default.
      """),
    .texts(
      "phrases", \.phrases, .phrase,
      "A line in which one of these stands is residue too, of the kind `phrase`."),
  ]
}

extension ExtractionOptions.Limits: ConfigurationOptions {
  package static let keys: [ConfigurationKey<ExtractionOptions.Limits>] = [
    .megabytes(
      "pageMegabytes", \.pageBytes, 1...1024,
      """
      Megabytes (1,048,576 bytes) of a page, decompressed. A larger page is a recorded failure. \
      Parsing may need up to 80 times as much memory.
      """),
    .integer(
      "depth", \.depth, 16...10_000,
      "Levels of nested elements. What lies deeper is flattened; its text is kept."),
    .integer(
      "nodes", \.nodes, 1000...100_000_000,
      "Elements and runs of text in a page. What follows is not read."),
    .number(
      "seconds", \.seconds, 0.1...3600,
      "Seconds that parsing a page may take. What follows is not read."),
    .number(
      "pageSeconds", \.pageSeconds, 0.1...3600,
      """
      Seconds that a page may take in all. A page that takes longer is a recorded failure. Looked at \
      between the steps; with `isolation` it holds whatever the page does.
      """),
    .megabytes(
      "memoryMegabytes", \.memoryBytes, 16...1_048_576,
      """
      Megabytes of memory that a page may take, for each worker. Parsing stops there; a page that \
      needs more to be judged is a recorded failure. Counted, about; with `isolation` the system \
      holds the worker process to it.
      """),
  ]
}
