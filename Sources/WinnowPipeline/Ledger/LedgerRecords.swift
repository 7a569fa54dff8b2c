// What the ledger keeps of a page, as values.

internal import Glibc

/// What tells that a file has not changed since it was read.
package struct FileStamp: Hashable, Sendable {
  /// Bytes.
  package let size: Int
  /// Nanoseconds since 1970; `nil` when the file was too young to be sure that a later change
  /// would show, and so must be read again.
  package let modified: Int64?
  package let inode: UInt64

  /// - Parameter now: Nanoseconds since 1970 before the file was read; `nil` to trust its time.
  init(_ status: FileStatus, now: Int64?) {
    size = status.size
    inode = status.identity.inode
    let age = now.map { $0 - status.modified }
    modified = age.map { $0 >= 0 && $0 < Self.coarsestTick } ?? false ? nil : status.modified
  }

  /// Of what comes through a pipe: like nothing that came before.
  static let piped = FileStamp(size: 0, modified: nil, inode: 0)

  init(size: Int, modified: Int64?, inode: UInt64) {
    self.size = size
    self.modified = modified
    self.inode = inode
  }

  /// Two changes within this time may bear the same time: FAT counts in two seconds, most others
  /// in ticks of some milliseconds.
  private static let coarsestTick: Int64 = 2_000_000_000
}

/// A document as it was written.
package struct OutputRecord: Hashable, Sendable {
  /// Below the output folder.
  package let path: [UInt8]
  package let size: Int
  /// Nanoseconds since 1970.
  package let modified: Int64
  package let hash: ContentHash
}

/// What the ledger knows of a page from earlier runs.
package struct KnownPage: Sendable {
  let id: Int64
  package let stamp: FileStamp?
  package let content: ContentHash?
  package let configuration: ContentHash
  package let outcome: Outcome
  package let isFinal: Bool
  /// Of its document, if that is known.
  package let words: Int?
  package var outputs: [OutputRecord]
  /// Rows in files that hold many documents; `nil` for what can have none.
  package let rows: Int?
}

/// What became of a page in this run, to be kept.
package struct PageRecord: Sendable {
  package let path: [UInt8]
  package var stamp: FileStamp?
  package var content: ContentHash?
  package var outcome: Outcome
  package var stage: String
  package var reason = ""
  package var message = ""
  /// Whether the outcome would be the same again; one that depends on disks or other programs is
  /// tried again by every run.
  package var isFinal = true
  /// Nanoseconds from the reading to the end.
  package var elapsed: UInt64 = 0
  /// `nil` when nothing is known of it.
  package var origin: PageOrigin?
  /// Of the document.
  package var words: Int?
  /// `nil` to leave the page's documents as they are.
  package var outputs: [OutputRecord]? = []
  /// As `outputs`, of files that hold many documents.
  package var rows: [RowRecord]? = []

  init(path: [UInt8], outcome: Outcome, at stage: String) {
    self.path = path
    self.outcome = outcome
    self.stage = stage
  }
}

/// One run, as the ledger keeps it.
package struct RunRecord: Sendable {
  package let started: String
  /// `nil` while it goes on, and for ever if it was killed.
  package let ended: String?
  package let seconds: Double
  package let exit: Int?
  /// The report's word for how it ended.
  package let end: String
  package let process: Int
  /// Pages by outcome; those with none are left out.
  package var counts: [(name: String, pages: Int)]
}

extension RunRecord {
  /// - Parameter elapsed: Nanoseconds.
  package init(
    _ tally: RunTally, end: RunEnd, exit: ExitStatus, started: String, ended: String,
    elapsed: UInt64
  ) {
    self.init(
      started: started, ended: ended, seconds: Double(elapsed) / 1e9, exit: Int(exit.rawValue),
      end: end.word, process: Int(getpid()),
      counts: zip(
        Self.countNames,
        [
          tally.found, tally.written, tally.filteredPages, tally.failedPages, tally.quarantined,
          tally.unchanged, tally.gone, tally.pruned,
        ]
      ).map { (name: $0, pages: $1) }.filter { $0.pages > 0 })
  }

  /// The names under which a run's pages are counted.
  static let countNames = [
    "found", "written", "filtered", "failed", "quarantined", "unchanged", "gone", "pruned",
  ]
}
