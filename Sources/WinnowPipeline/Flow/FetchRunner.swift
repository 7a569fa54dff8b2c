// The workers of `fetch`: files from a channel in, through the stage, their pages to the next
// channel out. A file may hold any number of pages.

extension WorkerQueue {
  /// - Parameters:
  ///   - options: Of the options that decide which pages containers hold.
  ///   - handOn: Takes a page; returns `false` when no more are to be read.
  ///   - atEnd: Called once, when the last worker has ended.
  static func fetching(
    _ stage: FetchStage, workers: Int, from channel: Channel<Item<FoundFile>>,
    in context: RunContext, options: ContentHash,
    handOn: @escaping @Sendable (PagePath, FetchedPage) -> Bool,
    atEnd: @escaping @Sendable () -> Void
  ) -> WorkerQueue {
    let index = context.recorder.addStage(FetchStage.name, workers: workers)
    let work = { @Sendable in
      // The thread is this worker's alone as long as it works, so its CPU time is the stage's.
      let startCPU = Clock.threadCPU()
      var busy: UInt64 = 0
      var items = 0
      var goesOn = true
      while goesOn, let item = channel.receive() {
        var reading = FileReading(item, context, options: options)
        var start = Clock.monotonic()
        stage.read(item.value, at: item.page, from: reading.begin()) { event in
          busy += Clock.monotonic() - start
          items += event.isPage ? 1 : 0
          goesOn = reading.take(event, handOn)
          start = Clock.monotonic()
          return goesOn
        }
        busy += Clock.monotonic() - start
      }
      let cpu = Clock.threadCPU() - startCPU
      context.recorder.add(items: items, cpu: cpu, busy: busy, toStage: index)
    }
    return WorkerQueue(name: FetchStage.name, workers: workers, work: work, atEnd: atEnd)
  }
}

/// What is done with each event of one file.
private struct FileReading {
  private let file: Item<FoundFile>
  private let context: RunContext
  private let options: ContentHash
  private let isContainer: Bool
  /// Of the container as a whole.
  private var failure: FetchFailure?

  init(_ file: Item<FoundFile>, _ context: RunContext, options: ContentHash) {
    self.file = file
    self.context = context
    self.options = options
    isContainer = file.value.container != nil
  }

  /// Where to begin: an interrupted run may have done a part of a container.
  func begin() -> ContainerStart? {
    guard isContainer else { return nil }
    do throws(LedgerError) {
      guard
        let (start, pages) = try context.ledger.begin(
          file.value, container: file.page, options)
      else { return nil }
      context.recorder.unchanged(pages: pages)
      return start
    } catch {
      context.lose("\(error)")
      return nil
    }
  }

  /// - Returns: Whether the reading goes on.
  mutating func take(
    _ event: FetchEvent, _ handOn: (PagePath, FetchedPage) -> Bool
  ) -> Bool {
    switch event {
    case .page(let page, let path):
      return isContainer ? takeRecord(page, path, handOn) : handOn(path, page)
    case .failure(let failure, let path):
      if isContainer, path != file.page {
        // A page that nobody had met before.
        context.recorder.found()
        context.ledger.met(path, in: file.page, isDone: false)
      } else if isContainer {
        context.recorder.unreadable()
        self.failure = failure
        // What was not met is not gone.
        if !failure.isFinal { context.ledger.unreadable(path) }
      }
      context.record(failure, of: path, at: FetchStage.name)
    case .passedOver(let kind):
      context.recorder.passedOver(kind)
    case .end(let stamp):
      context.ledger.read(file.page, stamp, options, failure: failure)
    }
    return true
  }

  /// A page of a container is met only here, and the ledger asked for it.
  private func takeRecord(
    _ page: FetchedPage, _ path: PagePath, _ handOn: (PagePath, FetchedPage) -> Bool
  ) -> Bool {
    do throws(LedgerError) {
      context.recorder.found()
      let isDue = try context.ledger.take(page, at: path) != nil
      context.ledger.met(path, in: file.page, isDone: !isDue)
      if isDue { return handOn(path, page) }
      context.recorder.unchanged()
      return context.goesOn()
    } catch {
      context.lose("\(error)")
      return false
    }
  }
}

extension FetchEvent {
  fileprivate var isPage: Bool {
    switch self {
    case .page, .failure: true
    case .passedOver, .end: false
    }
  }
}
