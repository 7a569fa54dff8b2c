// `winnow status` in words: what the ledger tells in, lines out.

package enum StatusText {
  /// - Parameters:
  ///   - runs: The latest first.
  ///   - goesOn: Whether a run has the output folder now.
  package static func text(
    _ status: LedgerStatus, runs: [RunRecord], output: [UInt8], goesOn: Bool
  ) -> String {
    var lines = ["output: \(EscapedPath(output))", "", "runs, the latest first:"]
    if runs.isEmpty { lines.append("  none") }
    for (index, run) in runs.enumerated() {
      var line = "  \(run.started)  "
      if run.ended == nil {
        line += index == 0 && goesOn ? "goes on" : "was killed"
        line += " (process \(run.process))"
      } else {
        line += "\(EscapedPath(Array(run.end.utf8))), exit code \(run.exit ?? -1), "
        line += "\(Int(run.seconds * 10) / 10).\(Int(run.seconds * 10) % 10) s: "
        line += join(run.counts.map { ($0.name, $0.pages) })
      }
      lines.append(line)
    }
    lines += ["", "pages: " + join(status.outcomes.map { ($0.name, $0.pages) })]
    if status.backlog > 0 { lines.append("to be tried again by the next run: \(status.backlog)") }
    if status.inHand > 0 { lines.append("begun, without an end yet: \(status.inHand)") }
    if status.shards.waiting > 0 {
      lines.append("rows that wait for the end of a run: \(status.shards.waiting)")
    }
    if !status.shards.files.isEmpty {
      lines += ["", "files of many documents:"]
      lines += status.shards.files.map {
        "  \($0.rows)\t\(EscapedPath($0.path)), \($0.bytes) bytes"
      }
    }
    if !status.reasons.isEmpty {
      lines += ["", "pages without a document, by reason:"]
      lines += status.reasons.map { "  \($0.pages)\t\($0.outcome)\t\($0.reason)" }
    }
    if !status.folders.isEmpty {
      lines += ["", "folders with the most failed pages:"]
      lines += status.folders.map { folder in
        "  \(folder.pages)\t\(folder.path.isEmpty ? "." : EscapedPath(folder.path).description)"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func join(_ counts: [(String, Int)]) -> String {
    counts.isEmpty ? "none" : counts.map { "\($0.1) \($0.0)" }.joined(separator: ", ")
  }
}
