// The `emit` section of pipeline.json: its options, their defaults, and one declaration a key.

package import Winnow

/// Options of `emit`.
package struct EmitOptions: Sendable, Equatable {
  /// The folder that documents are written below, as bytes of its path.
  package var output: [UInt8] = []
  /// At least one, each once.
  package var formats: [OutputFormat] = [.text]
  /// Whether Markdown begins with the metadata.
  package var frontMatter = true
  package var prune = Prune.keep
  /// `0` for one a core.
  package var workers = 1

  package init() {}
}

extension EmitOptions: StageOptions {
  package static let stage = "emit"
  package static let isRequired = true
  package static let summary = """
    Writes one document a page at the page's own path below the output folder, the format's \
    extension added to the whole file name (`news/a.html` becomes `news/a.html.txt`).
    """

  package static let keys: [ConfigurationKey<EmitOptions>] = [
    .requiredPath(
      "output", \.output,
      """
      Folder to write to; it is made when it is missing. A relative path starts at the folder of \
      the configuration file. `--output` on the command line replaces it.
      """),
    .choices(
      "formats", \.formats,
      """
      Formats to write, one file each: `text` (.txt), `markdown` (.md), `json` (.json, metadata and \
      text), `html` (.html, a plain page that is safe to show), `tei` (.xml, TEI P5).
      """),
    .boolean(
      "frontMatter", \.frontMatter,
      "Puts the metadata above the text of Markdown, as YAML between lines of `---`."),
    .choice(
      "prune", \.prune,
      """
      What becomes of the documents of a page that is no longer in the input: `keep` leaves them, \
      `delete` removes them at the end of the run. Nothing is removed when no page is found at all, \
      or below a folder that could not be read.
      """),
    .integer(
      "workers", \.workers, PipelineConfiguration.workers,
      "Documents written at once; `0` for one a core."),
  ]
}

/// What becomes of documents whose page is gone.
package enum Prune: String, Sendable, CaseIterable {
  case keep, delete
}
