// `winnow plan`: a new configuration in; what it would change over a sample of the inputs out.

import ArgumentParser
import WinnowPipeline

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Shows what another configuration would change.",
    discussion: """
      Cleans a sample of the input pages by both configurations, always the same pages, and prints \
      which documents would differ, how many words each rule and option adds or takes, and the \
      changed lines of a few pages. Nothing is written; a run may go on meanwhile.

      Without --against, the old configuration is the one of the last run, which the ledger in \
      the new configuration's output folder keeps; it is tried on the new configuration's input.

      Examples:
        winnow plan pipeline.json                        before the next run
        winnow plan new.json --against pipeline.json --sample 1000
        winnow plan new.json --json | jq '.changes[].path'

      Exit status: 0 when both were compared, 1 when that could not be done.
      """)

  @Argument(
    help: ArgumentHelp("The new configuration.", valueName: "new.json"),
    completion: .file(extensions: ["json", "jsonc"]))
  var file: String

  @Option(
    help: ArgumentHelp(
      "The old configuration, in place of the last run's.", valueName: "old.json"),
    completion: .file(extensions: ["json", "jsonc"]))
  var against: String?

  @Option(help: ArgumentHelp("About how many pages to try.", valueName: "number"))
  var sample = ConfigurationPlan.usualSize

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if !(1...100_000).contains(sample) {
      throw ValidationError("--sample is \(sample); give 1 to 100000")
    }
  }

  func run() throws {
    let new = try ConfigurationLoader.load(file)
    try LedgerAccess.report {
      let old = try against.map { try ConfigurationLoader.load($0) } ?? lastConfiguration(new)
      let oldName = against ?? "the last run"
      let plan = try ConfigurationPlan(from: old, to: new, size: sample)
      if json {
        try OutputPrinter.print(plan.json(from: oldName, to: file))
      } else {
        try OutputPrinter.print(plan.text(from: oldName, to: file))
      }
    }
  }

  /// The last run's options, on the new configuration's inputs.
  private func lastConfiguration(_ new: PipelineConfiguration) throws -> PipelineConfiguration {
    let ledger: Ledger
    do {
      ledger = try Ledger(reading: OutputFolder.ownPath(below: new.emit.output))
    } catch LedgerError.missing {
      throw NoConfiguration(output: new.emit.output)
    }
    guard let text = try ledger.lastConfiguration() else {
      throw NoConfiguration(output: new.emit.output)
    }
    var old: PipelineConfiguration
    do {
      old = try PipelineConfiguration(checking: text, file: "the last run's configuration")
    } catch {
      for each in error.mistakes { StandardStreams.errorLine(each.description) }
      throw NoConfiguration(output: new.emit.output)
    }
    old.text = text
    old.fetch.input = new.fetch.input
    return old
  }
}

/// The ledger has no configuration that can be read.
private struct NoConfiguration: Error, CustomStringConvertible {
  let output: [UInt8]

  var description: String {
    "the output folder \(EscapedPath(output)) has no configuration of an earlier run; give the old "
      + "one with --against"
  }
}
