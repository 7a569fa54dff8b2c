// Containers in the ledger: each of their pages has a row as any page has, and the container one of
// its own, which says that all of them are there.
//
// The row of a container is written when the run has ended and all its pages have. So a container
// is read again after a crash, and its pages that were done are passed over one by one.

extension RunLedger {
  /// Whether a container need not be read, because nothing in it would be done.
  ///
  /// - Parameter options: Of the options that decide which pages it holds.
  /// - Returns: How many pages it holds; `nil` when it must be read.
  /// - Complexity: Looks at each of the pages' documents.
  func unchangedPages(
    of file: FoundFile, at container: PagePath, _ options: ContentHash
  ) throws(LedgerError) -> Int? {
    guard let known = try ledger.page(at: container.bytes) else { return nil }
    state.withLock { $0.seen.insert(known.id) }
    let isDue = standing.reason(for: file, known: known) != nil
    if known.outcome == .quarantined && !isDue {
      // What it holds was not met, and so is not gone.
      unreadable(container)
      return 0
    }
    guard known.content == options, !isDue else { return nil }
    let prefix = container.bytes + [UInt8(ascii: "/")]
    var ids: [Int64] = []
    var last = prefix
    while true {
      let paths = try ledger.paths(after: last, below: prefix, limit: 1000)
      guard let end = paths.last else { break }
      last = end
      for path in paths {
        guard let page = try ledger.page(at: path), standing.isDone(page) else { return nil }
        ids.append(page.id)
      }
    }
    state.withLock { state in
      for id in ids { state.seen.insert(id) }
    }
    return ids.count
  }

  /// What to do with a container that must be read.
  func call(_ file: FoundFile, container: PagePath) -> Call {
    let deaths = state.withLock { $0.suspects[container.bytes] } ?? 0
    if deaths < Quarantine.containerDeaths { return .begin }
    let isAsked = policy.retriesFailed || policy.forces
    if deaths < Quarantine.containerDeaths + Quarantine.deaths || isAsked { return .beginAlone }
    let stamp = Self.stamp(of: file)
    state.withLock { $0.hand[container] = PageInHand(reason: .changed, known: nil, stamp: stamp) }
    return .quarantine(Quarantine())
  }

  /// Puts down that a container is being read.
  func begin(container: PagePath) throws(LedgerError) {
    try ledger.takeInHand(container: container.bytes)
  }

  /// Puts down that no run died of reading it; some of its pages may still be in hand.
  func end(container: PagePath) throws(LedgerError) {
    try ledger.release(container: container.bytes)
  }

  /// What to do with a page of a container, now that it has been read.
  func call(_ fetched: FetchedPage, at page: PagePath) throws(LedgerError) -> Call {
    let known = try ledger.page(at: page.bytes)
    let reason = standing.reason(known: known) { known?.content != fetched.content }
    return state.withLock { state in
      if let known { state.seen.insert(known.id) }
      guard let reason else { return .passOver }
      state.hand[page] = PageInHand(
        reason: reason, known: known, stamp: fetched.stamp, content: fetched.content)
      return state.call(page, reason)
    }
  }

  /// A container has been read to its end, whatever damage there was.
  func read(
    _ container: PagePath, _ stamp: FileStamp?, _ options: ContentHash, failure: FetchFailure?
  ) {
    var record = PageRecord(path: container.bytes, outcome: .written, at: FetchStage.name)
    record.stamp = stamp
    record.content = options
    if let failure {
      record.outcome = failure.outcome
      record.reason = failure.reason
      record.message = failure.description
      record.isFinal = failure.isFinal
    }
    let kept = record
    state.withLock { $0.containers.append(kept) }
  }

  func keepContainers() throws(LedgerError) {
    try commit(state.withLock { $0.containers }, restamped: [])
  }
}
