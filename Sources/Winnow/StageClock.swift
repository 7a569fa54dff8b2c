// What each step of a page's way costs, for the benchmark that asks.

import Glibc

/// The steps from a page's bytes to a document in its format.
package enum PageStep: Int, CaseIterable, Sendable {
  case decode, prefilter, parse, blocks, features, scores, choice, metadata, residue, normalize
  case format
}

/// Adds up the CPU time of the thread, step by step. A page without a clock costs a test a step.
package final class StageClock {
  /// Nanoseconds, by the step's number.
  package private(set) var nanoseconds = [UInt64](repeating: 0, count: PageStep.allCases.count)
  private var last: UInt64 = 0

  package init() {}

  /// The next step starts here.
  package func start() { last = Self.now() }

  /// The step ends here, and the next starts.
  package func lap(_ step: PageStep) {
    let now = Self.now()
    nanoseconds[step.rawValue] += now - last
    last = now
  }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}

extension Extractor {
  /// As `document(from:)` for a web page, timed step by step.
  package func document(from page: Page, clock: StageClock) throws(PageFailure) -> Document {
    clock.start()
    let reading = try PageReading(of: page, options, clock: clock)
    return Extraction(reading, clock: clock).document(clock: clock)
  }
}
