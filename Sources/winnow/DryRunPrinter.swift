// `winnow run --dry-run`: what a run would do, a line a page on standard output, counts on standard
// error.

import ArgumentParser
import WinnowPipeline

enum DryRunPrinter {
  /// - Throws: `ExitCode(1)` after one line on standard error.
  static func run(
    _ configuration: PipelineConfiguration, policy: RunPolicy, maxLoss: Percentage?
  ) throws {
    var counts: [String: Int] = [:]
    var lines = ""
    var failure: ExitCode?
    func flush() {
      do throws(ExitCode) {
        try OutputPrinter.print(lines)
      } catch {
        failure = error
      }
      lines = ""
    }
    do {
      try DryRun(configuration, policy: policy).run { finding, page in
        let word = word(for: finding)
        counts[word, default: 0] += 1
        if finding == .unchanged { return true }
        lines += "\(word)\t\(EscapedPath(page.bytes))\n"
        if lines.utf8.count > 1 << 16 { flush() }
        return failure == nil
      }
    } catch {
      StandardStreams.errorLine("winnow: error: \(error)")
      throw ExitCode.failure
    }
    flush()
    if let failure { throw failure }
    let parts = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    StandardStreams.errorLine(
      "winnow: dry run: " + (parts.isEmpty ? "no pages" : parts.joined(separator: ", ")))
    if let maxLoss {
      try LedgerAccess.report {
        guard let output = try OutputFolder.existing(configuration.emit.output) else { return }
        let kept = try KeptText(
          configuration, ledger: Ledger(reading: output.ownPath), output: output)
        if kept.loss > maxLoss.value { throw ExcessiveLoss(kept: kept, limit: maxLoss) }
      }
    }
  }

  private static func word(for finding: DryRun.Finding) -> String {
    switch finding {
    case .due(let reason): reason.rawValue
    case .unchanged: "unchanged"
    case .gone(let pruned): pruned ? "gone, to be removed" : "gone"
    case .unreadable: "unreadable"
    }
  }
}
