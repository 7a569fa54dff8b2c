// Runs that end in the middle of a container, and the runs after them.

import Synchronization
import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("Interrupted containers", .timeLimit(.minutes(10)))
struct InterruptedContainerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let name: String
    let bytes: [UInt8]
  }

  static let records = (0..<60).map { WARCText.page("page \($0)") }
  static let dictionary = Array(WARCText.page("page 7").dropFirst(3))
  static let lines = (0..<60).map { "{\"html\": \"<p>page \($0)</p>\"}\n" }.joined()

  static let cases = [
    Case(testDescription: "plain", name: "a.warc", bytes: records.flatMap { $0 }),
    Case(
      testDescription: "a gzip member a record", name: "a.warc.gz",
      bytes: records.flatMap { Gzip.stored($0) }),
    Case(
      testDescription: "whole-file gzip", name: "a.warc.gz",
      bytes: Gzip.stored(records.flatMap { $0 })),
    Case(
      testDescription: "zstd with a dictionary", name: "a.warc.zst",
      bytes: Zstd.skippable(dictionary)
        + records.flatMap { Zstd.packed($0, dictionary: dictionary) }),
    Case(testDescription: "lines", name: "a.jsonl", bytes: Array(lines.utf8)),
    Case(
      testDescription: "packed lines", name: "a.jsonl.gz", bytes: Gzip.stored(Array(lines.utf8))),
  ]

  /// Runs, and stops when the page that holds `text` is stripped.
  static func run(
    _ scratch: ScratchFolder, stopAt text: String? = nil
  ) throws -> (tally: RunTally, failures: [String], stripped: Int) {
    let handle = StopHandle()
    let bench = try PipelineRunTests.Bench(
      scratch,
      change: { plan in
        plan.strip = StripStage { page throws(PageFailure) in
          handle.count()
          if let text, String(decoding: page.bytes, as: UTF8.self).contains(text) { handle.stop() }
          return try PipelineRunTests.extract(page)
        }
      })
    handle.set(bench.run)
    let (_, failures) = try bench.finish()
    return (bench.recorder.snapshot, failures, handle.pages)
  }

  final class StopHandle: Sendable {
    private let state = Mutex<(run: PipelineRun?, pages: Int)>((nil, 0))
    var pages: Int { state.withLock { $0.pages } }
    func set(_ run: PipelineRun) { state.withLock { $0.run = run } }
    func count() { state.withLock { $0.pages += 1 } }
    func stop() { state.withLock { $0.run }?.stop() }
  }

  @Test("The next run goes on at the record where the last one ended", arguments: cases)
  func goesOn(_ each: Case) throws {
    let scratch = try ScratchFolder()
    let file = "'\(scratch.text)/in/\(each.name)'"
    try scratch.write(each.bytes, to: Array("in/\(each.name)".utf8))
    try Shell.run("touch -d 2020-01-01 \(file)")
    let first = try Self.run(scratch, stopAt: "page 30<")
    #expect(first.tally.written >= 30)
    #expect(first.tally.written < 60)
    // The first record is broken while the file looks as it did: who reads it finds that.
    if !each.testDescription.contains("whole"), !each.testDescription.contains("lines") {
      let at = each.name.hasSuffix(".zst") ? Zstd.skippable(Self.dictionary).count : 30
      try Shell.run(
        "printf XXXX | dd of=\(file) bs=1 seek=\(at) conv=notrunc 2>/dev/null; "
          + "touch -d 2020-01-01 \(file)")
    }
    let second = try Self.run(scratch)
    #expect(second.failures == [])
    #expect(second.tally.found == 60)
    #expect(second.tally.unchanged == first.tally.written)
    #expect(second.tally.written == 60 - first.tally.written)
    #expect(second.tally.isBalanced)
    #expect(second.tally.gone == 0)
    #expect(second.stripped == second.tally.written)
    let third = try Self.run(scratch)
    #expect(third.tally.unchanged == 60)
    #expect(try scratch.files(below: "out/\(each.name)").count == 60)
  }

  @Test("A container that has changed since is read from its beginning")
  func changed() throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.cases[0].bytes, to: Array("in/a.warc".utf8))
    try Shell.run("touch -d 2020-01-01 '\(scratch.text)/in/a.warc'")
    _ = try Self.run(scratch, stopAt: "page 30<")
    try scratch.write(WARCText.page("new") + Self.cases[0].bytes, to: Array("in/a.warc".utf8))
    let second = try Self.run(scratch)
    #expect(second.tally.found == 61)
    #expect(second.stripped == 61)
  }

  @Test("A document that is gone from before the mark is made again")
  func documentGone() throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.cases[0].bytes, to: Array("in/a.warc".utf8))
    try Shell.run("touch -d 2020-01-01 '\(scratch.text)/in/a.warc'")
    let first = try Self.run(scratch, stopAt: "page 30<")
    try Shell.run("rm '\(scratch.text)/out/a.warc/0000000000.txt'")
    let second = try Self.run(scratch)
    #expect(second.tally.found == 60)
    #expect(second.stripped == 61 - first.tally.written)
  }

  @Test("A mark stands behind the last page before which all are done")
  func mark() {
    let stamp = FileStamp(size: 1, modified: 1, inode: 1)
    var progress = ContainerProgress(
      stamp: stamp, options: ContentHash([]), pages: 5)
    for name in ["a", "b", "c", "d"] { progress.met(Array(name.utf8), isDone: name == "c") }
    #expect(progress.mark == nil)
    progress.ended(Array("b".utf8))
    #expect(progress.mark == nil)
    progress.ended(Array("a".utf8))
    #expect(progress.mark?.start.name == Array("c".utf8))
    #expect(progress.mark?.pages == 7)
    progress.ended(Array("d".utf8))
    #expect(progress.mark?.start.name == Array("d".utf8))
    #expect(progress.mark?.pages == 8)
  }

  @Test("Where a page came from is in the ledger")
  func origin() throws {
    let scratch = try ScratchFolder()
    try scratch.write(WARCText.page("one"), to: Array("in/a.warc".utf8))
    _ = try PipelineRunTests.Bench(scratch).finish()
    let ledger = try Ledger(in: scratch.path("out/.winnow"))
    let origins = try ledger.read { (database) throws(SQLiteError) in
      try database.all(
        "SELECT url, saved, record FROM origin JOIN page ON page.id = origin.page"
      ) { [$0.text(0), $0.text(1), $0.text(2)] }
    }
    #expect(
      origins == [
        [
          "https://example.org/\(WARCText.http(Array("<p>one</p>".utf8)).count)",
          "2024-05-01T10:00:00Z", "urn:uuid:1",
        ]
      ])
  }
}
