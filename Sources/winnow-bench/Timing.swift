// CPU seconds of extraction, round by round.

import Glibc
import Winnow

struct Timing {
  let pages: [Page]
  private let extractor = Extractor()
  private let normalizer = TextNormalizer(NormalizationOptions())

  init(pages: [Page]) {
    self.pages = pages
    // Tables are read and memory is touched before anything is measured.
    for page in pages.prefix(32) { _ = bytes(of: page) }
  }

  /// A page's way, as runs go it: to text, normalised, in the default format.
  private func bytes(of page: Page) -> Int {
    guard var document = try? extractor.document(from: page) else { return 0 }
    normalizer.normalize(&document)
    return OutputFormat.text.render(document).count
  }

  private func bytes(of page: Page, _ clock: StageClock) {
    guard var document = try? extractor.document(from: page, clock: clock) else { return }
    normalizer.normalize(&document)
    clock.lap(.normalize)
    _ = OutputFormat.text.render(document)
    clock.lap(.format)
  }

  func printTotal(_ rounds: Int) {
    let totals = (0..<rounds).map { _ in total() }
    print("{\(head), \"rounds\": [\(totals.map(seconds).joined(separator: ", "))]}")
  }

  func printStages(_ rounds: Int) {
    var steps: [[Double]] = []
    for _ in 0..<rounds {
      let clock = StageClock()
      for page in pages { bytes(of: page, clock) }
      steps.append(clock.nanoseconds.map { Double($0) / 1e9 })
    }
    let members = PageStep.allCases.map { step in
      "\"\(step)\": [\(steps.map { seconds($0[step.rawValue]) }.joined(separator: ", "))]"
    }
    print("{\(head), \"steps\": {\(members.joined(separator: ", "))}}")
  }

  private var head: String {
    "\"pages\": \(pages.count), \"bytes\": \(pages.reduce(0) { $0 + $1.bytes.count })"
  }

  private func total() -> Double {
    let started = Self.cpuSeconds()
    var written = 0
    for page in pages { written += bytes(of: page) }
    // Something depends on the documents, so that none of them is left out.
    precondition(written >= 0)
    return Self.cpuSeconds() - started
  }

  private func seconds(_ value: Double) -> String { "\((value * 1e6).rounded() / 1e6)" }

  private static func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
