// What is done with all that one file gives: pages are put down as begun and handed on, failures
// recorded. Of a container, every page is looked up in the ledger.

/// One file while it is read.
struct FileReading {
  private let file: Item<FoundFile>
  private let context: RunContext
  private let options: ContentHash
  private let isContainer: Bool
  private let holdsPages: Bool
  /// Of the container as a whole.
  private var failure: FetchFailure?
  /// Pages of a container that are not yet put down as begun, and their bytes.
  private var waiting: [(path: PagePath, page: FetchedPage)] = []
  private var waitingBytes = 0
  private var waitingSince: UInt64 = 0

  /// Pages that one transaction puts down: few, since they are done one by one after a crash; and
  /// their most bytes, and the nanoseconds one of them waits if another comes.
  private static let mostPages = 32
  private static let mostBytes = 4 << 20
  private static let longest: UInt64 = 50_000_000

  /// - Parameter holdsPages: Whether pages may wait for others; otherwise `handOn` gets each at
  ///   once and puts it down itself.
  init(
    _ file: Item<FoundFile>, _ context: RunContext, options: ContentHash, holdsPages: Bool = true
  ) {
    self.file = file
    self.context = context
    self.options = options
    self.holdsPages = holdsPages
    isContainer = file.value.container != nil
  }

  /// Before the file is opened.
  ///
  /// - Returns: Whether it is to be read; so for the others.
  func begin() -> Bool {
    guard isContainer, holdsPages else { return true }
    return context.write { () throws(LedgerError) in
      try context.ledger.begin(container: file.page)
      CrashHook.meet(container: file.page)
    }
  }

  mutating func take(
    _ event: FetchEvent, _ handOn: (PagePath, FetchedPage) -> Bool
  ) -> Bool {
    switch event {
    case .page(let page, let path):
      return isContainer ? takeRecord(page, path, handOn) : handOn(path, page)
    case .failure(let failure, let path):
      if isContainer {
        met(failure, path)
      } else if failure.isFinal {
        context.ledger.gaveNoPage(path, file.value)
      }
      context.record(failure, of: path, at: FetchStage.name)
    case .passedOver(let kind):
      context.recorder.passedOver(kind)
    case .end(let stamp):
      context.ledger.read(file.page, stamp, options, failure: failure)
    }
    return true
  }

  /// After the file was read, or as much of it as was wanted.
  mutating func end(_ handOn: (PagePath, FetchedPage) -> Bool) -> Bool {
    guard isContainer, holdsPages else { return true }
    guard handOnWaiting(handOn) else { return false }
    return context.write { () throws(LedgerError) in
      try context.ledger.end(container: file.page)
    }
  }

  /// Something in a container that gives no page, or the container itself, was not met by the walk.
  private mutating func met(_ failure: FetchFailure, _ path: PagePath) {
    if path == file.page {
      self.failure = failure
      context.recorder.unreadable()
      // What was not met is not gone.
      if !failure.isFinal { context.ledger.unreadable(path) }
    } else {
      context.recorder.found()
    }
  }

  /// A page of a container is met only here, and the ledger asked for it.
  private mutating func takeRecord(
    _ page: FetchedPage, _ path: PagePath, _ handOn: (PagePath, FetchedPage) -> Bool
  ) -> Bool {
    var call = RunLedger.Call.passOver
    guard
      context.write({ () throws(LedgerError) in call = try context.ledger.call(page, at: path) })
    else { return false }
    context.recorder.found()
    switch call {
    case .passOver:
      context.recorder.unchanged()
      return context.goesOn()
    case .begin:
      guard holdsPages else { return handOn(path, page) }
      if waiting.isEmpty { waitingSince = Clock.monotonic() }
      waiting.append((path, page))
      waitingBytes += page.page.bytes.count
      let isFull =
        waiting.count >= Self.mostPages || waitingBytes >= Self.mostBytes
        || Clock.monotonic() - waitingSince > Self.longest
      return isFull ? handOnWaiting(handOn) : context.goesOn()
    case .beginAlone:
      if !holdsPages { return handOn(path, page) }
      context.setAside(LonePage(file: file, record: path))
    case .quarantine(let quarantine):
      context.record(quarantine, of: path, at: FetchStage.name)
    }
    return true
  }

  private mutating func handOnWaiting(_ handOn: (PagePath, FetchedPage) -> Bool) -> Bool {
    let pages = waiting
    waiting = []
    waitingBytes = 0
    if pages.isEmpty { return true }
    guard
      context.write({ () throws(LedgerError) in try context.ledger.begin(pages.map(\.path)) })
    else { return false }
    return pages.allSatisfy { handOn($0.path, $0.page) }
  }
}
