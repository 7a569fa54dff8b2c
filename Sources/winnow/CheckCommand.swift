// `winnow check`: every mistake in a configuration, one a line.

import ArgumentParser
import WinnowPipeline

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Looks for mistakes in a pipeline configuration.",
    discussion: """
      Prints every mistake with its line and column, what was expected, and the nearest known name. \
      Reads the configuration alone: no page is opened and nothing is written. With --tests, it \
      then cleans the pages of the configuration's "tests" and tells which of their texts are \
      missing, or there though they must not be.

      Examples:
        winnow check              checks ./pipeline.json
        winnow check news.json    checks another file
        winnow check --tests      and tries its tests

      Exit status: 0 without mistakes; 1 with mistakes, with tests that do not hold, or when the \
      file cannot be read.
      """)

  @Argument(
    help: ArgumentHelp("The configuration to check.", valueName: "pipeline.json"),
    completion: .file(extensions: ["json", "jsonc"]))
  var file = ConfigurationFile.defaultName

  @Flag(help: "Try the configuration's tests too.")
  var tests = false

  func run() throws {
    let configuration = try ConfigurationLoader.load(file)
    var line = "\(file): \(configuration.presentStages.count) stages, no mistakes"
    if tests {
      let failed = configuration.failedTests(file: file)
      for each in failed { StandardStreams.errorLine(each.description) }
      if !failed.isEmpty { throw ExitCode.failure }
      let count = configuration.tests.count
      line += "; \(count) " + (count == 1 ? "test holds" : "tests hold")
    }
    try OutputPrinter.print(line + "\n")
  }
}
