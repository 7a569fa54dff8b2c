// Channels under many threads: bounds, waiting, closing, cancelling.

import Dispatch
import Glibc
import Synchronization
import Testing

@testable import WinnowPipeline

@Suite("Channel", .timeLimit(.minutes(10)))
struct ChannelTests {
  struct Load: Sendable, CustomTestStringConvertible {
    let senders: Int, receivers: Int, capacity: Int, byteCapacity: Int
    var testDescription: String {
      "\(senders) senders, \(receivers) receivers, \(capacity) elements, \(byteCapacity) bytes"
    }
  }

  @Test(
    "Every element arrives once and the bounds hold, whatever the number of threads",
    arguments: [
      Load(senders: 1, receivers: 1, capacity: 1, byteCapacity: 1000),
      Load(senders: 4, receivers: 4, capacity: 3, byteCapacity: 1000),
      Load(senders: 8, receivers: 2, capacity: 16, byteCapacity: 40),
      Load(senders: 2, receivers: 8, capacity: 16, byteCapacity: 21),
    ])
  func bounds(_ load: Load) {
    let channel = Channel<Int>(capacity: load.capacity, byteCapacity: load.byteCapacity)
    let each = 2_000
    let received = Mutex<[Int]>([])
    let senders = DispatchGroup()
    let receivers = DispatchGroup()
    for sender in 0..<load.senders {
      DispatchQueue(label: "sender").async(group: senders) {
        for number in 0..<each {
          // Costs from 1 to 20 bytes, all within the smallest bound.
          #expect(channel.send(sender * each + number, bytes: 1 + number % 20))
        }
      }
    }
    for _ in 0..<load.receivers {
      DispatchQueue(label: "receiver").async(group: receivers) {
        while let element = channel.receive() { received.withLock { $0.append(element) } }
      }
    }
    senders.wait()
    channel.close()
    receivers.wait()
    let all = received.withLock { $0 }
    #expect(all.sorted() == Array(0..<(load.senders * each)))
    #expect(channel.snapshot().peakCount <= load.capacity)
    #expect(channel.snapshot().peakBytes <= load.byteCapacity)
    #expect(channel.snapshot().bytes == 0)
  }

  @Test("One sender's elements arrive in their order")
  func order() {
    let channel = Channel<Int>(capacity: 3, byteCapacity: 100)
    DispatchQueue(label: "sender").async {
      for number in 0..<1000 { _ = channel.send(number, bytes: 1) }
      channel.close()
    }
    var received: [Int] = []
    while let element = channel.receive() { received.append(element) }
    #expect(received == Array(0..<1000))
  }

  @Test("A sender waits while the receiver does nothing", arguments: [(4, 1000), (1000, 4)])
  func senderWaits(capacity: Int, byteCapacity: Int) {
    let channel = Channel<Int>(capacity: capacity, byteCapacity: byteCapacity)
    let sent = Atomic<Int>(0)
    let sender = DispatchGroup()
    DispatchQueue(label: "sender").async(group: sender) {
      for number in 0..<10 where channel.send(number, bytes: 1) {
        sent.add(1, ordering: .sequentiallyConsistent)
      }
    }
    wait { channel.snapshot().waitingSenders == 1 }
    #expect(sent.load(ordering: .sequentiallyConsistent) == 4)
    #expect(channel.receive() == 0)
    wait { sent.load(ordering: .sequentiallyConsistent) == 5 }
    wait { channel.snapshot().waitingSenders == 1 }
    #expect(channel.snapshot().count == 4)
    for number in 1..<10 { #expect(channel.receive() == number) }
    sender.wait()
  }

  @Test("An element larger than the bound passes alone")
  func largeElement() {
    let channel = Channel<Int>(capacity: 8, byteCapacity: 10)
    #expect(channel.send(1, bytes: 5))
    let sender = DispatchGroup()
    DispatchQueue(label: "sender").async(group: sender) { _ = channel.send(2, bytes: 500) }
    wait { channel.snapshot().waitingSenders == 1 }
    #expect(channel.receive() == 1)
    sender.wait()
    #expect(channel.snapshot().count == 1)
    #expect(channel.receive() == 2)
  }

  @Test("A closed channel gives what it holds, then nothing")
  func close() {
    let channel = Channel<Int>(capacity: 8, byteCapacity: 10)
    _ = channel.send(1, bytes: 1)
    channel.close()
    #expect(channel.receive() == 1)
    #expect(channel.receive() == nil)
  }

  @Test("Closing wakes the receivers that wait")
  func closeWakes() {
    let channel = Channel<Int>(capacity: 1, byteCapacity: 1)
    let receivers = DispatchGroup()
    for _ in 0..<5 {
      DispatchQueue(label: "receiver").async(group: receivers) { #expect(channel.receive() == nil) }
    }
    wait { channel.snapshot().waitingReceivers == 5 }
    channel.close()
    receivers.wait()
  }

  @Test("Cancelling wakes everybody and drops what waits")
  func cancel() {
    let channel = Channel<Int>(capacity: 1, byteCapacity: 1)
    _ = channel.send(1, bytes: 1)
    let senders = DispatchGroup()
    for _ in 0..<5 {
      DispatchQueue(label: "sender").async(group: senders) { #expect(!channel.send(2, bytes: 1)) }
    }
    wait { channel.snapshot().waitingSenders == 5 }
    channel.cancel()
    senders.wait()
    #expect(channel.receive() == nil)
    #expect(!channel.send(3, bytes: 1))
  }
}

/// Waits for a state that another thread brings about; the suite's time limit ends it if it never
/// comes.
func wait(until isReached: () -> Bool) {
  while !isReached() { sched_yield() }
}
