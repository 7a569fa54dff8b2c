// Whole runs over containers: their pages' documents, and the report's counts.

import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("A run over containers", .timeLimit(.minutes(10)))
struct ContainerRunTests {
  @Test("Each record becomes a document below the archive's name; bad ones are recorded")
  func documents() throws {
    let scratch = try ScratchFolder()
    let archive = WARCText.page("one") + Array("junk\r\n".utf8) + WARCText.page("two")
    try scratch.write(archive, to: Array("in/a.warc".utf8))
    try scratch.write("{\"text\": \"three\"}\n[]\n", to: "in/b.jsonl")
    try scratch.write("four", to: "in/c.html")
    let bench = try PipelineRunTests.Bench(scratch)
    let (end, failures) = try bench.finish()
    #expect(end == .finished)
    let second = ContainerPlace.padded(WARCText.page("one").count + 6)
    let junk = ContainerPlace.padded(WARCText.page("one").count)
    #expect(failures == ["a.warc/\(junk) damaged-record", "b.jsonl/0000000002 bad-line"])
    #expect(try scratch.read("out/a.warc/0000000000.txt") == "<p>one</p>\n")
    #expect(try scratch.read("out/a.warc/\(second).txt") == "<p>two</p>\n")
    #expect(try scratch.read("out/b.jsonl/0000000001.txt") == "three\n")
    #expect(try scratch.read("out/c.html.txt") == "four\n")
    let tally = bench.recorder.snapshot
    #expect(tally.found == 6)
    #expect(tally.written == 4)
    #expect(tally.isBalanced)
  }

  @Test("A run that is stopped does not read a container to its end")
  func stop() throws {
    let scratch = try ScratchFolder()
    let line = "{\"text\": \"x\"}\n"
    try scratch.write(String(repeating: line, count: 20_000), to: "in/a.jsonl")
    let bench = try PipelineRunTests.Bench(scratch)
    bench.run.stop()
    let (end, _) = try bench.finish()
    #expect(end == .stopped)
    #expect(bench.recorder.snapshot.written < 20_000)
  }

  /// Two pages, a bad line and a page in a folder.
  static func fill(_ scratch: ScratchFolder) throws {
    try scratch.write(WARCText.page("one") + WARCText.page("two"), to: Array("in/a.warc".utf8))
    try scratch.write("{\"text\": \"three\"}\n[]\n", to: "in/b.jsonl")
    try scratch.write("four", to: "in/c.html")
    try Shell.run("touch -d '2020-01-01' '\(scratch.text)'/in/*")
  }

  @Test("A container that has not changed is not read again")
  func unchanged() throws {
    let scratch = try ScratchFolder()
    try Self.fill(scratch)
    _ = try PipelineRunTests.Bench(scratch).finish()
    let bench = try PipelineRunTests.Bench(scratch)
    let (_, failures) = try bench.finish()
    let tally = bench.recorder.snapshot
    #expect(failures == [])
    #expect(tally.found == 5)
    #expect(tally.unchanged == 5)
    #expect(tally.written == 0)
    #expect(tally.gone == 0)
    #expect(tally.bytesRead == 0)
  }

  @Test("Of a container that has changed, only what is new or other is done again")
  func changed() throws {
    let scratch = try ScratchFolder()
    try Self.fill(scratch)
    _ = try PipelineRunTests.Bench(scratch).finish()
    let lines = "{\"text\": \"three\"}\n{\"text\": \"mended\"}\n{\"text\": \"new\"}\n"
    try scratch.write(lines, to: "in/b.jsonl")
    let bench = try PipelineRunTests.Bench(scratch)
    _ = try bench.finish()
    let tally = bench.recorder.snapshot
    #expect(tally.written == 2)
    #expect(tally.unchanged == 4)
    #expect(try scratch.read("out/b.jsonl/0000000002.txt") == "mended\n")
  }

  @Test("A document that is gone is made again from its container")
  func documentGone() throws {
    let scratch = try ScratchFolder()
    try Self.fill(scratch)
    _ = try PipelineRunTests.Bench(scratch).finish()
    try Shell.run("rm '\(scratch.text)/out/a.warc/0000000000.txt'")
    let bench = try PipelineRunTests.Bench(scratch)
    _ = try bench.finish()
    #expect(bench.recorder.snapshot.written == 1)
    #expect(try scratch.read("out/a.warc/0000000000.txt") == "<p>one</p>\n")
  }

  @Test("Pages that left their container lose their documents when asked for")
  func pruned() throws {
    let scratch = try ScratchFolder()
    try Self.fill(scratch)
    _ = try PipelineRunTests.Bench(scratch).finish()
    try scratch.write(WARCText.page("one"), to: Array("in/a.warc".utf8))
    let bench = try PipelineRunTests.Bench(scratch, configure: { $0.emit.prune = .delete })
    _ = try bench.finish()
    #expect(bench.recorder.snapshot.pruned == 1)
    let left = try scratch.files(below: "out/a.warc").map { String(decoding: $0, as: UTF8.self) }
    #expect(left == ["0000000000.txt"])
  }
}
