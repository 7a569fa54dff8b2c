// Pages that were in hand when a run died: done one by one on the calling thread, when all others
// are done, so that a run which dies again leaves no doubt which page it died of.

internal import Winnow

/// What is to be done while nothing else is in hand.
struct LonePage: Sendable {
  let file: Item<FoundFile>
  /// The page of a container that is meant; `nil` for the file, or the whole container.
  var record: PagePath?
}

struct LonePages {
  private let plan: RunPlan
  private let context: RunContext
  private let ledger: RunLedger
  private var batch: CommitBatch

  init(_ plan: RunPlan, _ context: RunContext, _ ledger: RunLedger) {
    self.plan = plan
    self.context = context
    self.ledger = ledger
    batch = CommitBatch(context, output: plan.output, ledger: ledger)
  }

  /// - Parameter isOver: Asked before each page.
  mutating func run(_ pages: [LonePage], isOver: () -> Bool) {
    var records: [PagePath: (file: Item<FoundFile>, pages: Set<PagePath>)] = [:]
    for page in pages {
      if let record = page.record {
        records[page.file.page, default: (page.file, [])].pages.insert(record)
        continue
      }
      if isOver() { break }
      if page.file.value.container != nil {
        runContainer(page.file, isOver)
      } else if beginAlone(page.file.page) {
        runPage(page.file)
      }
    }
    for (file, pages) in records.values.sorted(by: {
      $0.file.page.bytes.lexicographicallyPrecedes($1.file.page.bytes)
    }) where !isOver() {
      run(pages, of: file, isOver)
    }
    guard !pages.isEmpty else { return }
    // Whatever happens from now on is not the last page's fault.
    _ = context.write { () throws(LedgerError) in try ledger.endAlone() }
    batch.commit()
  }

  private func beginAlone(_ page: PagePath) -> Bool {
    context.write { () throws(LedgerError) in try ledger.beginAlone(page) }
  }

  private mutating func runPage(_ item: Item<FoundFile>) {
    do throws(FetchFailure) {
      let fetched = try plan.fetch.process(item.value)
      context.recorder.fetched(fetched)
      if ledger.fetched(item.page, fetched) {
        context.recorder.unchanged()
        batch.add(.unchanged(item.page.bytes, fetched.stamp))
      } else {
        bring(fetched, item.page)
      }
    } catch {
      if error.isFinal { ledger.gaveNoPage(item.page, item.value) }
      add(context.ending(error, of: item.page, at: FetchStage.name))
    }
  }

  /// Some pages of a container, which is read until they have been met.
  private mutating func run(
    _ pages: Set<PagePath>, of file: Item<FoundFile>, _ isOver: () -> Bool
  ) {
    var left = pages
    plan.fetch.read(file.value, at: file.page) { event in
      if case .page(let fetched, let path) = event, left.remove(path) != nil {
        guard beginAlone(path) else { return false }
        context.recorder.fetched(fetched)
        bring(fetched, path)
        // The container is read on, which is not this page's fault.
        guard context.write({ () throws(LedgerError) in try ledger.endAlone() }) else {
          return false
        }
      }
      return !left.isEmpty && !isOver()
    }
    if isOver() { return }
    for page in left.sorted(by: { $0.bytes.lexicographicallyPrecedes($1.bytes) }) {
      add(context.ending(FetchFailure.vanished, of: page, at: FetchStage.name))
    }
  }

  /// A container that runs died of while they read it, page by page.
  private mutating func runContainer(_ file: Item<FoundFile>, _ isOver: () -> Bool) {
    guard beginAlone(file.page) else { return }
    CrashHook.meet(container: file.page)
    var reading = FileReading(
      file, context, options: plan.containerDigest, holdsPages: false)
    plan.fetch.read(file.value, at: file.page) { event in
      let goesOn = reading.take(event) { path, fetched in
        guard beginAlone(path) else { return false }
        context.recorder.fetched(fetched)
        bring(fetched, path)
        return beginAlone(file.page)
      }
      return goesOn && !isOver()
    }
  }

  /// One page through all stages behind `fetch`.
  private mutating func bring(_ fetched: FetchedPage, _ page: PagePath) {
    var stage = StripStage.name
    do {
      var document = try plan.strip.process(fetched.page)
      stage = NormalizeStage.name
      if let normalize = plan.normalize { document = try normalize.process(document) }
      stage = FilterStage.name
      if let filter = plan.filter { document = try filter.process(document) }
      stage = EmitStage.name
      let emitted = try plan.emit.process(EmitInput(page: page, document: document))
      batch.add(context.written(emitted, document, of: page))
    } catch let failure as any RecordedReason {
      add(context.ending(failure, of: page, at: stage))
    } catch {
      // Every stage throws its own kind of `RecordedReason`; the compiler cannot join them.
      context.lose("\(error)")
    }
  }

  private mutating func add(_ ending: Ending?) {
    if let ending { batch.add(ending) }
  }
}
