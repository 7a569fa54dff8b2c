// What subcommands print on standard output, with its failures turned into an exit status.

import ArgumentParser
import WinnowPipeline

enum OutputPrinter {
  /// Prints all of `bytes`.
  ///
  /// - Throws: `ExitCode(1)` after one line on standard error; without a line when the reader has
  ///   gone, as `head` does.
  static func print(_ bytes: [UInt8]) throws(ExitCode) {
    do throws(StreamFailure) {
      try StandardStreams.writeOutput(bytes)
    } catch {
      if !error.isClosedPipe { StandardStreams.errorLine("winnow: \(error)") }
      throw ExitCode.failure
    }
  }

  static func print(_ text: String) throws(ExitCode) {
    try print(Array(text.utf8))
  }
}
