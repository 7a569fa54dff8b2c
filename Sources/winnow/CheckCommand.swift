// `winnow check`: every mistake in a configuration, one a line.

import ArgumentParser
import WinnowPipeline

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Looks for mistakes in a pipeline configuration.",
    discussion: """
      Prints every mistake with its line and column, what was expected, and the nearest known name. \
      Reads the configuration alone: no page is opened and nothing is written.

      Examples:
        winnow check              checks ./pipeline.json
        winnow check news.json    checks another file

      Exit status: 0 without mistakes; 1 with mistakes, or when the file cannot be read.
      """)

  @Argument(
    help: ArgumentHelp("The configuration to check.", valueName: "pipeline.json"),
    completion: .file(extensions: ["json", "jsonc"]))
  var file = ConfigurationFile.defaultName

  func run() throws {
    let stages = try ConfigurationLoader.load(file).presentStages.count
    try OutputPrinter.print("\(file): \(stages) stages, no mistakes\n")
  }
}
