// Faults that are made on purpose, so that `Tools/sanitize/run.sh` can see that they are found:
// `planted guarded` has none; `race`, `overflow` and `leak` have what they are called after.

import Dispatch
import Synchronization

final class Counter: @unchecked Sendable {
  private let lock = Mutex(())
  private var value = 0

  func add(isGuarded: Bool) {
    if isGuarded { lock.withLock { _ in value += 1 } } else { value += 1 }
  }
}

/// A global made when it is first asked for, of text that is too long to stand in it: no leak, though
/// Swift marks the only pointer to it with bits that hide it.
enum Names {
  static let all = CommandLine.arguments.map { "what stands here is longer than fifteen bytes: \($0)" }
}

let kind = CommandLine.arguments.dropFirst().first ?? "guarded"
if kind == "overflow" {
  let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: 16)
  bytes[16] = 1
  print(bytes[16])
  bytes.deallocate()
} else if kind == "leak" {
  for size in 1...100 { _ = UnsafeMutablePointer<UInt8>.allocate(capacity: size * 64) }
} else {
  print(Names.all.count)
  let counter = Counter()
  // Enough that the threads wait for each other in the kernel, too.
  DispatchQueue.concurrentPerform(iterations: 4) { thread in
    for step in 0..<100_000 {
      counter.add(isGuarded: !(kind == "race" && thread == 0 && step % 10 == 0))
    }
  }
}
