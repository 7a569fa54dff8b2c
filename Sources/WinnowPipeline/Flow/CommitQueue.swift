// `commit`: ends of pages' ways in; documents under their names and rows in the ledger out.
//
// Pages end here in batches, in an order that a crash at any point leaves in good state: all files
// complete and on the disk, then their names, then the ledger. A page whose row is missing is done
// again by the next run; a row never speaks of a file that is not there.

internal import Winnow

/// Gathers endings and makes them lasting together. Used by one worker alone.
struct CommitBatch {
  private let context: RunContext
  private let output: OutputFolder
  private let ledger: RunLedger
  private var endings: [Ending] = []
  private var bytes = 0
  private var start: UInt64 = 0

  /// A batch is this large at most: so much is done again after a crash.
  private static let mostPages = 256
  private static let mostBytes = 32 << 20
  /// Nanoseconds after which a batch is complete, whatever its size, once another page comes.
  private static let longest: UInt64 = 1_000_000_000

  init(_ context: RunContext, output: OutputFolder, ledger: RunLedger) {
    self.context = context
    self.output = output
    self.ledger = ledger
  }

  mutating func add(_ ending: Ending) {
    if endings.isEmpty { start = Clock.monotonic() }
    endings.append(ending)
    if case .written(let emitted, _, _, _) = ending { bytes += emitted.size }
    if endings.count >= Self.mostPages || bytes >= Self.mostBytes
      || Clock.monotonic() - start >= Self.longest
    {
      commit()
    }
  }

  /// Makes lasting what was gathered.
  mutating func commit() {
    let endings = endings
    self.endings = []
    bytes = 0
    if endings.isEmpty { return }
    do {
      let outcomes = try publish(endings)
      try ledger.commit(outcomes.records, restamped: outcomes.restamped)
    } catch {
      context.lose("\(error)")
    }
  }

  private func publish(
    _ endings: [Ending]
  ) throws(OutputError) -> (records: [PageRecord], restamped: [(path: [UInt8], stamp: FileStamp)]) {
    var staged: [StagedFile] = []
    var rows: [RenderedRow] = []
    for case .written(let emitted, _, _, _) in endings {
      staged += emitted.files
      rows += emitted.rows
    }
    var kept: ArraySlice<RowRecord>
    do throws(OutputError) {
      kept = try ledger.rows.append(rows)[...]
    } catch {
      output.discard(staged)
      throw error
    }
    let failures = try output.publish(staged)
    var records: [PageRecord] = []
    var restamped: [(path: [UInt8], stamp: FileStamp)] = []
    var next = 0
    for ending in endings {
      switch ending {
      case .other(let record):
        records.append(record)
      case .unchanged(let path, let stamp):
        restamped.append((path, stamp))
      case .written(let emitted, let facts, let page, var record):
        let range = next..<(next + emitted.files.count)
        next = range.upperBound
        let rows = Array(kept.prefix(emitted.rows.count))
        kept = kept.dropFirst(rows.count)
        if let failure = failures[range].compactMap({ $0 }).first {
          context.tell(failure, of: page, at: EmitStage.name)
          record.fail(failure, at: EmitStage.name)
        } else {
          record.outputs = emitted.files.map(\.record)
          record.rows = rows
          context.keep { () throws(SystemError) in
            try context.recorder.written(facts, of: page)
          }
        }
        records.append(record)
      }
    }
    return (records, restamped)
  }
}

extension PageRecord {
  fileprivate mutating func fail(_ failure: OutputError, at stage: String) {
    outcome = failure.outcome
    self.stage = stage
    reason = failure.reason
    message = failure.description
    isFinal = failure.isFinal
    outputs = nil
    rows = nil
    words = nil
  }
}
