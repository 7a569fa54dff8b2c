// The command: its subcommands and nothing else.

import ArgumentParser
import WinnowPipeline

@main
struct WinnowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "winnow",
    abstract: "Reads saved web pages and writes clean documents.",
    discussion: """
      Examples:
        winnow run                     clean the pages that pipeline.json names
        winnow clean page.html         print the document of one page
        winnow explain page.html       show why each block was kept or dropped
        winnow status                  the last runs, and pages that failed
        winnow check                   look for mistakes in pipeline.json
        winnow plan pipeline.json      show what an edit of it will change
        winnow schema > schema.json    let editors complete pipeline.json

      Completions for your shell (bash, zsh or fish):
        winnow --generate-completion-script bash > winnow.bash

      Exit status: 0 when all went well, 1 when the command could not do its work, 3 when some pages \
      failed or were cut short by a limit, 64 when it was called wrongly.
      """,
    subcommands: [
      RunCommand.self, PlanCommand.self, StatusCommand.self, FailuresCommand.self,
      LedgerCommand.self,
      CleanCommand.self, ExplainCommand.self, ResidueCommand.self,
      CheckCommand.self,
      SchemaCommand.self, StripWorkerCommand.self,
    ])

  static func main() {
    // A closed pipe is an error like any other, not the end of the process.
    StandardStreams.ignoreClosedPipes()
    main(RawArguments.strings())
  }
}
