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
    return try donePages(of: container, before: nil)
  }

  /// Looks whether the pages of a container that the ledger knows are done, and counts them as met.
  ///
  /// - Parameter name: Of the page to stop at; `nil` for all.
  /// - Returns: How many; `nil` when one must be done, and then none has been counted.
  private func donePages(
    of container: PagePath, before name: [UInt8]?
  ) throws(LedgerError) -> Int? {
    let prefix = container.bytes + [UInt8(ascii: "/")]
    let end = name.map { prefix + $0 }
    var ids: [Int64] = []
    var last = prefix
    pages: while true {
      let paths = try ledger.paths(after: last, below: prefix, limit: 1000)
      guard let next = paths.last else { break }
      last = next
      for path in paths {
        if let end, !path.lexicographicallyPrecedes(end) { break pages }
        guard let page = try ledger.page(at: path), standing.isDone(page) else { return nil }
        ids.append(page.id)
      }
    }
    state.withLock { state in
      for id in ids { state.seen.insert(id) }
    }
    return ids.count
  }

  // MARK: Going on

  /// Where to begin in a container that must be read, and how many pages before are done.
  ///
  /// An earlier run was interrupted in it, the file is as it was, and so are the documents of the
  /// pages before. Otherwise it is read from its beginning. Called before it is opened.
  func begin(
    _ file: FoundFile, container: PagePath, _ options: ContentHash
  ) throws(LedgerError) -> (start: ContainerStart, pages: Int)? {
    guard file.piped == nil, file.container?.canGoOn == true,
      let status = try? FileCalls.status(
        of: file.path, in: file.root.raw, followsLink: file.isLink)
    else { return nil }
    let stamp = FileStamp(status, now: Clock.wall())
    let mark = try ledger.mark(of: container.bytes)
    var found: (start: ContainerStart, pages: Int)?
    if let mark, mark.options == options, mark.start.stamp == stamp,
      let pages = try donePages(of: container, before: mark.start.name), pages == mark.pages
    {
      found = (mark.start, pages)
    }
    let pages = found?.pages ?? 0
    state.withLock {
      $0.progress[container.bytes] = ContainerProgress(
        stamp: stamp, options: options, pages: pages)
    }
    return found
  }

  /// A page, or a failed record, was met in a container that is being read.
  func met(_ page: PagePath, in container: PagePath, isDone: Bool) {
    let name = Array(page.bytes.dropFirst(container.bytes.count + 1))
    state.withLock { $0.progress[container.bytes]?.met(name, isDone: isDone) }
  }

  /// Notes how far containers are done now that the ends of some pages are in the ledger. The marks
  /// come behind what they speak of: one that is lost only means that pages are looked at again.
  func keepMarks(after records: [PageRecord]) throws(LedgerError) {
    let marks = state.withLock { state -> [(path: [UInt8], mark: ContainerMark)] in
      if state.progress.isEmpty { return [] }
      var changed: Set<[UInt8]> = []
      for record in records {
        // A name holds no slash in the containers that can be gone on with.
        guard let slash = record.path.lastIndex(of: UInt8(ascii: "/")) else { continue }
        let container = Array(record.path[..<slash])
        guard state.progress[container] != nil else { continue }
        state.progress[container]?.ended(Array(record.path[(slash + 1)...]))
        changed.insert(container)
      }
      return changed.compactMap { path in
        state.progress[path]?.mark.map { (path: path, mark: $0) }
      }
    }
    if !marks.isEmpty { try ledger.keep(marks) }
  }

  /// Whether a page of a container must be done, now that it has been read; if so it is in hand.
  func take(_ fetched: FetchedPage, at page: PagePath) throws(LedgerError) -> WorkReason? {
    let known = try ledger.page(at: page.bytes)
    let reason = standing.reason(known: known) { known?.content != fetched.content }
    state.withLock { state in
      if let known { state.seen.insert(known.id) }
      guard let reason else { return }
      state.hand[page] = PageInHand(
        reason: reason, known: known, stamp: fetched.stamp, content: fetched.content,
        origin: PageOrigin(fetched.page))
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
    let containers = state.withLock { state in
      state.progress = [:]
      return state.containers
    }
    try commit(containers, restamped: [])
    if !containers.isEmpty { try ledger.dropMarks(of: containers.map(\.path)) }
  }
}
