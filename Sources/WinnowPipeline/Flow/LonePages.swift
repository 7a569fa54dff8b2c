// Pages that were in hand when a run died: done one by one on the calling thread, when all others
// are done, so that a run which dies again leaves no doubt which page it died of.

internal import Winnow

struct LonePages {
  private let plan: RunPlan
  private let context: RunContext
  private let ledger: RunLedger

  init(_ plan: RunPlan, _ context: RunContext, _ ledger: RunLedger) {
    self.plan = plan
    self.context = context
    self.ledger = ledger
  }

  /// - Parameter isOver: Asked before each page.
  func run(_ items: [Item<FoundFile>], isOver: () -> Bool) {
    var batch = CommitBatch(context, output: plan.output, ledger: ledger)
    for item in items where !isOver() {
      do throws(LedgerError) {
        try ledger.beginAlone(item.page)
      } catch {
        context.lose("\(error)")
        return
      }
      if let ending = bring(item) { batch.add(ending) }
    }
    batch.commit()
  }

  /// One page through all stages.
  private func bring(_ item: Item<FoundFile>) -> Ending? {
    var stage = FetchStage.name
    do {
      let fetched = try plan.fetch.process(item.value)
      context.recorder.fetched(fetched)
      if ledger.fetched(item.page, fetched) {
        context.recorder.unchanged()
        return .unchanged(item.page.bytes, fetched.stamp)
      }
      stage = StripStage.name
      var document = try plan.strip.process(fetched.page)
      stage = NormalizeStage.name
      if let normalize = plan.normalize { document = try normalize.process(document) }
      stage = FilterStage.name
      if let filter = plan.filter { document = try filter.process(document) }
      stage = EmitStage.name
      let emitted = try plan.emit.process(EmitInput(page: item.page, document: document))
      return context.written(emitted, document, of: item.page)
    } catch let failure as any RecordedReason {
      return context.ending(failure, of: item.page, at: stage)
    } catch {
      // Every stage throws its own kind of `RecordedReason`; the compiler cannot join them.
      context.lose("\(error)")
      return nil
    }
  }
}
