// One run's work with the ledger: which pages must be done, which are in hand, what became of them,
// and which are gone.

internal import Glibc
internal import Synchronization
internal import Winnow

/// The ledger as one run sees it. May be used from many threads.
package final class RunLedger: Sendable {
  let ledger: Ledger
  private let run: Int64
  private let configuration: ContentHash
  let standing: PageStanding
  let policy: RunPolicy
  private let output: OutputFolder
  /// When the run began.
  package let started: String
  private let crashMark: CrashMark
  /// Whether the run before looked for pages elsewhere: what is gone then may be another
  /// configuration's, or a slip of the pen.
  package let hasOtherInputs: Bool
  let state = Mutex(State())
  /// Of files that hold many documents.
  let rows: RowStore

  struct State {
    var hand: [PagePath: PageInHand] = [:]
    var seen = PageSet()
    /// Folders that could not be read; what is below them is not gone.
    var unreadable: Set<[UInt8]> = []
    /// Containers that are being read, by path.
    var progress: [[UInt8]: ContainerProgress] = [:]
    /// Containers that were read to their ends.
    var containers: [PageRecord] = []
    /// Pages that were in hand when a run died, with how often one did of them alone.
    var suspects: [[UInt8]: Int] = [:]
  }

  /// What to do with a page that was found.
  enum Call: Sendable {
    case begin
    /// A run died while it had this page in hand, among others: begin it when no other is.
    case beginAlone
    case passOver
    case quarantine(Quarantine)
  }

  /// A page between the walk and its end.
  struct PageInHand {
    let reason: WorkReason
    let known: KnownPage?
    let start = Clock.monotonic()
    var stamp: FileStamp?
    var content: ContentHash?
    var origin: PageOrigin?
  }

  /// Begins a run. When the run before was killed, what it left is removed.
  package init(
    _ ledger: Ledger, output: OutputFolder, configuration: PipelineConfiguration, policy: RunPolicy
  ) throws(LedgerError) {
    self.ledger = ledger
    self.output = output
    self.policy = policy
    self.configuration = configuration.documentDigest
    rows = RowStore(ledger, output: output, options: configuration.emit)
    standing = PageStanding(
      policy: policy, configuration: self.configuration, output: output,
      rowsPerPage: rows.formats.count)
    started = Clock.timestamp()
    crashMark = CrashMark(in: output.ownPath)
    let start = try ledger.begin(
      started: started, process: Int(getpid()),
      configuration: (self.configuration, configuration.text),
      inputs: policy.seesAll ? configuration.fetch.inputDigest : nil)
    run = start.run
    hasOtherInputs = start.hasOtherInputs
    try rows.recover(verifies: policy.verifies)
    if start.afterDeath { output.removeLeftovers() }
    let suspects = try ledger.suspects(afterCrash: crashMark.wasSet)
    state.withLock { $0.suspects = suspects }
    crashMark.arm()
    try removeDocuments()
  }

  // MARK: Pages on their way

  /// Whether a page must be done.
  func call(_ file: FoundFile, _ page: PagePath) throws(LedgerError) -> Call {
    let known = try ledger.page(at: page.bytes)
    let reason = standing.reason(for: file, known: known)
    return state.withLock { state in
      if let known { state.seen.insert(known.id) }
      guard let reason else { return .passOver }
      state.hand[page] = PageInHand(reason: reason, known: known)
      let call = state.call(page, reason)
      guard case .quarantine = call else { return call }
      state.hand[page]?.stamp = Self.stamp(of: file)
      return call
    }
  }

  /// Of a file that is left alone as long as it stays as it is.
  static func stamp(of file: FoundFile) -> FileStamp? {
    let status = try? FileCalls.status(
      of: file.path, in: file.root.raw, followsLink: file.isLink)
    return status.map { FileStamp($0, now: nil) }
  }

  /// Puts down that pages are begun, before they are read.
  func begin(_ pages: [PagePath]) throws(LedgerError) {
    try ledger.takeInHand(pages.map(\.bytes))
  }

  /// Puts down that a page is begun and no other is in hand.
  func beginAlone(_ page: PagePath) throws(LedgerError) {
    try ledger.takeAlone(page.bytes)
  }

  /// Puts down that the page which was alone has been done.
  func endAlone() throws(LedgerError) {
    try ledger.releaseAlone()
  }

  /// A page has been read.
  ///
  /// - Returns: Whether it need not be done, because its bytes are those of the run before.
  func fetched(_ page: PagePath, _ fetched: FetchedPage) -> Bool {
    state.withLock { state in
      guard var inHand = state.hand[page] else { return false }
      if inHand.reason == .changed && inHand.known?.content == fetched.content {
        state.hand[page] = nil
        return true
      }
      inHand.stamp = fetched.stamp
      inHand.content = fetched.content
      inHand.origin = PageOrigin(fetched.page)
      state.hand[page] = inHand
      return false
    }
  }

  /// A page's file gave no page, and would give none again: it is left alone until it changes.
  func gaveNoPage(_ page: PagePath, _ file: FoundFile) {
    guard
      let status = try? FileCalls.status(
        of: file.path, in: file.root.raw, followsLink: file.isLink)
    else { return }
    state.withLock { state in
      guard let inHand = state.hand[page] else { return }
      // As of the time before it was read: what changed since then must show.
      let before = Clock.wall() - Int64(Clock.monotonic() - inHand.start)
      guard status.modified < before else { return }
      state.hand[page]?.stamp = FileStamp(status, now: before)
    }
  }

  /// The end of a page's way; it is out of hand.
  func record(
    of page: PagePath, _ outcome: Outcome, at stage: String, reason: String = "",
    message: String = "", isFinal: Bool = true
  ) -> PageRecord {
    let inHand = state.withLock { $0.hand.removeValue(forKey: page) }
    var record = PageRecord(path: page.bytes, outcome: outcome, at: stage)
    record.stamp = inHand?.stamp
    record.content = inHand?.content
    record.origin = inHand?.origin
    record.reason = reason
    record.message = message
    record.isFinal = isFinal
    record.elapsed = inHand.map { Clock.monotonic() - $0.start } ?? 0
    record.outputs = isFinal ? [] : nil
    return record
  }

  /// A folder, or a link, that could not be read: nothing is known of what is below it.
  func unreadable(_ path: PagePath) {
    state.withLock { _ = $0.unreadable.insert(path.bytes) }
  }

  // MARK: What is kept

  /// Keeps what became of some pages; documents that they have no more are removed.
  func commit(
    _ records: [PageRecord], restamped: [(path: [UInt8], stamp: FileStamp)]
  ) throws(LedgerError) {
    if !restamped.isEmpty { try ledger.restamp(restamped) }
    guard !records.isEmpty else { return }
    let ids = try ledger.commit(records, configuration: configuration, run: run)
    state.withLock { state in
      for id in ids { state.seen.insert(id) }
    }
    try keepMarks(after: records)
    try removeDocuments()
  }

  /// Finds the pages that are in the ledger and were not met; call when all inputs were walked to
  /// their end.
  ///
  /// - Parameter found: Pages that were met.
  /// - Returns: How many are gone, and how many of them were pruned.
  func settle(found: Int) throws(LedgerError) -> (gone: Int, pruned: Int) {
    try keepContainers()
    let (seen, unreadable) = state.withLock { ($0.seen, $0.unreadable) }
    let sees = policy.seesAll && found > 0 && !hasOtherInputs
    let prunes = policy.prune == .delete && sees
    var gone = 0
    try ledger.forEachPage(missingIn: seen, notBelow: unreadable) { (pages) throws(LedgerError) in
      gone += pages.count
      if prunes {
        try ledger.forget(pages.map(\.id))
        try removeDocuments()
      } else if sees {
        try ledger.forgetFailed(pages.map(\.id))
      }
    }
    return (gone, prunes ? gone : 0)
  }

  /// The files of many documents there are now.
  package func shards() throws(LedgerError) -> [ShardFacts] { try ledger.shards().files }

  /// Puts down how the run ended, and closes the ledger.
  package func finish(_ record: RunRecord) throws(LedgerError) {
    try ledger.finish(run, record)
    ledger.close()
    crashMark.disarm()
  }

  private func removeDocuments() throws(LedgerError) {
    while true {
      let paths = try ledger.removals(limit: 1000)
      let removed = output.remove(paths)
      if removed.isEmpty { return }
      try ledger.removed(removed)
    }
  }
}

extension RunLedger.State {
  /// What to do with a page, or a page of a container, that must be done.
  func call(_ page: PagePath, _ reason: WorkReason) -> RunLedger.Call {
    guard let deaths = suspects[page.bytes] else { return .begin }
    return deaths < Quarantine.deaths || reason == .retried || reason == .forced
      ? .beginAlone : .quarantine(Quarantine())
  }
}
