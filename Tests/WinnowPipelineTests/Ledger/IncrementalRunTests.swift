// Second runs: which pages are done again, and what becomes of documents whose page is gone.

import Glibc
import Synchronization
import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("A second run", .timeLimit(.minutes(10)))
struct IncrementalRunTests {
  /// One run; returns its counts, and the pages that were extracted, by their text.
  private func run(
    _ scratch: ScratchFolder, policy: RunPolicy = RunPolicy(),
    configure: (inout PipelineConfiguration) -> Void = { _ in }
  ) throws -> (tally: RunTally, texts: [String]) {
    let texts = Mutex<[String]>([])
    let strip = StripStage { (page) throws(PageFailure) in
      texts.withLock { $0.append(String(decoding: page.bytes, as: UTF8.self)) }
      return try PipelineRunTests.extract(page)
    }
    let bench = try PipelineRunTests.Bench(
      scratch, policy: policy, change: { $0.strip = strip }, configure: configure)
    #expect(try bench.finish().end == .finished)
    #expect(bench.recorder.snapshot.isBalanced)
    return (bench.recorder.snapshot, texts.withLock { $0.sorted() })
  }

  /// Pages last changed an hour ago.
  private func pages(_ scratch: ScratchFolder, _ texts: [String: String]) throws {
    for (name, text) in texts { try scratch.write(text, to: "in/\(name)") }
    try Shell.run("find '\(scratch.text)/in' -type f | xargs touch -d '1 hour ago'")
  }

  private func documents(_ scratch: ScratchFolder) throws -> [String] {
    try scratch.files(below: "out").map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("Nothing has changed: nothing is done")
  func unchanged() throws {
    let scratch = try ScratchFolder()
    try pages(scratch, ["a.html": "one", "x/b.html": "two", "bad.html": "!bad"])
    #expect(try run(scratch).texts == ["!bad", "one", "two"])
    let (tally, texts) = try run(scratch)
    #expect(texts == [])
    #expect((tally.unchanged, tally.written, tally.failedPages) == (3, 0, 0))
    #expect(try documents(scratch) == ["a.html.txt", "x/b.html.txt"])
  }

  struct Change: Sendable, CustomTestStringConvertible {
    /// In `sh`, in the scratch folder.
    let script: String
    /// The texts that are extracted again.
    let again: [String]
    var forces = false, retriesFailed = false, verifies = false
    var testDescription: String { script }
  }

  @Test(
    "What has changed is done again, and nothing else",
    arguments: [
      Change(script: "printf ONE > in/a.html; touch -d '2 hours ago' in/a.html", again: ["ONE"]),
      Change(script: "printf three > in/new.html", again: ["three"]),
      Change(script: "touch in/a.html", again: []),
      Change(script: "mv in/a.html in/renamed.html", again: ["one"]),
      Change(script: "rm out/a.html.txt", again: ["one"]),
      Change(script: "echo more >> out/x/b.html.txt", again: ["two"]),
      Change(script: "rm -r out/x", again: ["two"]),
      Change(
        script: "touch -r out/a.html.txt t; echo oNe > out/a.html.txt; touch -r t out/a.html.txt",
        again: []),
      Change(
        script: "touch -r out/a.html.txt t; echo oNe > out/a.html.txt; touch -r t out/a.html.txt",
        again: ["one"], verifies: true),
      Change(script: "true", again: ["!bad"], retriesFailed: true),
      Change(script: "# forced", again: ["!bad", "one", "two"], forces: true),
    ])
  func changed(_ each: Change) throws {
    let scratch = try ScratchFolder()
    try pages(scratch, ["a.html": "one", "x/b.html": "two", "bad.html": "!bad"])
    _ = try run(scratch)
    try #require(try Shell.run("cd '\(scratch.text)'; \(each.script)") == 0)
    var policy = RunPolicy()
    policy.forces = each.forces
    policy.retriesFailed = each.retriesFailed
    policy.verifies = each.verifies
    #expect(try run(scratch, policy: policy).texts == each.again)
    // And then it is settled.
    #expect(try run(scratch).texts == [])
  }

  @Test("Another configuration means all pages; fewer formats leave no old documents")
  func configuration() throws {
    let scratch = try ScratchFolder()
    try pages(scratch, ["a.html": "one", "b.html": "two"])
    _ = try run(scratch) { $0.emit.formats = [.text, .json] }
    #expect(try documents(scratch).count == 4)
    #expect(try run(scratch) { $0.emit.formats = [.json] }.texts == ["one", "two"])
    #expect(try documents(scratch) == ["a.html.json", "b.html.json"])
    #expect(try run(scratch) { $0.emit.formats = [.json] }.texts == [])
  }

  @Test("A file that gives no page is not tried again until it changes")
  func givesNone() throws {
    let scratch = try ScratchFolder()
    try scratch.write([0x1F, 0x8B, 8, 0, 1], to: Array("in/a.html.gz".utf8))
    try pages(scratch, ["b.html": "two"])
    #expect(try run(scratch).tally.failed == ["damaged-gzip": 1])
    let second = try run(scratch).tally
    #expect((second.unchanged, second.failedPages) == (2, 0))
    try scratch.write([0x1F, 0x8B, 8, 0, 1, 2], to: Array("in/a.html.gz".utf8))
    #expect(try run(scratch).tally.failed == ["damaged-gzip": 1])
  }

  @Test("A page that has a document no more leaves none")
  func failsNow() throws {
    let scratch = try ScratchFolder()
    try pages(scratch, ["a.html": "one", "b.html": "two"])
    _ = try run(scratch)
    try pages(scratch, ["a.html": "!bad", "b.html": ""])
    #expect(try run(scratch).tally.failedPages == 2)
    #expect(try documents(scratch) == [])
  }

  @Test("A page that cannot be read keeps its document, and is tried by every run")
  func unreadable() throws {
    let scratch = try ScratchFolder()
    try pages(scratch, ["a.html": "one"])
    _ = try run(scratch)
    try Shell.run("cd '\(scratch.text)/in'; rm a.html; ln -s nowhere a.html")
    for _ in 0..<2 {
      let tally = try run(scratch).tally
      #expect((tally.failed, tally.gone) == (["broken-link": 1], 0))
      #expect(try documents(scratch) == ["a.html.txt"])
    }
  }

  @Test("Documents of pages that are gone stay, or go if that is asked for")
  func prune() throws {
    let scratch = try ScratchFolder()
    try pages(scratch, ["a.html": "one", "x/b.html": "two"])
    _ = try run(scratch)
    try Shell.run("rm '\(scratch.text)/in/x/b.html'")
    let kept = try run(scratch).tally
    #expect((kept.gone, kept.pruned) == (1, 0))
    #expect(try documents(scratch) == ["a.html.txt", "x/b.html.txt"])
    let pruned = try run(scratch) { $0.emit.prune = .delete }.tally
    #expect((pruned.gone, pruned.pruned) == (1, 1))
    #expect(try documents(scratch) == ["a.html.txt"])
    #expect(try run(scratch) { $0.emit.prune = .delete }.tally.gone == 0)
  }

  @Test("Other inputs than before prune nothing the first time, and again")
  func otherInputs() throws {
    let scratch = try ScratchFolder()
    try pages(scratch, ["a.html": "one", "x/b.html": "two", "x/bad.html": "!bad"])
    func run(excluding exclude: [String]) throws -> RunTally {
      try self.run(scratch) {
        $0.emit.prune = .delete
        $0.fetch.exclude = exclude
      }.tally
    }
    _ = try run(excluding: [])
    for _ in 0..<2 {  // As two configurations do that take turns.
      let tally = try run(excluding: ["x/"])
      #expect((tally.gone, tally.pruned) == (2, 0))
      #expect(try documents(scratch) == ["a.html.txt", "x/b.html.txt"])
      #expect(try run(excluding: []).gone == 0)
    }
    #expect(try run(excluding: ["x/"]).pruned == 0)
    #expect(try run(excluding: ["x/"]).pruned == 2)
    #expect(try documents(scratch) == ["a.html.txt"])
  }

  @Test("What failed and is gone is forgotten, unless the inputs were only some pages")
  func failedAndGone() throws {
    let scratch = try ScratchFolder()
    try pages(scratch, ["a.html": "one", "bad.html": "!bad"])
    _ = try run(scratch)
    try Shell.run("ln -s nowhere '\(scratch.text)/in/link.html'; rm '\(scratch.text)/in/bad.html'")
    var some = RunPolicy()
    some.seesAll = false
    #expect(try run(scratch, policy: some).tally.gone == 1)
    #expect(try failures(scratch) == ["bad.html", "link.html"])
    #expect(try run(scratch).tally.gone == 1)
    #expect(try failures(scratch) == ["link.html"])
    try Shell.run("rm '\(scratch.text)/in/link.html'")
    _ = try run(scratch)
    #expect(try failures(scratch) == [])
  }

  /// Pages that the ledger calls failed.
  private func failures(_ scratch: ScratchFolder) throws -> [String] {
    var paths: [String] = []
    try Ledger(reading: scratch.path("out/.winnow")).forEachFailure {
      paths.append(String(decoding: $0.path, as: UTF8.self))
    }
    return paths
  }

  @Test("An input that is empty all at once prunes nothing")
  func emptyInput() throws {
    let scratch = try ScratchFolder()
    try pages(scratch, ["a.html": "one"])
    _ = try run(scratch)
    try Shell.run("rm '\(scratch.text)/in/a.html'")
    let tally = try run(scratch) { $0.emit.prune = .delete }.tally
    #expect((tally.gone, tally.pruned) == (1, 0))
    #expect(try documents(scratch) == ["a.html.txt"])
  }

  @Test("A page changed within the clock's tick after it was read is noticed by its bytes")
  func youngFile() throws {
    let scratch = try ScratchFolder()
    try scratch.write("one", to: "in/a.html")
    try Shell.run("cd '\(scratch.text)'; touch in/a.html; touch -r in/a.html time")
    _ = try run(scratch)
    try Shell.run("cd '\(scratch.text)'; printf two > in/a.html; touch -r time in/a.html")
    #expect(try run(scratch).texts == ["two"])
  }

  @Test("After a run that was killed, what it left is removed, and its work is done")
  func killed() throws {
    let scratch = try ScratchFolder()
    try pages(scratch, ["a.html": "one"])
    // A run that never comes to its end.
    let bench = try PipelineRunTests.Bench(scratch)
    _ = try bench.plan.output.stage(Array("half".utf8), as: OutputPath(bytes: [0x61]))
    bench.plan.output.release()
    #expect(try documents(scratch).count == 1)
    #expect(try run(scratch).texts == ["one"])
    #expect(try documents(scratch) == ["a.html.txt"])
  }
}
