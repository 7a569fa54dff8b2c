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
        curl -s https://example.org/ | winnow clean - --url https://example.org/ --format json

      Exit status: 0 when every page gave a document, 3 when one did not, 1 when the output could \
      not be written, 64 when the command was called wrongly.
      """)

  @Argument(
    help: ArgumentHelp("Pages; - for standard input.", valueName: "file"), completion: .file())
  var files: [PathArgument]

  @Option(help: "The form of the document: text, markdown, json or html.")
  var format = OutputFormat.text

  @Option(
    help: """
      What the files hold: html, text that somebody took out of pages, or mhtml, a page in one \
      file. Without it, files called *.txt hold text and those called *.mhtml or *.mht mhtml.
      """)
  var inputFormat: SavedPage.Form?

  @Option(help: "The address of the page, against which its links are resolved.")
  var url: String?

  func run() throws {
    let options = StripOptions()
    let strip = StripStage(options)
    let normalize = NormalizeStage(NormalizeOptions())
    var status = ExitStatus.success
    for file in files {
      do {
        let page = try PageReader.read(
          file, form: inputFormat, url: url, limit: options.extraction.limits.pageBytes)
        let document = try normalize.process(strip.process(page))
        try OutputPrinter.print(format.render(document))
      } catch let failure as any RecordedReason {
        StandardStreams.errorLine("winnow: \(EscapedPath(file.bytes)): \(failure)")
        status = .incomplete
      }
    }
    if status != .success { throw ExitCode(status.rawValue) }
  }
}

extension OutputFormat: ExpressibleByArgument {}
