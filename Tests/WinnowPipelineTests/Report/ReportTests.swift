// What users read: escaped paths, the report, the summary, the lists.

import Glibc
import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("The report")
struct ReportTests {
  struct PathCase: Sendable, CustomTestStringConvertible {
    let path: [UInt8], shown: String
    var testDescription: String { shown }
  }

  @Test(
    "A path is shown without anything a terminal acts on",
    arguments: [
      PathCase(path: Array("news/a.html".utf8), shown: "news/a.html"),
      PathCase(path: Array("日本/é.html".utf8), shown: "日本/é.html"),
      PathCase(path: Array("a\n\u{1B}[31m\t".utf8), shown: "a\\u{A}\\u{1B}[31m\\u{9}"),
      PathCase(path: Array("a\u{7F}\u{9B}\u{202E}".utf8), shown: "a\\u{7F}\\u{9B}\\u{202E}"),
      PathCase(path: Array("caf".utf8) + [0xE9], shown: "caf\\xE9"),
      PathCase(path: [0x80, 0xE2, 0x82, 0x41, 0xFF], shown: "\\x80\\xE2\\x82A\\xFF"),
      PathCase(path: Array("a\\xE9".utf8), shown: "a\\\\xE9"),
      PathCase(path: [], shown: ""),
    ])
  func escapedPath(_ each: PathCase) {
    #expect(EscapedPath(each.path).description == each.shown)
  }

  @Test(
    "A list that does not fit in memory comes out as one that does", arguments: [1 << 20, 4000])
  func spill(memoryLimit: Int) throws {
    let scratch = try ScratchFolder()
    let folder = try OutputFolder(scratch.path("out"))
    let list = PageList(scratch: folder.root, memoryLimit: memoryLimit)
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    var entries: [PageListEntry] = []
    for number in 0..<2000 {
      let path = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      entries.append(
        PageListEntry(path: path, stage: "strip", reason: "r\(number % 5)", message: "m\(number)"))
      try list.add(entries[number])
    }
    var read: [PageListEntry] = []
    for _ in 0..<2 {  // It can be read again.
      read = []
      try list.forEach { (entry) throws(SystemError) in read.append(entry) }
    }
    #expect(read == entries.sorted(), "seed \(seed)")
    #expect(try scratch.files(below: "out") == [])
  }

  @Test("winnow-report.json holds the counts, and paths that can be turned back into bytes")
  func json() throws {
    let scratch = try ScratchFolder()
    let folder = try OutputFolder(scratch.path("out"))
    let recorder = RunRecorder(scratch: folder.root)
    recorder.found()
    try recorder.ended(
      PagePath(Array("caf\u{1B}\u{9B}".utf8) + [0xE9]), at: "fetch", FetchFailure.unstable)
    let report = RunReport(
      inputs: [Array("in".utf8)], output: Array("out".utf8), end: .finished, exit: .incomplete,
      started: "2024-05-01T10:00:00.000Z", ended: "2024-05-01T10:00:02.500Z",
      elapsed: 2_500_000_000, tally: recorder.snapshot, stages: [])
    try report.write(to: folder, lists: recorder)
    let text = try scratch.read("out/winnow-report.json")
    #expect(!text.unicodeScalars.contains { 0..<0x20 ~= $0.value && $0 != "\n" })
    #expect(!text.unicodeScalars.contains { 0x7F...0x9F ~= $0.value })
    let value = try JSONValue(reading: Array(text.utf8))
    #expect(value["exitCode"] == 3)
    #expect(value["seconds"] == 2.5)
    #expect(value["pages"]?["found"] == 1)
    #expect(value["failed"]?["unstable"] == 1)
    let failures = value["failures"]?.array ?? []
    #expect(failures.count == 1)
    #expect(failures.first?["path"] == "caf\u{1B}\u{9B}\u{FFFD}")
    #expect(failures.first?["pathHex"] == "6361661bc29be9")
    #expect(failures.first?["stage"] == "fetch")
    #expect(failures.first?["reason"] == "unstable")
  }

  @Test("The summary says how many pages ended how, and how fast")
  func summary() {
    var tally = RunTally()
    tally.written = 1490
    tally.failed = ["empty": 2, "not-html": 3]
    tally.filtered = ["too-short": 2]
    tally.bytesRead = 100_000_000
    #expect(
      RunSummary.lines(tally, end: .finished, elapsed: 12_345_000_000, report: "out/r.json") == [
        "1497 pages in 12.3 s (121.2 pages/s, 8.1 MB/s): 1490 written, 2 filtered, 5 failed",
        "failed: 3 not-html, 2 empty", "filtered: 2 too-short", "report: out/r.json",
      ])
    #expect(
      RunSummary.status(tally, elapsed: 12_345_000_000, total: nil)
        == "1497 pages, 5 failed, 121.2 pages/s, 8.1 MB/s")
    #expect(
      RunSummary.status(tally, elapsed: 12_345_000_000, total: 20_000)
        == "1497 of 20000 pages, 5 failed, 121.2 pages/s, 8.1 MB/s, 2 min 28 s left")
    #expect(
      RunSummary.status(RunTally(), elapsed: 0, total: 5)
        == "0 of 5 pages, 0 failed, 0.0 pages/s, 0.0 MB/s")
  }

  @Test(
    "The exit code tells how a run ended",
    arguments: [
      (RunEnd.finished, 0, 0, nil, 0), (.finished, 1, 0, nil, 3), (.finished, 0, 1, nil, 3),
      (.stopped, 0, 0, SIGINT, 130), (.stopped, 1, 0, SIGTERM, 143), (.lost(""), 0, 0, nil, 1),
    ] as [(RunEnd, Int, Int, Int32?, Int32)])
  func exitStatus(
    end: RunEnd, failed: Int, cutShort: Int, signal: Int32?, expected: Int32
  ) {
    var tally = RunTally()
    tally.failed = failed == 0 ? [:] : ["empty": failed]
    tally.found = failed
    tally.cutShort = cutShort
    #expect(ExitStatus(end, tally, stoppedBy: signal).rawValue == expected)
  }

  @Test("A run whose pages do not add up is no good run")
  func balance() {
    var tally = RunTally()
    tally.found = 3
    tally.written = 2
    #expect(ExitStatus(.finished, tally, stoppedBy: nil) == .fatal)
    tally.unchanged = 1
    #expect(ExitStatus(.finished, tally, stoppedBy: nil) == .success)
  }
}
