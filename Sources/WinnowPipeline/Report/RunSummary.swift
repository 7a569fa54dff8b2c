// What people read while a run goes on and when it ends: numbers in, lines out.

/// The words for a run's numbers.
package enum RunSummary {
  /// The changing line on a terminal, ASCII.
  ///
  /// - Parameters:
  ///   - elapsed: Nanoseconds since the start.
  ///   - total: Pages there are, if known.
  package static func status(_ tally: RunTally, elapsed: UInt64, total: Int?) -> String {
    let done = tally.ended
    var line = "\(done)"
    if let total { line += " of \(total)" }
    line += " pages, \(tally.failedPages) failed, \(rates(tally, elapsed: elapsed))"
    if let total, done > 0, total > done {
      let seconds = Int(elapsed / 1_000_000_000) * (total - done) / done
      line += ", \(duration(seconds: seconds)) left"
    }
    return line
  }

  /// The lines at the end.
  ///
  /// - Parameter report: The report's path, as shown.
  package static func lines(
    _ tally: RunTally, end: RunEnd, elapsed: UInt64, report: String
  ) -> [String] {
    let stopped = end == .finished ? "" : "stopped: "
    let seconds = decimal(thousandths: Int(elapsed / 1_000_000))
    var rest = ""
    for (count, name) in [
      (tally.unchanged, "unchanged"), (tally.quarantined, "quarantined"), (tally.gone, "gone"),
    ] where count > 0 {
      rest += ", \(count) \(name)"
    }
    if tally.pruned > 0 { rest += " (their documents removed)" }
    var lines = [
      "\(stopped)\(tally.ended) pages in \(seconds) s (\(rates(tally, elapsed: elapsed))): "
        + "\(tally.written) written, \(tally.filteredPages) filtered, \(tally.failedPages) failed"
        + rest
    ]
    for (title, counts) in [
      ("failed", tally.failed), ("filtered", tally.filtered), ("degraded", tally.degradations),
      ("passed over", tally.passedOver),
    ] where !counts.isEmpty {
      let parts = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      lines.append("\(title): " + parts.map { "\($0.value) \($0.key)" }.joined(separator: ", "))
    }
    lines.append("report: \(report)")
    return lines
  }

  private static func rates(_ tally: RunTally, elapsed: UInt64) -> String {
    let milliseconds = max(1, Int(elapsed / 1_000_000))
    // Pages in a millisecond are thousands in a second.
    let pages = decimal(thousandths: tally.ended * 1_000_000 / milliseconds)
    let megabytes = decimal(thousandths: tally.bytesRead / milliseconds)
    return "\(pages) pages/s, \(megabytes) MB/s"
  }

  /// A number of thousandths with one decimal, cut, not rounded.
  private static func decimal(thousandths: Int) -> String {
    "\(thousandths / 1000).\(thousandths / 100 % 10)"
  }

  private static func duration(seconds: Int) -> String {
    let (minutes, rest) = (seconds / 60, seconds % 60)
    if minutes == 0 { return "\(rest) s" }
    return minutes < 60 ? "\(minutes) min \(rest) s" : "\(minutes / 60) h \(minutes % 60) min"
  }
}
