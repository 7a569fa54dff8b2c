// A run's numbers for Prometheus, as its node_exporter collects them from files: a run in, text out.

/// The text exposition format, version 0.0.4.
package enum RunMetrics {
  /// - Parameters:
  ///   - record: The run, at its end.
  ///   - failures: Pages by reason.
  ///   - bytes: Read and written in this run.
  ///   - endTime: Nanoseconds since 1970.
  ///   - output: The folder's path, as a label that tells several pipelines apart.
  package static func text(
    _ record: RunRecord, failures: [String: Int], bytes: (read: Int, written: Int),
    endTime: Int64, output: [UInt8]
  ) -> String {
    let label = "output=\"\(escaped(EscapedPath(output).description))\""
    var text = ""
    func metric(_ name: String, _ help: String, _ samples: [(labels: String, value: String)]) {
      text += "# HELP winnow_run_\(name) \(help)\n# TYPE winnow_run_\(name) gauge\n"
      for sample in samples { text += "winnow_run_\(name){\(sample.labels)} \(sample.value)\n" }
    }
    let counts = Dictionary(record.counts.map { ($0.name, $0.pages) }) { $1 }
    metric(
      "pages", "Pages of the last run by outcome.",
      RunRecord.countNames.map {
        ("\(label),outcome=\"\($0)\"", "\(counts[$0] ?? 0)")
      })
    metric(
      "failures", "Pages of the last run without a document, by reason.",
      failures.sorted { $0.key < $1.key }.map {
        ("\(label),reason=\"\(escaped($0.key))\"", "\($0.value)")
      })
    metric(
      "bytes", "Bytes of the last run.",
      [
        ("\(label),kind=\"read\"", "\(bytes.read)"),
        ("\(label),kind=\"written\"", "\(bytes.written)"),
      ])
    metric("seconds", "How long the last run took.", [(label, "\(record.seconds)")])
    metric("exit_code", "Exit code of the last run.", [(label, "\(record.exit ?? -1)")])
    metric(
      "end_time_seconds", "When the last run ended, since 1970.",
      [
        (label, "\(endTime / 1_000_000_000)")
      ])
    return text
  }

  private static func escaped(_ value: String) -> String {
    value.reduce(into: "") { text, character in
      switch character {
      case "\\": text += "\\\\"
      case "\"": text += "\\\""
      case "\n": text += "\\n"
      default: text.append(character)
      }
    }
  }
}
