// One stage at work: values from a channel in, through the stage, to the next channel out.

internal import Dispatch
internal import Winnow

/// What all stages of a run share: where they tell what happens, and how they end the run.
struct RunContext: Sendable {
  let recorder: RunRecorder
  let ledger: RunLedger
  /// Takes the ends of pages' ways; `nil` where they are not handed on to another thread.
  let endings: Channel<Ending>?
  /// Whether more pages are to be read.
  let goesOn: @Sendable () -> Bool
  /// Ends the run because nothing more can be written; may be called many times.
  let lose: @Sendable (_ message: String) -> Void
  /// Takes pages that are to be done when all others are.
  let setAside: @Sendable (LonePage) -> Void

  /// The way of a page ends here: recorded, and the run ended if no other page has a future.
  func record(_ failure: any RecordedReason, of page: PagePath, at stage: String) {
    if let ending = ending(failure, of: page, at: stage) { end(ending) }
  }

  /// - Returns: `nil` when the failure ends the run.
  func ending(
    _ failure: any RecordedReason, of page: PagePath, at stage: String
  ) -> Ending? {
    if failure.endsRun {
      lose(failure.description)
      return nil
    }
    tell(failure, of: page, at: stage)
    return .other(
      ledger.record(
        of: page, failure.outcome, at: stage, reason: failure.reason,
        message: failure.description, isFinal: failure.isFinal))
  }

  /// A page's documents are complete but for their names.
  func written(_ emitted: Emitted, _ document: Document, of page: PagePath) -> Ending {
    let facts = WrittenFacts(document, bytes: emitted.size)
    var record = ledger.record(
      of: page, .written, at: EmitStage.name, reason: facts.degradations.joined(separator: ", "))
    record.words = facts.words
    return .written(emitted, facts, page, record)
  }

  /// Counts and shows a failure.
  func tell(_ failure: any RecordedReason, of page: PagePath, at stage: String) {
    keep { () throws(SystemError) in try recorder.ended(page, at: stage, failure) }
  }

  func end(_ ending: Ending) {
    // The commit queue outlives all others, and its channel is never cancelled.
    _ = endings?.send(ending, bytes: 0)
  }

  /// Writes to the ledger; the run ends if that cannot be done.
  ///
  /// - Returns: Whether it was.
  func write(_ body: () throws(LedgerError) -> Void) -> Bool {
    do throws(LedgerError) {
      try body()
      return true
    } catch {
      lose("\(error)")
      return false
    }
  }

  /// Does what must not be lost; the run ends if it cannot be done.
  func keep(_ body: () throws(SystemError) -> Void) {
    do throws(SystemError) {
      try body()
    } catch {
      lose("cannot keep the list of failures: \(error)")
    }
  }
}

extension WorkerQueue {
  /// The workers of a stage.
  ///
  /// Each takes a value from `channel`, lets the stage process it and hands the result on, waiting
  /// while the next channel is full. A failure ends the way of its page alone.
  ///
  /// - Parameters:
  ///   - input: What the stage is given of an item.
  ///   - handOn: Takes the result; returns `false` when nothing more can be handed on.
  ///   - atEnd: Called once, when the last worker has ended.
  static func running<Step: Stage, Value: Sendable>(
    _ stage: Step, workers: Int, from channel: Channel<Item<Value>>, in context: RunContext,
    input: @escaping @Sendable (Item<Value>) -> Step.Input,
    handOn: @escaping @Sendable (Item<Value>, Step.Output) -> Bool,
    atEnd: @escaping @Sendable () -> Void
  ) -> WorkerQueue {
    let index = context.recorder.addStage(Step.name, workers: workers)
    let work = { @Sendable in
      // The thread is this worker's alone as long as it works, so its CPU time is the stage's.
      let startCPU = Clock.threadCPU()
      var busy: UInt64 = 0
      var items = 0
      while let item = channel.receive() {
        items += 1
        let start = Clock.monotonic()
        do throws(Step.Failure) {
          let result = try stage.process(input(item))
          busy += Clock.monotonic() - start
          if !handOn(item, result) { break }
        } catch {
          busy += Clock.monotonic() - start
          context.record(error, of: item.page, at: Step.name)
        }
      }
      let cpu = Clock.threadCPU() - startCPU
      context.recorder.add(items: items, cpu: cpu, busy: busy, toStage: index)
    }
    return WorkerQueue(name: Step.name, workers: workers, work: work, atEnd: atEnd)
  }
}
