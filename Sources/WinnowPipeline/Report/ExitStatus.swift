// What the process's exit code tells, for scripts and cron.

/// The exit codes of `winnow`. Usage errors have the code 64, given by the argument parser.
package enum ExitStatus: Int32, Sendable {
  /// All inputs were handled.
  case success = 0
  /// Nothing more can be done: configuration, input or output folder.
  case fatal = 1
  /// Finished; some pages failed or were cut short by a limit, and the report lists them.
  case incomplete = 3
  /// Another run writes to the same output folder; try again later (EX_TEMPFAIL of sysexits.h).
  case busy = 75
  /// Stopped by SIGINT (Ctrl-C), cleanly.
  case interrupted = 130
  /// Stopped by SIGTERM, cleanly.
  case terminated = 143

  /// - Parameter stoppedBy: The signal that stopped the run, if one did.
  package init(_ end: RunEnd, _ tally: RunTally, stoppedBy: Int32?) {
    self =
      switch end {
      case .lost: .fatal
      case .stopped: stoppedBy == 2 ? .interrupted : .terminated
      case .finished where !tally.isBalanced: .fatal
      case .finished:
        tally.failedPages + tally.quarantined + tally.cutShort > 0 ? .incomplete : .success
      }
  }
}
