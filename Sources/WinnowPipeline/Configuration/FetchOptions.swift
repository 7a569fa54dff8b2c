// The `fetch` section of pipeline.json: its options, their defaults, and one declaration a key.

/// Options of `fetch`.
package struct FetchOptions: Sendable, Equatable {
  /// Folders and files, as bytes of their paths.
  package var input: [[UInt8]] = []
  /// A list of files to read in place of `input`, or `-` for standard input; of the command line.
  package var list: [UInt8]?
  /// What standard input holds, if the command line says so.
  package var pipedForm: InputForm?
  /// Globs on the path below the input folder, ASCII letters in either case; a file must match one.
  package var include = PageNames.patterns + ContainerKind.patterns
  /// Globs; a file or folder that matches one is passed over.
  package var exclude: [String] = []
  /// Folders that browsers and HTTrack put beside pages are looked into.
  package var companions = false
  package var select = SelectOptions()
  package var records = RecordOptions()
  package var lines = LineOptions()
  package var archives = ArchiveOptions()
  /// `0` for one a core.
  package var workers = 1
  /// Most pages that wait between fetch and strip, and their most bytes.
  package var queuePages = 64
  package var queueBytes = 64 << 20

  package init() {}
}

extension FetchOptions: StageOptions {
  package static let stage = "fetch"
  package static let isRequired = true
  package static let summary = """
    Walks the input folders and reads the saved pages in them. Links to folders are not followed; \
    a file that cannot be read becomes a recorded failure.
    """

  package static let keys: [ConfigurationKey<FetchOptions>] = [
    .requiredPaths(
      "input", \.input,
      """
      Folders and files to read; `-` is standard input, a page or a container. Relative paths start at the folder of the configuration file. \
      `--input` on the command line replaces the list.
      """),
    .texts(
      "include", \.include, .pattern, atLeast: 1,
      """
      Files in a folder are read when their path below it matches one of these patterns. `*` \
      stands for anything but a slash, `?` for one character, `[a-z]` for one of these, `**/` for \
      any folders or none; a pattern without a slash is compared with the name of the file alone. \
      Letters match in either case. Files called `*.txt`, if a pattern takes them, are text that \
      somebody took out of pages: only residue and spaces are cleaned.
      """),
    .texts(
      "exclude", \.exclude, .pattern,
      """
      Files and whole folders are passed over when their path matches one of these patterns. A \
      slash at the end makes a pattern for folders alone.
      """),
    .boolean(
      "companions", \.companions,
      """
      Looks for pages also in the folders that browsers put beside a saved page for its pictures \
      and frames (`page_files`, in several languages), and in HTTrack's `hts-cache`. Without it \
      they are passed over and counted.
      """),
    .section(
      "select", \.select,
      """
      Which pages are wanted, by what is known of them before they are read: the address and \
      language that a web archive tells, the address of a JSON line or of the note in a saved page. \
      What is left out is counted by reason in the report. `filter` chooses by what was read.
      """),
    .section(
      "records", \.records,
      """
      Which records of web archives are pages: `.warc`, `.wet` and `.arc`, packed (`.gz`, `.zst`) \
      or not. A page is called by the record's place in the archive. Records of other types, \
      requests and revisits among them, are passed over and counted.
      """),
    .section(
      "lines", \.lines,
      """
      Where pages stand in JSON Lines: `.jsonl` and `.ndjson`, packed (`.gz`, `.zst`) or not. A \
      page is called by the line's number.
      """),
    .section(
      "archives", \.archives,
      """
      How far archives are unpacked: `.zip`, `.7z`, `.tar`, and `.tar` packed as `.gz` (`.tgz`), \
      `.bz2`, `.xz` or `.zst`. `include` and `exclude` choose among the files in them, by the \
      names they have there.
      """),
    .integer(
      "workers", \.workers, PipelineConfiguration.workers,
      "Files read at once; `0` for one a core. More than one helps with network disks."),
    .integer(
      "queuePages", \.queuePages, 1...100_000,
      "Pages that may wait for `strip`. Reading pauses when it is full."),
    .megabytes(
      "queueMegabytes", \.queueBytes, 1...65_536,
      "Megabytes (1,048,576 bytes) that may wait for `strip`. Reading pauses when it is full."),
  ]
}
