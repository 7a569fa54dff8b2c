// A run: input folders in, documents out. The stages are joined here, each to the next by a channel:
//
//   walk -> [files] -> fetch -> [pages] -> strip -> [documents] -> normalize -> [documents]
//        -> filter -> [documents] -> emit -> [endings] -> commit
//
// Ways that end early lead to `commit` directly.
//
// A stage waits when the channel behind it is full, the walk last of all.

internal import Synchronization
internal import Winnow

/// How a run ended.
package enum RunEnd: Sendable, Equatable {
  /// All pages were handled.
  case finished
  /// `stop` was called; the pages in hand were finished.
  case stopped
  /// Nothing more could be written; a sentence says why.
  case lost(String)
}

/// One run over some inputs. Call `run` once; `stop` from any thread at any time.
package final class PipelineRun: Sendable {
  let plan: RunPlan
  private let recorder: RunRecorder
  let ledger: RunLedger
  let files: Channel<Item<FoundFile>>
  let pages: Channel<Item<FetchedPage>>
  /// In the order of the stages: behind strip, behind normalize, behind filter.
  private let documents: [Channel<Item<Document>>]
  private let endings: Channel<Ending>
  /// Pages to be done when all others are.
  let lone = Mutex<[LonePage]>([])
  private let end = Mutex(RunEnd.finished)

  package init(_ plan: RunPlan, recorder: RunRecorder, ledger: RunLedger) {
    self.plan = plan
    self.recorder = recorder
    self.ledger = ledger
    let (count, bytes) = (plan.queuePages, plan.queueBytes)
    files = Channel(capacity: count, byteCapacity: bytes)
    pages = Channel(capacity: count, byteCapacity: bytes)
    endings = Channel(capacity: count, byteCapacity: bytes)
    let stagesOnDocuments = 1 + (plan.normalize == nil ? 0 : 1) + (plan.filter == nil ? 0 : 1)
    documents = (0..<stagesOnDocuments).map { _ in Channel(capacity: count, byteCapacity: bytes) }
  }

  /// Runs all stages to their end, on their own queues; the calling thread waits.
  package func run() -> RunEnd {
    let queues = makeQueues()
    // From the last to the first, one worker of each before any second: see WorkerQueue.
    for queue in queues.reversed() { queue.startFirst() }
    for queue in queues.reversed() { queue.startOthers() }
    // A page's way may end at every stage: the endings are closed when no stage runs any more.
    for queue in queues.dropLast() { queue.wait() }
    endings.close()
    queues[queues.count - 1].wait()
    let lone = lone.withLock { $0 }
    var pages = LonePages(plan, context(endings: nil), ledger)
    pages.run(lone) { hasEnded }
    settle()
    return end.withLock { $0 }
  }

  /// No more pages are read; those that were are finished.
  package func stop() {
    end.withLock { if $0 == .finished { $0 = .stopped } }
    files.cancel()
  }

  /// Looks for pages that are gone, if all that are there were met.
  private func settle() {
    guard end.withLock({ $0 }) == .finished else { return }
    do throws(LedgerError) {
      let (gone, pruned) = try ledger.settle(found: recorder.snapshot.found)
      recorder.settled(gone: gone, pruned: pruned)
    } catch {
      lose("\(error)")
      return
    }
    do throws(ShardFailure) {
      try ShardBuilder.build(ledger.rows)
    } catch {
      lose("\(error)")
    }
  }

  /// Whether no more pages are to be begun.
  var hasEnded: Bool { end.withLock { $0 != .finished } }

  func lose(_ message: String) {
    end.withLock { end in
      if case .lost = end { return }
      end = .lost(message)
    }
    files.cancel()
    pages.cancel()
    for channel in documents { channel.cancel() }
  }

  private func context(endings: Channel<Ending>?) -> RunContext {
    RunContext(
      recorder: recorder, ledger: ledger, endings: endings,
      goesOn: { [weak self] in self?.hasEnded == false },
      lose: { [weak self] in self?.lose($0) },
      setAside: { [weak self] page in self?.lone.withLock { $0.append(page) } })
  }

  private func makeQueues() -> [WorkerQueue] {
    let context = context(endings: endings)
    var queues = [walkQueue(context), fetchQueue(context), stripQueue(context)]
    var next = 1
    if let normalize = plan.normalize {
      queues.append(
        documentQueue(normalize, plan.normalizeWorkers, from: next - 1, context))
      next += 1
    }
    if let filter = plan.filter {
      queues.append(documentQueue(filter, plan.filterWorkers, from: next - 1, context))
    }
    queues.append(emitQueue(context))
    queues.append(commitQueue(context))
    return queues
  }

  private func fetchQueue(_ context: RunContext) -> WorkerQueue {
    let pages = pages
    return .fetching(
      plan.fetch, workers: plan.fetchWorkers, from: files, in: context,
      options: plan.containerDigest,
      handOn: { page, fetched in
        context.recorder.fetched(fetched)
        if context.ledger.fetched(page, fetched) {
          context.recorder.unchanged()
          context.end(.unchanged(page.bytes, fetched.stamp))
          return true
        }
        let isSent = pages.send(
          Item(page: page, value: fetched), bytes: fetched.page.bytes.count)
        // A container may hold much more.
        return isSent && context.goesOn()
      }, atEnd: { pages.close() })
  }

  private func stripQueue(_ context: RunContext) -> WorkerQueue {
    let next = documents[0]
    return .running(
      plan.strip, workers: plan.stripWorkers, from: pages, in: context,
      input: { $0.value.page },
      handOn: { next.send(Item(page: $0.page, value: $1), bytes: $1.approximateBytes) },
      atEnd: { next.close() })
  }

  private func documentQueue<Step: Stage>(
    _ stage: Step, _ workers: Int, from index: Int, _ context: RunContext
  ) -> WorkerQueue where Step.Input == Document, Step.Output == Document {
    let next = documents[index + 1]
    return .running(
      stage, workers: workers, from: documents[index], in: context, input: { $0.value },
      handOn: { next.send(Item(page: $0.page, value: $1), bytes: $1.approximateBytes) },
      atEnd: { next.close() })
  }

  private func emitQueue(_ context: RunContext) -> WorkerQueue {
    .running(
      plan.emit, workers: plan.emitWorkers, from: documents[documents.count - 1], in: context,
      input: { EmitInput(page: $0.page, document: $0.value) },
      handOn: { item, emitted in
        context.end(context.written(emitted, item.value, of: item.page))
        return true
      }, atEnd: {})
  }

  private func commitQueue(_ context: RunContext) -> WorkerQueue {
    let (endings, output, ledger) = (endings, plan.output, ledger)
    let work = { @Sendable in
      var batch = CommitBatch(context, output: output, ledger: ledger)
      while let ending = endings.receive() { batch.add(ending) }
      batch.commit()
    }
    return WorkerQueue(name: "commit", workers: 1, work: work) {}
  }
}

extension Document {
  /// About what a document takes of the memory, to bound those that wait; counted, not measured.
  fileprivate var approximateBytes: Int {
    blocks.reduce(1024) { sum, block in
      sum + block.text.utf8.count + 160
        + block.marks.count * MemoryLayout<InlineMark>.stride
        + block.containers.count * MemoryLayout<Container>.stride
    }
  }
}
