// Hostile inputs, one case a kind of fault: each is made, run over as a whole, and looked at after.
// What each reader does in detail is tested beside the reader.

import CArchive
import Glibc
import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("Hostile inputs", .timeLimit(.minutes(10)))
struct HostileInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// The texts of all documents, sorted.
    let documents: [String]
    var failed: [String: Int] = [:]
    var passedOver: [String: Int] = [:]
    var pageLimit = 1 << 20
    /// Makes the input below `in/`.
    let make: @Sendable (ScratchFolder) throws -> Void
  }

  static let lines = Case(
    testDescription: "JSON lines: too long, broken, of other types, BOM, CRLF, surrogates, NUL",
    documents: ["a\u{FFFD}b", "bom", "crlf", "last", "nul"], failed: ["bad-line": 5]
  ) { scratch in
    var bytes = Array("\u{FEFF}{\"text\": \"bom\"}\n{\"text\": \"crlf\"}\r\n".utf8)
    bytes += Array("{\"text\": \n[1]\n3\n{\"text\": 7}\n\n".utf8)
    bytes += Array("{\"text\": \"a\\ud800b\"}\n{\"text\": \"nul\\u0000\"}\n".utf8)
    bytes += [UInt8](repeating: 0x78, count: JSONLines.longestLine + 1)
    bytes += Array("\n{\"text\": \"last\"}".utf8)
    try scratch.write(bytes, to: Array("in/a.jsonl".utf8))
  }

  static let nested = Case(
    testDescription: "JSON nested 100,000 levels deep", documents: ["after"],
    failed: ["bad-line": 1]
  ) { scratch in
    let deep = String(repeating: "[", count: 100_000)
    try scratch.write("{\"text\": \(deep)\n{\"text\": \"after\"}\n", to: "in/a.jsonl")
  }

  static let slip = Case(
    testDescription: "names in archives that lead out: .., /, \\, a drive",
    documents: ["1", "2", "3", "4", "5"]
  ) { scratch in
    let names = [
      "../../slip.html", "/etc/slip.html", "..\\..\\slip.html", "C:\\slip.html", "a/../../s.html",
    ]
    let entries = names.enumerated().map { ArchiveMaker.file($1, "\($0 + 1)") }
    try scratch.write(ArchiveMaker.make(.zip, entries), to: Array("in/a.zip".utf8))
  }

  static let links = Case(
    testDescription: "links, pipes and devices in archives", documents: ["page"],
    passedOver: ["linked entries": 2, "special entries": 2]
  ) { scratch in
    var link = ArchiveMaker.file("a.html", "")
    link.kind = Glibc.S_IFLNK
    link.symlink = "/etc/passwd"
    var hard = ArchiveMaker.file("b.html", "")
    hard.hardlink = "/etc/passwd"
    var pipe = ArchiveMaker.file("c.html", "")
    pipe.kind = Glibc.S_IFIFO
    var device = ArchiveMaker.file("d.html", "")
    device.kind = Glibc.S_IFCHR
    let entries = [link, hard, pipe, device, ArchiveMaker.file("e.html", "page")]
    try scratch.write(ArchiveMaker.make(.tar, entries), to: Array("in/a.tar".utf8))
  }

  static let bombs = Case(
    testDescription: "bombs: a page, an entry, a record's body",
    documents: ["entry", "page", "record"], failed: ["too-large": 3], pageLimit: 1 << 16
  ) { scratch in
    let large = [UInt8](repeating: 0x20, count: 1 << 20)
    try scratch.write(Zstd.packed(large), to: Array("in/a.html.zst".utf8))
    try scratch.write("page", to: "in/b.html")
    let entries = [
      ArchiveMaker.Entry(name: Array("a.html".utf8), bytes: large),
      ArchiveMaker.file("b.html", "entry"),
    ]
    try scratch.write(ArchiveMaker.make(.zip, entries), to: Array("in/c.zip".utf8))
    let bomb = WARCText.http(Zstd.packed(large), fields: "Content-Encoding: zstd\r\n")
    try scratch.write(
      WARCText.record(bomb) + WARCText.response("record"), to: Array("in/d.warc".utf8))
  }

  static let damaged = Case(
    testDescription: "archives and packed files cut off or altered",
    documents: ["line", "tar", "zip"],
    failed: ["damaged-container": 4, "damaged-gzip": 1, "damaged-zstd": 1]
  ) { scratch in
    let entries = [ArchiveMaker.file("a.html", "tar"), ArchiveMaker.file("b.html", "cut")]
    let tar = try ArchiveMaker.make(.tar, entries)
    try scratch.write(Array(tar.prefix(1024 + 300)), to: Array("in/a.tar".utf8))
    var zip = try ArchiveMaker.make(
      .storedZip, [ArchiveMaker.file("a.html", "zip"), ArchiveMaker.file("b.html", "torn")])
    // One byte of the second entry: its checksum is wrong then.
    let text = Array("torn".utf8)
    let place = try #require(
      zip.indices.first { zip[$0...].starts(with: text) && $0 > 40 })
    zip[place] ^= 1
    try scratch.write(zip, to: Array("in/b.zip".utf8))
    try scratch.write("no archive", to: "in/c.zip")
    let line = Array("{\"text\": \"line\"}\n{\"text\": \"cut\"}\n".utf8)
    try scratch.write(Array(Gzip.stored(line).dropLast(12)), to: Array("in/d.jsonl.gz".utf8))
    try scratch.write(Array(Gzip.stored("page").dropLast(3)), to: Array("in/e.html.gz".utf8))
    try scratch.write(
      Array(Zstd.packed(Array("page".utf8)).dropLast(2)), to: Array("in/f.html.zst".utf8))
  }

  static let records = Case(
    testDescription: "records with wrong lengths, junk, long headers",
    documents: ["1", "2", "3", "4", "5"], failed: ["damaged-record": 5]
  ) { scratch in
    let bad = WARCText.http(Array("bad".utf8))
    var archive = WARCText.response("1")
    for (number, length) in ["-7", "99999999999999999999", "5000000"].enumerated() {
      archive += WARCText.record("response", bad, length: length)
      archive += WARCText.response("\(number + 2)")
    }
    archive += Array("junk\nWARC/1.0\r\n".utf8)
    archive += (0..<100_000).flatMap { Array("X-\($0): y\r\n".utf8) }
    archive += WARCText.response("5")
    try scratch.write(archive, to: Array("in/a.warc".utf8))
  }

  static let bodies = Case(
    testDescription: "bodies packed otherwise than their heads say",
    documents: ["br", "chunks", "deflate", "gzip", "packed"], failed: ["unsupported-encoding": 1]
  ) { scratch in
    func record(_ text: String, _ fields: String) -> [UInt8] {
      WARCText.response("<p>\(text)", fields: fields)
    }
    var archive = record("gzip", "Content-Encoding: gzip\r\n")
    archive += record("deflate", "Content-Encoding: deflate\r\n")
    archive += record("br", "Content-Encoding: br\r\n")
    archive += record("chunks", "Transfer-Encoding: chunked\r\n")
    archive += WARCText.record(
      WARCText.http(Gzip.stored("<p>packed"), fields: "Content-Encoding: gzip\r\n"))
    archive += WARCText.response("no markup", fields: "Content-Encoding: rot13\r\n")
    try scratch.write(archive, to: Array("in/a.warc".utf8))
  }

  static let twins = Case(
    testDescription: "names that are alike: twice, in other cases, in other forms, a/b and a_b",
    documents: (1...9).map { "\($0)" }
  ) { scratch in
    let names = [
      "a.html", "a.html", "A.html", "caf\u{E9}.html", "cafe\u{301}.html", "a/b.html", "a_b.html",
      "a%2Fb.html", "a/b.html",
    ]
    let entries = names.enumerated().map { ArchiveMaker.file($1, "\($0 + 1)") }
    try scratch.write(ArchiveMaker.make(.tar, entries), to: Array("in/a.tar".utf8))
  }

  static let names = Case(
    testDescription: "names with line feeds, escapes, dashes, 255 bytes",
    documents: ["1", "2", "3", "4", "5"]
  ) { scratch in
    let names = [
      "a\nb.html", "\u{1B}[31m.html", "-rf.html", "\u{202E}lmth.html",
      String(repeating: "x", count: 250) + ".html",
    ]
    for (number, name) in names.enumerated() {
      try scratch.write("\(number + 1)", to: "in/\(name)")
    }
  }

  static let bytes = Case(
    testDescription: "names that are not UTF-8", documents: ["1", "2", "3"]
  ) { scratch in
    try scratch.write(Array("1".utf8), to: Array("in/".utf8) + [0xFF, 0xFE] + Array(".html".utf8))
    try scratch.write(
      Array("2".utf8), to: Array("in/caf".utf8) + [0xE9] + Array(".html".utf8))
    let entry = ArchiveMaker.Entry(
      name: Array("caf".utf8) + [0xE9] + Array(".html".utf8), bytes: Array("3".utf8))
    try scratch.write(ArchiveMaker.make(.tar, [entry]), to: Array("in/a.tar".utf8))
  }

  static let paths = Case(
    testDescription: "a path longer than any system call takes", documents: ["deep", "page"]
  ) { scratch in
    let folder = String(repeating: "f", count: 200) + "/"
    try scratch.write("deep", to: "in/" + String(repeating: folder, count: 40) + "a.html")
    try scratch.write("page", to: "in/b.html")
  }

  static let cases = [
    lines, nested, slip, links, bombs, damaged, records, bodies, twins, names, bytes, paths,
  ]

  @Test("All good pages are written, all bad ones recorded, and nothing else", arguments: cases)
  func run(_ each: Case) throws {
    let scratch = try ScratchFolder()
    try each.make(scratch)
    try Shell.run("find '\(scratch.text)/in' -type f -exec touch -d 2020-01-01 {} +")
    let before = try scratch.files()
    func finish() throws -> RunTally {
      let bench = try PipelineRunTests.Bench(
        scratch, change: { $0.fetch = FetchStage(limit: each.pageLimit) })
      let (end, _) = try bench.finish()
      #expect(end == .finished)
      let tally = bench.recorder.snapshot
      #expect(tally.isBalanced)
      return tally
    }
    let tally = try finish()
    #expect(tally.failed == each.failed)
    #expect(tally.passedOver.filter { $0.key != "output folders" } == each.passedOver)
    let documents = try scratch.files(below: "out")
    #expect(documents.count == tally.written)
    let texts = try documents.map { path in
      let text = String(decoding: try scratch.read(Array("out/".utf8) + path), as: UTF8.self)
      return text.replacing("<p>", with: "").trimmed
    }
    #expect(texts.sorted() == each.documents)
    // Nothing stands outside the output folder that did not before.
    let after = try scratch.files().filter { !$0.starts(with: "out/".utf8) }
    #expect(after == before)
    // And nothing is left to do, whatever was wrong.
    let second = try finish()
    #expect(second.written == 0)
    #expect(try scratch.files(below: "out") == documents)
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while let last = text.last, last.isWhitespace { text.removeLast() }
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    return String(text)
  }
}
