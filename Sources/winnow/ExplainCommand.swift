// `winnow explain`: one page in; what became of each of its blocks, and why, out.

import ArgumentParser
import Winnow
import WinnowPipeline

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Shows which blocks of a page are kept, and why.",
    discussion: """
      Each block is shown with its role, the probability that it is content, what decided on it, \
      and the three features that weighed most. On a terminal it is a table, elsewhere one line a \
      block with tabs between the fields.

      Examples:
        winnow explain page.html
        winnow explain page.html --only kept --configuration news.json
        winnow explain page.html --html why.html      a page to look at in a browser
        winnow explain page.html --json | jq '.blocks[] | select(.by == "rule")'

      Exit status: 0 when the page was explained, 3 when it has no document, 1 when the output could \
      not be written or the configuration has mistakes, 64 when the command was called wrongly.
      """)

  @Argument(
    help: ArgumentHelp("A page; - for standard input.", valueName: "file"), completion: .file())
  var file: PathArgument

  @Option(help: "The address of the page, as when it is cleaned.")
  var url: String?

  @Option(
    help: ArgumentHelp("Take the options of strip from here.", valueName: "pipeline.json"),
    completion: .file(extensions: ["json", "jsonc"]))
  var configuration: String?

  @Option(help: "Show these blocks alone.")
  var only: Explanation.Selection?

  @Flag(help: "Print one JSON object.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Write a page that shows the blocks coloured; prints nothing else unless --json is given.",
      valueName: "out.html"), completion: .file(extensions: ["html"]))
  var html: PathArgument?

  func validate() throws {
    if json, html?.isStandardStream == true {
      throw ValidationError("--json and --html - both print; name a file for one of them")
    }
  }

  func run() throws {
    let strip = try configuration.map { try ConfigurationLoader.load($0).strip } ?? StripOptions()
    let explanation: Explanation
    do {
      let page = try PageReader.read(file, url: url, limit: strip.extraction.limits.pageBytes)
      explanation = try Explanation(of: page, strip.extraction)
    } catch let failure as any RecordedReason {
      StandardStreams.errorLine("winnow: \(EscapedPath(file.bytes)): \(failure)")
      throw ExitCode(ExitStatus.incomplete.rawValue)
    }
    if let html { try write(explanation.html(only), to: html) }
    if json {
      try OutputPrinter.print(explanation.json(only))
    } else if html == nil {
      try OutputPrinter.print(text(of: explanation, only))
    }
  }

  private func text(of explanation: Explanation, _ only: Explanation.Selection?) -> [UInt8] {
    guard let columns = StandardStreams.outputColumns else { return explanation.fields(only) }
    return explanation.table(only, columns: columns, isColored: StandardStreams.allowsColor)
  }

  private func write(_ page: [UInt8], to file: PathArgument) throws {
    if file.isStandardStream { return try OutputPrinter.print(page) }
    do {
      try WholeFile.write(page, to: file.bytes)
    } catch {
      StandardStreams.errorLine("winnow: \(EscapedPath(file.bytes)): \(error)")
      throw ExitCode.failure
    }
  }
}

extension Explanation.Selection: ExpressibleByArgument {}
