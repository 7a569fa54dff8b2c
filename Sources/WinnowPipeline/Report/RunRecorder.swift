// The one place where the stages tell what became of the pages.

internal import Synchronization
internal import Winnow

/// Counts and lists what happens in a run. May be told from many threads.
package final class RunRecorder: Sendable {
  package let failures: PageList
  package let filtered: PageList
  package let degraded: PageList
  private let tally = Mutex(RunTally())
  private let costs = Mutex<[StageCost]>([])
  /// Called for each failure, to be shown; never with a lock held.
  private let report: @Sendable (PageListEntry) -> Void

  /// - Parameter scratch: A folder for lists that do not fit in memory.
  package init(
    scratch: SharedDescriptor, report: @escaping @Sendable (PageListEntry) -> Void = { _ in }
  ) {
    failures = PageList(scratch: scratch)
    filtered = PageList(scratch: scratch)
    degraded = PageList(scratch: scratch)
    self.report = report
  }

  package var snapshot: RunTally { tally.withLock { $0 } }
  /// The stages in the order in which they run.
  package var stageCosts: [StageCost] { costs.withLock { $0 } }

  func found() {
    tally.withLock { $0.found += 1 }
  }

  func unreadable() {
    tally.withLock { $0.unreadable += 1 }
  }

  func passedOver(_ kind: PassedOver) {
    tally.withLock { $0.passedOver[kind.rawValue, default: 0] += 1 }
  }

  func fetched(_ page: FetchedPage) {
    tally.withLock { tally in
      tally.bytesStored += page.stored
      tally.bytesRead += page.page.bytes.count
    }
  }

  /// Pages of a container need not be done, and were not even read.
  func unchanged(pages: Int) {
    tally.withLock { tally in
      tally.found += pages
      tally.unchanged += pages
    }
  }

  /// A page need not be done.
  func unchanged() {
    tally.withLock { $0.unchanged += 1 }
  }

  /// Pages that earlier runs met and this one did not.
  func settled(gone: Int, pruned: Int) {
    tally.withLock { tally in
      tally.gone = gone
      tally.pruned = pruned
    }
  }

  func written(_ facts: WrittenFacts, of page: PagePath) throws(SystemError) {
    tally.withLock { tally in
      tally.written += 1
      tally.bytesWritten += facts.bytes
      tally.encodings[facts.encoding.label, default: 0] += 1
      tally.encodingSources[facts.encoding.source.rawValue, default: 0] += 1
      if facts.encoding.replacements > 0 { tally.pagesWithReplacements += 1 }
      tally.residue.merge(facts.residue) { $0 + $1 }
      if !facts.degradations.isEmpty { tally.degraded += 1 }
      if facts.isCutShort { tally.cutShort += 1 }
      for degradation in facts.degradations { tally.degradations[degradation, default: 0] += 1 }
    }
    guard !facts.degradations.isEmpty else { return }
    try degraded.add(
      PageListEntry(
        path: page.bytes, stage: StripStage.name,
        reason: facts.degradations.joined(separator: ", "), message: ""))
  }

  /// The way of `page` ends at `stage`.
  func ended(
    _ page: PagePath, at stage: String, _ failure: any RecordedReason
  ) throws(SystemError) {
    let entry = PageListEntry(
      path: page.bytes, stage: stage, reason: failure.reason, message: failure.description)
    switch failure.outcome {
    case .written, .unchanged:
      return
    case .quarantined:
      tally.withLock { $0.quarantined += 1 }
      report(entry)
      try failures.add(entry)
    case .filtered:
      tally.withLock { $0.filtered[failure.reason, default: 0] += 1 }
      try filtered.add(entry)
    case .failed:
      tally.withLock { $0.failed[failure.reason, default: 0] += 1 }
      report(entry)
      try failures.add(entry)
    }
  }

  /// Adds a stage to those whose cost is told; returns its place.
  func addStage(_ name: String, workers: Int) -> Int {
    costs.withLock { costs in
      costs.append(StageCost(name: name, workers: workers))
      return costs.count - 1
    }
  }

  func add(items: Int, cpu: UInt64, busy: UInt64, toStage index: Int) {
    costs.withLock { costs in
      costs[index].items += items
      costs[index].cpu += cpu
      costs[index].busy += busy
    }
  }
}
