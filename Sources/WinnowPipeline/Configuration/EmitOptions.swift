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
  package var packing = ShardPacking.none
  /// Bytes of a file of rows before it is packed.
  package var shardBytes = 128 << 20
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
      text), `html` (.html, a plain page that is safe to show), `tei` (.xml, TEI P5). Two put many \
      documents into one file, a row each: `jsonl` (`documents-00001.jsonl`, JSON Lines) and `csv` \
      (`metadata-00001.csv`, the metadata alone).
      """),
    .choice(
      "packing", \.packing,
      "How files of JSON Lines are packed: `none`, `gzip` (.jsonl.gz) or `zstd` (.jsonl.zst)."),
    .megabytes(
      "shardMegabytes", \.shardBytes, 1...65_536,
      """
      Megabytes (1,048,576 bytes) of a file of rows before it is packed. A file ends between half of \
      that and all of it, at a row that the rows themselves decide.
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
