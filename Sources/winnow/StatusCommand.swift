// `winnow status`: an output folder in; its last runs and how its pages stand out.

import ArgumentParser
import WinnowPipeline

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Prints the last runs and how all pages stand.",
    discussion: """
      May be called while a run goes on.

      Examples:
        winnow status              the output folder of ./pipeline.json
        winnow status out

      Exit status: 0, or 1 when there is no ledger to be read.
      """)

  @OptionGroup var place: OutputPlace

  @Option(help: ArgumentHelp("How many runs to print.", valueName: "number"))
  var runs = 5

  func validate() throws {
    if !(1...10_000).contains(runs) {
      throw ValidationError("--runs is \(runs); give 1 to 10000")
    }
  }

  /// Folders to name: as many as fit on a screen with the rest.
  private static let folders = 10

  func run() throws {
    let path = try place.path()
    try LedgerAccess.report {
      let ledger = try Ledger(reading: OutputFolder.ownPath(below: path))
      let status = try ledger.status(folders: Self.folders)
      try OutputPrinter.print(
        StatusText.text(
          status, runs: try ledger.runs(limit: runs), output: path,
          goesOn: OutputFolder.isClaimed(path)))
    }
  }
}

/// What the commands that look into a ledger share.
enum LedgerAccess {
  /// Turns what can go wrong with an output folder into a line and an exit status.
  static func report(_ body: () throws -> Void) throws(ExitCode) {
    do {
      try body()
    } catch let code as ExitCode {
      throw code
    } catch {
      StandardStreams.errorLine("winnow: error: \(error)")
      if case OutputError.busy = error { throw ExitCode(ExitStatus.busy.rawValue) }
      if case LedgerError.busy = error { throw ExitCode(ExitStatus.busy.rawValue) }
      throw ExitCode.failure
    }
  }
}
