// `winnow clean`: single pages in, their documents on standard output.
//
// Starts no queue and no log: it is called once a page by scripts.

public import ArgumentParser
public import Winnow
import WinnowPipeline

struct CleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Prints the clean document of a page.",
    discussion: """
      Several pages are printed one after another. Packed pages (gzip, zstd) are unpacked.

      Examples:
        winnow clean page.html
        winnow clean --format markdown page.html > page.md
        winnow clean --whole --format markdown page.html    the page as it is, nothing stripped
        curl -s https://example.org/ | winnow clean - --url https://example.org/ --format json

      Exit status: 0 when every page gave a document, 3 when one did not, 1 when the output could \
      not be written, 64 when the command was called wrongly.
      """)

  @Argument(
    help: ArgumentHelp("Pages; - for standard input.", valueName: "file"), completion: .file())
  var files: [PathArgument]

  @Option(help: "The form of the document: text, markdown, json, html, tei, jsonl or csv.")
  var format = OutputFormat.text

  @Flag(
    help: "Take pages whole, as conversion does: nothing is left out but what no reader sees.")
  var whole = false

  @Flag(inversion: .prefixedNo, help: "Begin Markdown with the metadata.")
  var frontMatter = true

  @Option(
    help: """
      What the files hold: html, text that somebody took out of pages, or mhtml, a page in one \
      file. Without it, files called *.txt hold text and those called *.mhtml or *.mht mhtml.
      """)
  var inputFormat: SavedPage.Form?

  @Option(help: "The address of the page, against which its links are resolved.")
  var url: String?

  func run() throws {
    var options = StripOptions()
    if whole { options.extraction.scope = .whole }
    let strip = StripStage(options)
    var normalization = NormalizeOptions()
    if whole {
      // What the page says is not guessed at.
      normalization.text.spaces = false
      normalization.text.blankLines = false
      normalization.text.entities = false
    }
    let normalize = NormalizeStage(normalization)
    var status = ExitStatus.success
    if !format.header.isEmpty { try OutputPrinter.print(format.header) }
    for file in files {
      do {
        let page = try PageReader.read(
          file, form: inputFormat, url: url, limit: options.extraction.limits.pageBytes)
        let document = try normalize.process(strip.process(page))
        try OutputPrinter.print(
          format.render(
            document, frontMatter: frontMatter,
            id: String(decoding: file.bytes, as: UTF8.self)))
      } catch let failure as any RecordedReason {
        StandardStreams.errorLine("winnow: \(EscapedPath(file.bytes)): \(failure)")
        status = .incomplete
      }
    }
    if status != .success { throw ExitCode(status.rawValue) }
  }
}

extension OutputFormat: ExpressibleByArgument {}
