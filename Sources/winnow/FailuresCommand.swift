// `winnow failures`: an output folder in; its pages without a document out, or a second try for them.

import ArgumentParser
import WinnowPipeline

struct FailuresCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "failures",
    abstract: "Lists pages that failed or were quarantined.",
    discussion: """
      One line a page, sorted: path, reason and what happened, with tabs between. Pages that \
      `filter` left out are no failures.

      Examples:
        winnow failures out | cut -f 2 | sort | uniq -c
        winnow failures out --retry        the next run tries them again

      Exit status: 0, 1 when there is no ledger to be read, 75 when --retry is given while a run \
      goes on.
      """)

  @OptionGroup var place: OutputPlace

  @Flag(help: "Let the next run try them again, instead of listing them.")
  var retry = false

  func run() throws {
    let path = try place.path()
    try LedgerAccess.report {
      if retry {
        try tryAgain(path)
        return
      }
      var lines = ""
      try Ledger(reading: OutputFolder.ownPath(below: path)).forEachFailure { page in
        lines += "\(EscapedPath(page.path))\t\(page.reason)\t\(page.message)\n"
        if lines.utf8.count > 1 << 16 {
          try OutputPrinter.print(lines)
          lines = ""
        }
      }
      try OutputPrinter.print(lines)
    }
  }

  private func tryAgain(_ path: [UInt8]) throws {
    // There must be a ledger, before anything is made.
    _ = try Ledger(reading: OutputFolder.ownPath(below: path))
    let output = try OutputFolder(path)
    try output.claim()
    let ledger = try Ledger(in: output.ownPath)
    let count = try ledger.retryFailures()
    ledger.close()
    StandardStreams.errorLine("winnow: the next run tries \(count) pages again")
  }
}
