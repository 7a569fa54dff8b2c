// The changing line on a terminal: drawn a few times a second while a run goes on.

internal import Dispatch
internal import Synchronization

/// Shows how far a run is, on a queue of its own; does nothing when there is no terminal.
package final class ProgressDisplay: Sendable {
  /// Milliseconds between two drawings: often enough to look alive.
  private static let interval = 250

  private let recorder: RunRecorder
  private let target: StandardError
  private let start = Clock.monotonic()
  private let queue = DispatchQueue(label: "winnow.progress")
  private let state = Mutex(State())

  private struct State {
    var isEnded = false
    var total: Int?
  }

  package init(_ recorder: RunRecorder, on target: StandardError) {
    self.recorder = recorder
    self.target = target
  }

  /// Starts drawing, and counting the pages so that the time left can be told.
  package func begin(_ plan: RunPlan) {
    guard target.isTerminal else { return }
    DispatchQueue(label: "winnow.count").async { self.count(plan) }
    queue.async { self.draw() }
  }

  /// Erases the line; nothing is drawn after.
  package func end() {
    guard target.isTerminal else { return }
    state.withLock { $0.isEnded = true }
    queue.sync { target.show(status: "") }
  }

  private func draw() {
    let (isEnded, total) = state.withLock { ($0.isEnded, $0.total) }
    if isEnded { return }
    target.show(
      status: RunSummary.status(
        recorder.snapshot, elapsed: Clock.monotonic() - start, total: total))
    queue.asyncAfter(deadline: .now() + .milliseconds(Self.interval)) { self.draw() }
  }

  /// A walk of its own, which is over long before the pages are.
  private func count(_ plan: RunPlan) {
    var pages = 0
    if plan.inputs.contains(where: \.isOnce) { return }
    for root in plan.inputs {
      var walk = FolderWalk(root, rules: plan.rules, output: plan.output.identity) { event in
        switch event {
        case .passedOver: break
        // What it holds is not known before it is read, and so the number of pages is not.
        case .page(let file, _) where file.container != nil: return false
        case .page, .failure: pages += 1
        }
        return !self.state.withLock { $0.isEnded }
      }
      guard walk.run() else { return }
    }
    let total = pages
    state.withLock { $0.total = total }
  }
}
