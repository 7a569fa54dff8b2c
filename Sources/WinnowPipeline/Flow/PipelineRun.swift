// A run: input folders in, documents out. The stages are joined here, each to the next by a channel:
//
//   walk -> [files] -> fetch -> [pages] -> strip -> [documents] -> normalize -> [documents]
//        -> filter -> [documents] -> emit
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
  private let plan: RunPlan
  private let recorder: RunRecorder
  let files: Channel<Item<FoundFile>>
  let pages: Channel<Item<FetchedPage>>
  /// In the order of the stages: behind strip, behind normalize, behind filter.
  private let documents: [Channel<Item<Document>>]
  private let end = Mutex(RunEnd.finished)

  package init(_ plan: RunPlan, recorder: RunRecorder) {
    self.plan = plan
    self.recorder = recorder
    let (count, bytes) = (plan.queuePages, plan.queueBytes)
    files = Channel(capacity: count, byteCapacity: bytes)
    pages = Channel(capacity: count, byteCapacity: bytes)
    let stagesOnDocuments = 1 + (plan.normalize == nil ? 0 : 1) + (plan.filter == nil ? 0 : 1)
    documents = (0..<stagesOnDocuments).map { _ in Channel(capacity: count, byteCapacity: bytes) }
  }

  /// Runs all stages to their end, on their own queues; the calling thread waits.
  package func run() -> RunEnd {
    let queues = makeQueues()
    // From the last to the first, one worker of each before any second: see WorkerQueue.
    for queue in queues.reversed() { queue.startFirst() }
    for queue in queues.reversed() { queue.startOthers() }
    for queue in queues { queue.wait() }
    return end.withLock { $0 }
  }

  /// No more pages are read; those that were are finished.
  package func stop() {
    end.withLock { if $0 == .finished { $0 = .stopped } }
    files.cancel()
  }

  private func lose(_ message: String) {
    end.withLock { end in
      if case .lost = end { return }
      end = .lost(message)
    }
    files.cancel()
    pages.cancel()
    for channel in documents { channel.cancel() }
  }

  private func makeQueues() -> [WorkerQueue] {
    let context = RunContext(recorder: recorder) { [weak self] in self?.lose($0) }
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
    return queues
  }

  private func walkQueue(_ context: RunContext) -> WorkerQueue {
    let (plan, files) = (plan, files)
    let work = { @Sendable in
      for root in plan.inputs {
        var walk = FolderWalk(root, rules: plan.rules, output: plan.output.identity) { event in
          switch event {
          case .page(let file, let page):
            context.recorder.found()
            return files.send(Item(page: page, value: file), bytes: file.path.count)
          case .failure(let page, let failure):
            context.record(failure, of: page, at: FetchStage.name)
          case .passedOver(let kind):
            context.recorder.passedOver(kind)
          }
          return true
        }
        guard walk.run() else { return }
      }
    }
    return WorkerQueue(name: "walk", workers: 1, work: work) { files.close() }
  }

  private func fetchQueue(_ context: RunContext) -> WorkerQueue {
    let pages = pages
    return .running(
      plan.fetch, workers: plan.fetchWorkers, from: files, in: context, input: { $0.value },
      handOn: { file, fetched in
        context.recorder.fetched(fetched)
        return pages.send(
          Item(page: file.page, value: fetched), bytes: fetched.page.bytes.count)
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
      handOn: { document, bytes in
        context.keep { () throws(SystemError) in
          try context.recorder.written(document.value, of: document.page, bytes: bytes)
        }
        return true
      }, atEnd: {})
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
