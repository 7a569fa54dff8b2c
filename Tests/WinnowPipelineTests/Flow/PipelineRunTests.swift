// Whole runs over small folders, with a stand-in for the extraction.

import Dispatch
import Synchronization
import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("A run", .timeLimit(.minutes(10)))
struct PipelineRunTests {
  /// The page's text as one block; pages that begin with `!` fail, with `~` are degraded, with `^` cut short.
  static func extract(_ page: Page) throws(PageFailure) -> Document {
    let text = String(decoding: page.bytes, as: UTF8.self)
    if text.isEmpty { throw .empty }
    if text.hasPrefix("!") { throw .notHTML(kind: "a test") }
    return Document(
      blocks: [DocumentBlock(role: .body, text: text)],
      degradations: text.hasPrefix("~") ? [.depth] : text.hasPrefix("^") ? [.time] : [])
  }

  /// A run from `in` to `folder` of a scratch folder.
  struct Bench {
    let plan: RunPlan
    let recorder: RunRecorder
    let run: PipelineRun
    let ledger: RunLedger

    init(
      _ scratch: ScratchFolder, to folder: String = "out", queuePages: Int = 8,
      policy: RunPolicy = RunPolicy(), inputs: [InputRoot]? = nil,
      change: (inout RunPlan) -> Void = { _ in },
      configure: (inout PipelineConfiguration) -> Void = { _ in }
    ) throws {
      var configuration = PipelineConfiguration(
        fetch: FetchOptions(), strip: StripOptions(), normalize: NormalizeOptions(),
        filter: FilterOptions(), emit: EmitOptions())
      configuration.fetch.input = [scratch.path("in")]
      configuration.fetch.queuePages = queuePages
      configuration.emit.output = scratch.path(folder)
      configure(&configuration)
      let output = try OutputFolder(configuration.emit.output)
      try output.claim()
      var plan = RunPlan(
        configuration, inputs: try inputs ?? InputRoot.open(configuration.fetch), output: output)
      plan.strip = StripStage(extract: PipelineRunTests.extract)
      change(&plan)
      self.plan = plan
      recorder = RunRecorder(scratch: output.root)
      var policy = policy
      policy.prune = configuration.emit.prune
      ledger = try RunLedger(
        Ledger(in: output.ownPath), output: output, configuration: configuration, policy: policy)
      run = PipelineRun(plan, recorder: recorder, ledger: ledger)
    }

    /// Runs to the end; returns the paths of the failures with their reasons.
    func finish() throws -> (end: RunEnd, failures: [String]) {
      let end = run.run()
      let tally = recorder.snapshot
      try ledger.finish(
        RunRecord(
          tally, end: end, exit: ExitStatus(end, tally, stoppedBy: nil), started: "", ended: "",
          elapsed: 0))
      plan.output.release()
      var failures: [String] = []
      try recorder.failures.forEach { (entry) throws(SystemError) in
        failures.append("\(EscapedPath(entry.path)) \(entry.reason)")
      }
      return (end, failures)
    }
  }

  @Test("The output is the same bytes for any number of workers")
  func workers() throws {
    let scratch = try ScratchFolder()
    for number in 0..<200 {
      let text =
        number % 17 == 0 ? "!bad" : "page \(number)\n" + String(repeating: "x", count: number)
      try scratch.write(text, to: "in/\(number % 7)/\(number % 3)/\(number).html")
    }
    try scratch.write(Gzip.stored("packed"), to: Array("in/packed.html.gz".utf8))
    var results: [String: [String]] = [:]
    for workers in [1, 2, 8] {
      let bench = try Bench(scratch, to: "out\(workers)") { plan in
        plan.fetchWorkers = workers
        plan.stripWorkers = workers
        plan.normalizeWorkers = workers
        plan.filterWorkers = workers
        plan.emitWorkers = workers
      }
      let (end, failures) = try bench.finish()
      #expect(end == .finished)
      let files = try scratch.files(below: "out\(workers)").map { name in
        let text = try scratch.read(Array("out\(workers)/".utf8) + name)
        return String(decoding: name, as: UTF8.self) + ":" + String(decoding: text, as: UTF8.self)
      }
      results["\(workers)"] = files + failures
    }
    #expect(results["1"]?.count == 201)
    #expect(results["2"] == results["1"])
    #expect(results["8"] == results["1"])
  }

  @Test("A page that fails is recorded with its reason, and the others are written")
  func failures() throws {
    let scratch = try ScratchFolder()
    try scratch.write("good", to: "in/good.html")
    try scratch.write("~good", to: "in/degraded.html")
    try scratch.write("", to: "in/empty.html")
    try scratch.write("!", to: "in/bad.html")
    try scratch.write([0x1F, 0x8B, 8, 0, 0], to: Array("in/cut.html.gz".utf8))
    let bench = try Bench(scratch)
    let (end, failures) = try bench.finish()
    #expect(end == .finished)
    #expect(failures == ["bad.html not-html", "cut.html.gz damaged-gzip", "empty.html empty"])
    #expect(
      try scratch.files(below: "out").map { String(decoding: $0, as: UTF8.self) }
        == ["degraded.html.txt", "good.html.txt"])
    let tally = bench.recorder.snapshot
    #expect((tally.found, tally.written, tally.degraded) == (5, 2, 1))
    #expect(ExitStatus(end, tally, stoppedBy: nil) == .incomplete)
  }

  @Test(
    "A page whose structure was simplified is no failure, one that was cut short is",
    arguments: [
      ("~page", 0), ("^page", 3),
    ])
  func degraded(page: String, expected: Int32) throws {
    let scratch = try ScratchFolder()
    try scratch.write(page, to: "in/a.html")
    let bench = try Bench(scratch)
    let end = try bench.finish().end
    #expect(bench.recorder.snapshot.degraded == 1)
    #expect(ExitStatus(end, bench.recorder.snapshot, stoppedBy: nil).rawValue == expected)
  }

  @Test("While strip stands still, reading stops at the bound, and so does the walk")
  func backPressure() throws {
    let scratch = try ScratchFolder()
    for number in 0..<100 { try scratch.write("page", to: "in/\(number).html") }
    let gate = DispatchSemaphore(value: 0)
    let bench = try Bench(scratch, queuePages: 4) { plan in
      plan.stripWorkers = 1
      plan.fetchWorkers = 1
      plan.strip = StripStage { (page) throws(PageFailure) in
        gate.wait()
        return try Self.extract(page)
      }
    }
    let ended = DispatchGroup()
    DispatchQueue(label: "run").async(group: ended) { _ = bench.run.run() }
    // Four wait in each channel; one is in the hands of strip, one of fetch. The walk finds pages by
    // fours, and so has another two.
    wait {
      let pages = bench.run.pages.snapshot()
      return bench.run.files.snapshot().waitingSenders == 1 && pages.count == 4
        && pages.waitingSenders == 1
        && bench.recorder.snapshot.found >= 4 + 4 + 2 + 2
    }
    #expect(bench.recorder.snapshot.found == 4 + 4 + 2 + 2)
    #expect(bench.run.pages.snapshot().count == 4)
    for _ in 0..<100 { gate.signal() }
    ended.wait()
    #expect(bench.recorder.snapshot.written == 100)
  }

  @Test("A stopped run finishes the pages it has read and reads no others")
  func stop() throws {
    let scratch = try ScratchFolder()
    for number in 0..<100 { try scratch.write("page", to: "in/\(number).html") }
    let gate = DispatchSemaphore(value: 0)
    let taken = Mutex(0)
    let bench = try Bench(scratch, queuePages: 4) { plan in
      plan.stripWorkers = 1
      plan.fetchWorkers = 1
      plan.strip = StripStage { (page) throws(PageFailure) in
        taken.withLock { $0 += 1 }
        gate.wait()
        return try Self.extract(page)
      }
    }
    let end = Mutex(RunEnd.finished)
    let ended = DispatchGroup()
    DispatchQueue(label: "run").async(group: ended) {
      let result = bench.run.run()
      end.withLock { $0 = result }
    }
    wait {
      let pages = bench.run.pages.snapshot()
      return taken.withLock { $0 } == 1 && pages.count == 4 && pages.waitingSenders == 1
    }
    bench.run.stop()
    for _ in 0..<100 { gate.signal() }
    ended.wait()
    #expect(end.withLock { $0 } == .stopped)
    // Strip's one, the four that waited and the one fetch held.
    #expect(bench.recorder.snapshot.written == 6)
    #expect(try scratch.files(below: "out").filter { $0.starts(with: ".winnow-tmp".utf8) } == [])
  }

  @Test("More workers than there are threads to have do not block a run")
  func manyWorkers() throws {
    let scratch = try ScratchFolder()
    for number in 0..<50 { try scratch.write("page", to: "in/\(number).html") }
    let bench = try Bench(scratch) { plan in
      plan.fetchWorkers = 300
      plan.stripWorkers = 300
    }
    #expect(try bench.finish().end == .finished)
    #expect(bench.recorder.snapshot.written == 50)
  }

  @Test("An output folder inside the input is not read back")
  func outputInside() throws {
    let scratch = try ScratchFolder()
    try scratch.write("page", to: "in/a.html")
    for _ in 0..<2 {
      let bench = try Bench(scratch, to: "in/out") { plan in
        plan.emit = EmitStage(EmitOptions(), folder: plan.output)
      }
      try scratch.write("not a page", to: "in/out/planted.html")
      #expect(try bench.finish().end == .finished)
      #expect(bench.recorder.snapshot.found == 1)
      #expect(bench.recorder.snapshot.passedOver == ["output folders": 1])
    }
  }

  @Test("Several inputs keep their pages apart")
  func severalInputs() throws {
    let scratch = try ScratchFolder()
    for folder in ["one/news", "two/news"] { try scratch.write("page", to: "\(folder)/a.html") }
    try scratch.write("page", to: "three/a.html")
    let paths = ["one/news", "two/news/", "three/a.html", "one/news/a.html"].map {
      scratch.path($0)
    }
    var found: [String] = []
    for root in try InputRoot.open(paths) {
      let rules = PathRules(include: ["*.html"], exclude: [])
      var walk = FolderWalk(root, rules: rules, output: nil) { event in
        if case .page(_, let page) = event { found.append(EscapedPath(page.bytes).description) }
        return true
      }
      _ = walk.run()
    }
    #expect(found == ["news/a.html", "news~2/a.html", "a.html", "a.html~2"])
  }
}
