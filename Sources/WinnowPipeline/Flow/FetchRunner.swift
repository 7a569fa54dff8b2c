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
        goesOn = reading.begin()
        guard goesOn else { break }
        var start = Clock.monotonic()
        stage.read(item.value, at: item.page) { event in
          busy += Clock.monotonic() - start
          items += event.isPage ? 1 : 0
          goesOn = reading.take(event, handOn)
          start = Clock.monotonic()
          return goesOn
        }
        busy += Clock.monotonic() - start
        goesOn = reading.end(handOn) && goesOn
      }
      let cpu = Clock.threadCPU() - startCPU
      context.recorder.add(items: items, cpu: cpu, busy: busy, toStage: index)
    }
    return WorkerQueue(name: FetchStage.name, workers: workers, work: work, atEnd: atEnd)
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
