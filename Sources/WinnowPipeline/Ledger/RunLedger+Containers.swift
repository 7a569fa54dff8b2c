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
    guard known.content == options, standing.reason(for: file, known: known) == nil else {
      return nil
    }
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

  /// Whether a page of a container must be done, now that it has been read; if so it is in hand.
  func take(_ fetched: FetchedPage, at page: PagePath) throws(LedgerError) -> WorkReason? {
    let known = try ledger.page(at: page.bytes)
    let reason = standing.reason(known: known) { known?.content != fetched.content }
    state.withLock { state in
      if let known { state.seen.insert(known.id) }
      guard let reason else { return }
      state.hand[page] = PageInHand(
        reason: reason, known: known, stamp: fetched.stamp, content: fetched.content)
    }
    return reason
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
