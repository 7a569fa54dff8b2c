// The Dispatch queues of one stage: a number of workers in, each running until the stage's work
// is over.

internal import Dispatch
internal import Synchronization

/// Runs the workers of one stage.
///
/// A worker is one long work item, which waits in channels. Such items must not share a concurrent
/// queue: Dispatch feeds it as many threads as there are cores, and grows that number by about one
/// a second when it sees them blocked (measured on libdispatch 6.3.1: two cores, 100 items, six
/// running after four seconds). A serial queue gets a thread at once ("overcommit"), up to 255 in a
/// process. Hence each worker has a serial queue of its own, named after the stage.
///
/// More than 255 workers cannot block the run either. `startFirst` returns when the stage's first
/// worker runs, and `PipelineRun` calls it for every stage before it starts a second worker
/// anywhere: one running worker in every stage is enough to bring all pages through. And a stage
/// ends when no worker runs any more, whether or not the others ever got a thread: a worker returns
/// only when its channel will give nothing more, so that one which comes later has nothing to do.
package final class WorkerQueue: Sendable {
  package let name: String
  private let workers: Int
  private let work: @Sendable () -> Void
  private let group = DispatchGroup()
  private let state = Mutex(State())
  private let atEnd: @Sendable () -> Void

  private struct State {
    var running = 0
    var isEnded = false
  }

  /// - Parameters:
  ///   - name: The stage's name; its queues are called `winnow.NAME.1` and so on.
  ///   - workers: At least 1.
  ///   - work: One worker's life; returns when there will be no more to do for any worker.
  ///   - atEnd: Called once, by the last worker that runs.
  package init(
    name: String, workers: Int, work: @escaping @Sendable () -> Void,
    atEnd: @escaping @Sendable () -> Void
  ) {
    precondition(workers >= 1)
    self.name = name
    self.workers = workers
    self.work = work
    self.atEnd = atEnd
  }

  /// Starts one worker and waits until it has its thread.
  package func startFirst() {
    let started = DispatchSemaphore(value: 0)
    start(1) { started.signal() }
    started.wait()
  }

  /// Starts the workers that are left.
  package func startOthers() {
    for number in 1..<workers { start(number + 1) {} }
  }

  /// Waits until every worker has ended.
  package func wait() {
    group.wait()
  }

  private func start(_ number: Int, onThread: @escaping @Sendable () -> Void) {
    DispatchQueue(label: "winnow.\(name).\(number)").async(group: group) { [self] in
      let hasWork = state.withLock { state in
        if !state.isEnded { state.running += 1 }
        return !state.isEnded
      }
      onThread()
      guard hasWork else { return }
      work()
      let isLast = state.withLock { state in
        state.running -= 1
        state.isEnded = state.running == 0
        return state.isEnded
      }
      if isLast { atEnd() }
    }
  }
}
