// Whether a page must be done in this run: what the ledger knows of it in, the reason out.

internal import Winnow

/// Why a page is done, not passed over.
package enum WorkReason: String, Sendable, CaseIterable {
  case new
  /// Its file has another size, time or number. When its bytes turn out to be the same, it is
  /// passed over after all.
  case changed
  /// The options, the release or the model are others than they were.
  case configuration
  /// A document of it is gone or was altered.
  case document
  /// It ended in a way that may have passed: an unreadable file, a full disk.
  case unfinished
  /// `--retry-failed` asks for it.
  case retried
  /// `--force` asks for it.
  case forced
}

/// What the command line and the configuration say about pages that earlier runs did.
package struct RunPolicy: Sendable {
  /// Every page is done.
  package var forces = false
  /// Pages without a document are done again.
  package var retriesFailed = false
  /// Documents are read to see whether they were altered; otherwise their size and time are enough.
  package var verifies = false
  package var prune = Prune.keep
  /// Whether the inputs are all pages there are: what is not among them is gone.
  package var seesAll = true

  package init() {}
}

/// Compares pages with what is known of them.
struct PageStanding {
  let policy: RunPolicy
  let configuration: ContentHash
  let output: OutputFolder
  /// Rows that each document has in files of many.
  var rowsPerPage = 0

  /// - Returns: `nil` when the page need not be done. The cheap questions come first; the file is
  ///   looked at, not opened.
  func reason(for file: FoundFile, known: KnownPage?) -> WorkReason? {
    reason(known: known) { known.map { isChanged(file, $0) } ?? true }
  }

  /// Whether a page of a container that has not changed need not be done.
  func isDone(_ known: KnownPage) -> Bool { reason(known: known) { false } == nil }

  /// - Parameter isChanged: Asked last.
  func reason(known: KnownPage?, isChanged: () -> Bool) -> WorkReason? {
    guard let known else { return .new }
    if policy.forces { return .forced }
    if policy.retriesFailed && known.outcome != .written && known.outcome != .filtered {
      return .retried
    }
    if known.outcome == .quarantined { return isChanged() ? .changed : nil }
    if known.configuration != configuration { return .configuration }
    if !known.isFinal { return .unfinished }
    if known.outputs.contains(where: { !isAsWritten($0) }) { return .document }
    if known.outcome == .written, let rows = known.rows, rows != rowsPerPage { return .document }
    return isChanged() ? .changed : nil
  }

  private func isAsWritten(_ record: OutputRecord) -> Bool {
    output.isIntact(record) && (!policy.verifies || output.holds(record))
  }

  private func isChanged(_ file: FoundFile, _ known: KnownPage) -> Bool {
    guard let stamp = known.stamp, stamp.modified != nil,
      let status = try? FileCalls.status(
        of: file.path, in: file.root.raw, followsLink: file.isLink)
    else { return true }
    return FileStamp(status, now: nil) != stamp
  }
}
