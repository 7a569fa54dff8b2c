// A bounded queue between two stages: elements in at one end, out at the other, first in first out.
//
// Senders wait while it is full and receivers while it is empty. Bounded twice, by elements and by
// their bytes, since pages differ in size by four orders of magnitude.

internal import Dispatch
internal import Synchronization

/// Passes elements from the workers of one stage to those of the next.
///
/// Any number of threads may send and receive. A sender waits as long as the channel holds
/// `capacity` elements, or as its element would take it past `byteCapacity`; an empty channel takes
/// any element, so that one larger than `byteCapacity` still passes, alone.
package final class Channel<Element: Sendable>: Sendable {
  /// What a channel holds and who waits for it.
  package struct State: Sendable {
    /// Elements with their cost, oldest at `head`; a ring.
    fileprivate var ring: [(element: Element, bytes: Int)?]
    fileprivate var head = 0
    /// Elements waiting now and the most there ever were; likewise their bytes.
    package fileprivate(set) var count = 0
    package fileprivate(set) var bytes = 0
    package fileprivate(set) var peakCount = 0
    package fileprivate(set) var peakBytes = 0
    /// Threads asleep in `send` and in `receive`.
    package fileprivate(set) var waitingSenders = 0
    package fileprivate(set) var waitingReceivers = 0
    package fileprivate(set) var isClosed = false
    package fileprivate(set) var isCancelled = false
  }

  private let capacity: Int
  private let byteCapacity: Int
  private let state: Mutex<State>
  // A thread that must wait counts itself in `state`, unlocks and waits here; whoever makes room
  // takes it off the count and signals. A semaphore remembers a signal that comes before the wait,
  // so none is lost; a woken thread looks at the state again, so one too many does no harm.
  private let room = DispatchSemaphore(value: 0)
  private let supply = DispatchSemaphore(value: 0)

  /// - Parameters:
  ///   - capacity: Most elements that wait, at least 1.
  ///   - byteCapacity: Most bytes they cost together, at least 1.
  package init(capacity: Int, byteCapacity: Int) {
    precondition(capacity >= 1 && byteCapacity >= 1)
    self.capacity = capacity
    self.byteCapacity = byteCapacity
    state = Mutex(State(ring: Array(repeating: nil, count: capacity)))
  }

  /// Appends an element, waiting for room.
  ///
  /// - Parameter bytes: What the element costs while it waits.
  /// - Returns: `false` when the channel was cancelled; the element is dropped.
  package func send(_ element: Element, bytes: Int) -> Bool {
    while true {
      let step = state.withLock { state -> Step<Bool> in
        if state.isCancelled { return .done(false, wake: 0) }
        precondition(!state.isClosed, "an element was sent after the last")
        let fits = state.count < capacity && (state.bytes + bytes <= byteCapacity)
        guard fits || state.count == 0 else {
          state.waitingSenders += 1
          return .wait
        }
        state.append(element, bytes: bytes)
        let woken = min(state.waitingReceivers, 1)
        state.waitingReceivers -= woken
        return .done(true, wake: woken)
      }
      switch step {
      case .wait:
        room.wait()
      case .done(let result, let woken):
        if woken > 0 { supply.signal() }
        return result
      }
    }
  }

  /// Takes the oldest element, waiting for one.
  ///
  /// - Returns: `nil` when none will come: the channel is closed and empty, or cancelled.
  package func receive() -> Element? {
    while true {
      let step = state.withLock { state -> Step<Element?> in
        if state.isCancelled { return .done(nil, wake: 0) }
        guard state.count > 0 else {
          if state.isClosed { return .done(nil, wake: 0) }
          state.waitingReceivers += 1
          return .wait
        }
        let element = state.removeFirst()
        // All senders: one large element can make room for many small ones.
        let woken = state.waitingSenders
        state.waitingSenders = 0
        return .done(element, wake: woken)
      }
      switch step {
      case .wait:
        supply.wait()
      case .done(let result, let woken):
        for _ in 0..<woken { room.signal() }
        return result
      }
    }
  }

  /// No more elements will be sent; those that wait can still be received.
  package func close() {
    end { $0.isClosed = true }
  }

  /// Drops the elements that wait; from now on `send` and `receive` return at once.
  package func cancel() {
    end { state in
      state.isCancelled = true
      state.ring = Array(repeating: nil, count: state.ring.count)
      state.head = 0
      state.count = 0
      state.bytes = 0
    }
  }

  /// A copy of the counts, for tests and progress.
  package func snapshot() -> State {
    state.withLock { state in
      var copy = state
      copy.ring = []
      return copy
    }
  }

  private func end(_ change: (inout State) -> Void) {
    let (senders, receivers) = state.withLock { state in
      change(&state)
      let sleepers = (state.waitingSenders, state.waitingReceivers)
      state.waitingSenders = 0
      state.waitingReceivers = 0
      return sleepers
    }
    for _ in 0..<senders { room.signal() }
    for _ in 0..<receivers { supply.signal() }
  }

  /// What to do once the lock is released.
  private enum Step<Result> {
    case wait
    case done(Result, wake: Int)
  }
}

extension Channel.State {
  fileprivate mutating func append(_ element: Element, bytes cost: Int) {
    ring[(head + count) % ring.count] = (element, cost)
    count += 1
    bytes += cost
    peakCount = max(peakCount, count)
    peakBytes = max(peakBytes, bytes)
  }

  fileprivate mutating func removeFirst() -> Element? {
    guard let (element, cost) = ring[head] else { return nil }
    ring[head] = nil
    head = (head + 1) % ring.count
    count -= 1
    bytes -= cost
    return element
  }
}
