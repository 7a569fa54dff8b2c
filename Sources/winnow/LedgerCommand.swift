// `winnow ledger rebuild`: an output folder whose ledger cannot be used in; one with an empty ledger
// out.

import ArgumentParser
import WinnowPipeline

struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger",
    abstract: "Mends the record of what earlier runs did.",
    subcommands: [Rebuild.self])

  struct Rebuild: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Puts the ledger aside and starts a new one.",
      discussion: """
        For a ledger that `winnow run` refuses: damaged, or written by a newer winnow. The old one \
        stays beside the new under another name. Documents stay; the next run makes all of them \
        again, and they come out the same.

        Exit status: 0 when it is done, 1 when it could not be, 75 while a run goes on.
        """)

    @OptionGroup var place: OutputPlace

    func run() throws {
      let path = try place.path()
      try LedgerAccess.report {
        let output = try OutputFolder(path)
        try output.claim()
        let aside = try Ledger.rebuild(in: output.ownPath)
        StandardStreams.errorLine(
          "winnow: the ledger is new" + (aside.map { "; the old one is \(EscapedPath($0))" } ?? ""))
      }
    }
  }
}

/// Which output folder a command is about.
struct OutputPlace: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The output folder; that of ./pipeline.json when left out.", valueName: "folder"),
    completion: .directory)
  var output: PathArgument?

  func path() throws(ExitCode) -> [UInt8] {
    if let output { return output.bytes }
    return try ConfigurationLoader.load(ConfigurationFile.defaultName).emit.output
  }
}
