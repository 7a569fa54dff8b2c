// Zip, tar and 7z: their pages, hostile names and kinds, bombs and damage.

import Glibc
import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("Archives", .timeLimit(.minutes(10)))
struct ArchivePagesTests {
  typealias Maker = ArchiveMaker

  @Test(
    "Every format gives the pages that include and exclude choose", arguments: Maker.Format.allCases
  )
  func formats(_ format: Maker.Format) throws {
    let bytes = try Maker.make(
      format,
      [
        Maker.Entry(name: Array("site".utf8), kind: S_IFDIR),
        Maker.file("site/a.html", "<p>a"), Maker.file("site/logo.png", "png"),
        Maker.file("site/drafts/b.html", "<p>b"), Maker.file("./c.HTM", "<p>c"),
        Maker.Entry(name: Array("d.html.gz".utf8), bytes: Gzip.stored("<p>d")),
        Maker.file("inner.zip", "PK"),
      ])
    var options = FetchOptions()
    options.exclude = ["site/drafts/"]
    let finds = try ContainerFinds(bytes, called: format.fileName, options: options)
    #expect(finds.texts == ["<p>a", "<p>c", "<p>d"])
    #expect(finds.names == ["c/site/a.html", "c/./c.HTM", "c/d.html.gz"])
    #expect(finds.passedOver == [.otherEntry: 2, .innerContainer: 1])
    #expect(finds.failures == [])
  }

  @Test(
    "Names lead nowhere: documents stand below the output folder",
    arguments: [Maker.Format.zip, .tar])
  func names(_ format: Maker.Format) throws {
    let names = [
      "../../evil.html", "/etc/evil.html", "a/../../../evil.html", "..\\..\\evil.html",
      "C:\\evil.html", "C:/evil.html", "//host/evil.html", "dup.html", "dup.html", "Dup.html",
    ]
    let scratch = try ScratchFolder()
    let bytes = try Maker.make(format, names.map { Maker.file($0, $0) })
    try scratch.write(bytes, to: Array("in/\(format.fileName)".utf8))
    let bench = try PipelineRunTests.Bench(scratch)
    let (end, failures) = try bench.finish()
    #expect(end == .finished)
    #expect(failures == [])
    let all = try scratch.files().map { String(decoding: $0, as: UTF8.self) }
    let documents = all.filter { $0.contains("evil.html") || $0.contains("up.html") }
    #expect(documents.count == names.count)
    #expect(documents.allSatisfy { $0.hasPrefix("out/\(format.fileName)/") })
    let others = all.filter { !$0.hasPrefix("out/") }
    #expect(others == ["in/\(format.fileName)"])
    #expect(try scratch.read("out/\(format.fileName)/dup.html~2.txt") == "dup.html\n")
  }

  @Test("Links, pipes and devices are passed over by kind")
  func kinds() throws {
    let bytes = try Maker.make(
      .tar,
      [
        Maker.Entry(name: Array("l.html".utf8), kind: S_IFLNK, symlink: "/etc/passwd"),
        Maker.Entry(name: Array("h.html".utf8), hardlink: "x.html"),
        Maker.Entry(name: Array("p.html".utf8), kind: S_IFIFO),
        Maker.Entry(name: Array("c.html".utf8), kind: S_IFCHR), Maker.file("x.html"),
      ])
    let finds = try ContainerFinds(bytes, called: "a.tar")
    #expect(finds.names == ["c/x.html"])
    #expect(finds.passedOver == [.linkEntry: 2, .specialEntry: 2])
  }

  @Test("Names that are not ASCII, or not UTF-8, keep their bytes")
  func bytesOfNames() throws {
    let latin = Array("caf".utf8) + [0xE9] + Array(".html".utf8)
    let raw = try ContainerFinds(
      try Maker.make(.tar, [Maker.Entry(name: latin, bytes: [0x3C])]), called: "a.tar")
    #expect(raw.pages.count == 1)
    for format in [Maker.Format.zip, .sevenZip, .tar] {
      let finds = try ContainerFinds(
        try Maker.make(format, [Maker.file("grüße/日.html")]), called: format.fileName)
      #expect(finds.names == ["c/grüße/日.html"])
    }
  }

  @Test("An entry beyond the limit fails alone", arguments: Maker.Format.allCases)
  func largeEntry(_ format: Maker.Format) throws {
    let large = String(repeating: "x", count: 300_000)
    let bytes = try Maker.make(format, [Maker.file("a.html", large), Maker.file("b.html")])
    let finds = try ContainerFinds(bytes, called: format.fileName, limit: 1000)
    #expect(finds.names == ["c/b.html"])
    #expect(finds.failures == ["c/a.html too-large"])
  }

  @Test("An archive that gives more than it may is read no further")
  func budget() throws {
    var options = FetchOptions()
    options.archives.unpackedBytes = 100_000
    let entries = (0..<20).map { Maker.file("\($0).html", String(repeating: "x", count: 10_000)) }
    let finds = try ContainerFinds(
      try Maker.make(.zip, entries), called: "a.zip", options: options)
    #expect(finds.pages.count == 11)
    #expect(finds.failures == ["c unpacks-too-far"])
  }

  @Test("What unpacks to a thousand times its size is a bomb, however it is packed")
  func ratio() {
    var budget = UnpackBudget(1 << 40)
    budget.unfiltered = ArchivePages.ratioFloor
    #expect(!budget.isSpent(storedBytes: 1))
    budget.unfiltered += 1
    #expect(budget.isSpent(storedBytes: 1))
    #expect(!budget.isSpent(storedBytes: ArchivePages.ratioFloor / 1000))
  }

  @Test(
    "Entries before damage are kept, and the damage is told with its place",
    arguments: [Maker.Format.storedZip, .tar, .gzip, .bzip2, .xz, .zstd])
  func cutOff(_ format: Maker.Format) throws {
    var random = SplitMix(state: 7)
    // Letters without a pattern, so that packed archives are long enough to be cut.
    let entries = (0..<6).map { number in
      let text = (0..<200_000).map { _ in UInt8(ascii: "a") + UInt8(random.next() % 26) }
      return Maker.Entry(name: Array("\(number).html".utf8), bytes: text)
    }
    let bytes = try Maker.make(format, entries)
    let finds = try ContainerFinds(
      Array(bytes.prefix(bytes.count * 3 / 4)), called: format.fileName)
    #expect(finds.pages.count >= 1)
    #expect(finds.pages.count < 6)
    for (page, entry) in zip(finds.pages, entries) { #expect(page.page.bytes == entry.bytes) }
    #expect(!finds.failures.isEmpty)
    #expect(finds.failures.allSatisfy { $0.hasSuffix(" damaged-container") })
    #expect(finds.messages.allSatisfy { $0.contains("byte ") })
  }

  @Test("An entry whose checksum is wrong fails alone")
  func checksum() throws {
    let entries = (0..<3).map { Maker.file("\($0).html", "<p>page number \($0)") }
    var bytes = try Maker.make(.storedZip, entries)
    let text = Array("number 1".utf8)
    let at = try #require(bytes.indices.first { bytes[$0...].starts(with: text) })
    bytes[at] ^= 1
    let finds = try ContainerFinds(bytes, called: "a.zip")
    #expect(finds.names == ["c/0.html", "c/2.html"])
    #expect(finds.failures == ["c/1.html damaged-container"])
  }

  @Test("A file that is no archive is a failure", arguments: ["", "no archive", "PK"])
  func noArchive(text: String) throws {
    let finds = try ContainerFinds(Array(text.utf8), called: "a.zip")
    #expect(finds.pages.isEmpty)
    #expect(finds.failures == ["c damaged-container"])
  }

  @Test("Random damage never hangs or repeats a page's name", arguments: 0..<20)
  func randomDamage(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let format = Maker.Format.allCases[Int(seed) % Maker.Format.allCases.count]
    var bytes = try Maker.make(
      format, (0..<9).map { Maker.file("\($0).html", String(repeating: "<p>\($0)", count: 50)) })
    for _ in 0..<6 {
      bytes[Int(random.next() % UInt64(bytes.count))] ^= UInt8(1 + random.next() % 255)
    }
    let finds = try ContainerFinds(bytes, called: format.fileName)
    #expect(Set(finds.names).count == finds.names.count, "seed \(seed)")
  }
}
