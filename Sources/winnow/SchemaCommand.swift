// `winnow schema`: the JSON Schema of pipeline.json, or its description for docs/configuration.md.

import ArgumentParser
import WinnowPipeline

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints the JSON Schema of pipeline.json.",
    discussion: """
      Editors that read JSON Schema (draft 2020-12) complete keys, show what they mean and \
      mark mistakes while you type.

      Examples:
        winnow schema > pipeline.schema.json

      and in pipeline.json:
        "$schema": "pipeline.schema.json",
      """)

  @Flag(help: ArgumentHelp("Print docs/configuration.md.", visibility: .hidden))
  var markdown = false

  func run() throws {
    try OutputPrinter.print(
      markdown ? ConfigurationGuide.markdown() : ConfigurationSchema.text())
  }
}
