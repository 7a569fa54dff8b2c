// The first queue of a run: the inputs are walked, and pages that must be done are handed on.

extension PipelineRun {
  func walkQueue(_ context: RunContext) -> WorkerQueue {
    let work = { @Sendable [self] in
      var gate = Gate(self)
      for root in plan.inputs {
        var walk = FolderWalk(root, rules: plan.rules, output: plan.output.identity) { event in
          switch event {
          case .page(let file, let page):
            if file.container != nil { return self.meetContainer(file, page, context) }
            context.recorder.found()
            return self.meet(file, page, context, &gate)
          case .failure(let page, let failure):
            context.recorder.unreadable()
            context.ledger.unreadable(page)
            context.record(failure, of: page, at: FetchStage.name)
          case .passedOver(let kind):
            context.recorder.passedOver(kind)
          }
          return true
        }
        guard walk.run() else { return }
      }
      _ = gate.open()
    }
    return WorkerQueue(name: "walk", workers: 1, work: work) { [files] in files.close() }
  }

  /// - Returns: `false` when the walk is to end.
  private func meet(
    _ file: FoundFile, _ page: PagePath, _ context: RunContext, _ gate: inout Gate
  ) -> Bool {
    if hasEnded { return false }
    do throws(LedgerError) {
      switch try ledger.call(file, page) {
      case .passOver: context.recorder.unchanged()
      case .begin: return gate.add(Item(page: page, value: file))
      case .beginAlone: context.setAside(LonePage(file: Item(page: page, value: file)))
      case .quarantine(let quarantine): context.record(quarantine, of: page, at: FetchStage.name)
      }
      return true
    } catch {
      lose("\(error)")
      return false
    }
  }

  /// A container is no page: what it holds is met when it is read.
  ///
  /// - Returns: `false` when the walk is to end.
  private func meetContainer(_ file: FoundFile, _ page: PagePath, _ context: RunContext) -> Bool {
    if hasEnded { return false }
    do throws(LedgerError) {
      if let pages = try ledger.unchangedPages(of: file, at: page, plan.containerDigest) {
        context.recorder.unchanged(pages: pages)
        return true
      }
      switch ledger.call(file, container: page) {
      case .passOver, .begin:
        return files.send(Item(page: page, value: file), bytes: file.path.count)
      case .beginAlone: context.setAside(LonePage(file: Item(page: page, value: file)))
      case .quarantine(let quarantine):
        // What it holds was not met, and so is not gone.
        context.recorder.unreadable()
        context.ledger.unreadable(page)
        context.record(quarantine, of: page, at: FetchStage.name)
      }
      return true
    } catch {
      lose("\(error)")
      return false
    }
  }
}

/// Holds pages until some have gathered, so that one transaction puts them all down as begun.
private struct Gate {
  private let run: PipelineRun
  private var waiting: [Item<FoundFile>] = []
  private var start: UInt64 = 0

  /// Few enough that they are soon done one by one after a crash.
  private static let mostPages = 32
  /// Nanoseconds a page waits at most, if another comes.
  private static let longest: UInt64 = 50_000_000

  init(_ run: PipelineRun) {
    self.run = run
  }

  /// - Returns: `false` when no more pages are wanted.
  mutating func add(_ item: Item<FoundFile>) -> Bool {
    if waiting.isEmpty { start = Clock.monotonic() }
    waiting.append(item)
    let isFull = waiting.count >= min(Self.mostPages, run.plan.queuePages)
    return isFull || Clock.monotonic() - start > Self.longest ? open() : true
  }

  mutating func open() -> Bool {
    let items = waiting
    waiting = []
    if items.isEmpty { return true }
    do throws(LedgerError) {
      try run.ledger.begin(items.map(\.page))
    } catch {
      run.lose("\(error)")
      return false
    }
    return items.allSatisfy { run.files.send($0, bytes: $0.value.path.count) }
  }
}
