// Failures as they happen, one line each, and not too many of them.

package import Logging
internal import Synchronization

/// Logs failures: of each reason the first ones, and at the end how many there were besides.
package final class ProblemLog: Sendable {
  /// Lines for one reason; the report has them all.
  package static let linesPerReason = 20

  private let logger: Logger
  private let counts = Mutex<[String: Int]>([:])

  package init(_ logger: Logger) {
    self.logger = logger
  }

  package func add(_ entry: PageListEntry) {
    let count = counts.withLock { counts in
      counts[entry.reason, default: 0] += 1
      return counts[entry.reason, default: 0]
    }
    guard count <= Self.linesPerReason else { return }
    let path = EscapedPath(entry.path).description
    logger.warning(
      "\(path): \(entry.message)",
      metadata: ["path": "\(path)", "reason": "\(entry.reason)", "stage": "\(entry.stage)"])
  }

  /// Tells how many failures were not shown.
  package func finish() {
    let hidden = counts.withLock { $0.filter { $0.value > Self.linesPerReason } }
    for (reason, count) in hidden.sorted(by: { $0.key < $1.key }) {
      let more = count - Self.linesPerReason
      logger.warning(
        "\(more) more with the reason \(reason); see \(RunReport.fileName)",
        metadata: ["reason": "\(reason)", "count": "\(more)"])
    }
  }
}
