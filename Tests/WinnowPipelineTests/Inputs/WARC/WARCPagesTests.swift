// Web archives: which records give pages, and with what; and what damage does.

import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("Web archives", .timeLimit(.minutes(10)))
struct WARCPagesTests {
  static let one = WARCText.page("one")
  static let two = WARCText.page("two")

  @Test("A response carries its address, date, id and charset")
  func response() throws {
    let record = WARCText.response("<p>Grüße</p>", type: "text/html; charset=\"UTF-8\"")
    let finds = try ContainerFinds(record, called: "a.warc")
    let page = try #require(finds.pages.first?.page)
    #expect(page.url == "https://example.org/75")
    #expect(page.saved == "2024-05-01T10:00:00Z")
    #expect(page.recordID == "urn:uuid:1")
    #expect(page.httpCharset == "\"UTF-8\"")
    #expect(finds.texts == ["<p>Grüße</p>"])
    #expect(finds.failures == [])
  }

  @Test("A page is called by its record's place, in plain and packed archives")
  func places() throws {
    let plain = try ContainerFinds(Self.one + Self.two, called: "a.warc")
    let first = ContainerPlace.padded(0)
    #expect(plain.names == ["c/\(first)", "c/\(ContainerPlace.padded(Self.one.count))"])
    let members = Gzip.stored(Self.one) + Gzip.stored(Self.two)
    let packed = try ContainerFinds(members, called: "a.warc.gz")
    let second = ContainerPlace.padded(Gzip.stored(Self.one).count)
    #expect(packed.names == ["c/\(first)", "c/\(second)"])
    let whole = try ContainerFinds(Gzip.stored(Self.one + Self.two), called: "a.warc.gz")
    #expect(whole.names == ["c/\(first)", "c/\(first)-\(ContainerPlace.padded(Self.one.count))"])
    for finds in [plain, packed, whole] {
      #expect(finds.texts == ["<p>one</p>", "<p>two</p>"])
      #expect(finds.failures == [])
    }
  }

  @Test("Records that are no pages are passed over and counted")
  func passedOver() throws {
    var archive = WARCText.record("warcinfo", Array("software: x\r\n".utf8))
    archive += WARCText.record("request", Array("GET / HTTP/1.0\r\n\r\n".utf8))
    archive += WARCText.record("revisit", Array("HTTP/1.1 200 OK\r\n\r\n".utf8))
    archive += WARCText.response("<p>gone</p>", status: "404 Not Found")
    archive += WARCText.response("GIF89a", type: "image/gif")
    archive += WARCText.record("resource", Array("<p>r</p>".utf8), contentType: "text/html")
    let finds = try ContainerFinds(archive, called: "a.warc")
    #expect(finds.texts == ["<p>r</p>"])
    #expect(
      finds.passedOver == [.otherRecord: 2, .revisitRecord: 1, .otherMedia: 1, .otherStatus: 1])
    #expect(finds.failures == [])
  }

  @Test("Pages sent with an error's status are taken when asked for")
  func errors() throws {
    var options = FetchOptions()
    options.records.statuses = ["2xx", "404"]
    let archive = WARCText.response("<p>gone</p>", status: "404 Not Found")
    #expect(try ContainerFinds(archive, called: "a.warc", options: options).texts.count == 1)
  }

  @Test("Without a media type, what begins with a tag is a page")
  func untyped() throws {
    let page = Array("HTTP/1.1 200 OK\r\n\r\n <html>x".utf8)
    let data = Array("HTTP/1.1 200 OK\r\n\r\n{\"a\": 1}".utf8)
    let old = Array("<html>no head at all".utf8)
    let archive = [page, data, old].flatMap { WARCText.record($0) }
    let finds = try ContainerFinds(archive, called: "a.warc")
    #expect(finds.texts == [" <html>x", "<html>no head at all"])
    #expect(finds.passedOver == [.otherMedia: 1])
  }

  @Test("The text of a WET record is a page of plain text")
  func conversion() throws {
    let record = WARCText.record("conversion", Array("Text".utf8), contentType: "text/plain")
    let finds = try ContainerFinds(record, called: "a.warc.wet")
    #expect(finds.pages.first?.page.format == .text)
    #expect(finds.texts == ["Text"])
  }

  @Test("Version 1.1, bare line feeds and folded lines are read")
  func dialects() throws {
    let modern = WARCText.record("response", WARCText.http(Array("<p>x".utf8)), version: "1.1")
    #expect(try ContainerFinds(modern, called: "a.warc").texts == ["<p>x"])
    let bare = """
      WARC/1.0
      WARC-Type: resource
      Content-Type: text/html;
       charset=utf-8
      Content-Length: 4

      <p>y

      WARC/1.0
      WARC-Type: resource
      Content-Type: text/html
      Content-Length: 4

      <p>z
      """
    let finds = try ContainerFinds(Array(bare.utf8), called: "a.warc")
    #expect(finds.texts == ["<p>y", "<p>z"])
    #expect(finds.pages.first?.page.httpCharset == "utf-8")
  }

  struct Damage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    var name = "a.warc"
    var reasons = ["damaged-record"]
    var texts = ["<p>one</p>", "<p>two</p>"]
  }

  static let bad = WARCText.http(Array("<p>bad</p>".utf8))

  static let damages = [
    Damage(
      testDescription: "negative length",
      bytes: one + WARCText.record("response", bad, length: "-5") + two),
    Damage(
      testDescription: "a length that is no number",
      bytes: one + WARCText.record("response", bad, length: "ten") + two),
    Damage(
      testDescription: "a length beyond any number",
      bytes: one + WARCText.record("response", bad, length: String(repeating: "9", count: 30)) + two
    ),
    Damage(
      testDescription: "a length beyond the file",
      bytes: one + WARCText.record("response", bad, length: "4000000000") + two),
    Damage(
      testDescription: "a length into the next record",
      bytes: one + WARCText.record("response", bad, length: String(bad.count + 40)) + two),
    Damage(
      testDescription: "a length into the next record of a whole-file gzip",
      bytes: Gzip.stored(
        one + WARCText.record("response", bad, length: String(bad.count + 40)) + two),
      name: "a.warc.gz"),
    Damage(
      testDescription: "no length",
      bytes: one + Array("WARC/1.0\r\nWARC-Type: response\r\n\r\n<p>bad\r\n\r\n".utf8) + two),
    Damage(
      testDescription: "a length too short",
      bytes: one
        + WARCText.record(
          "resource", Array("<p>cut<p>off".utf8), length: "6", contentType: "text/html") + two,
      texts: ["<p>one</p>", "<p>cut", "<p>two</p>"]),
    Damage(testDescription: "junk between", bytes: one + Array("junk\r\nmore\r\n".utf8) + two),
    Damage(
      testDescription: "junk without line ends",
      bytes: one + [UInt8](repeating: 0x41, count: 3 << 18) + Array("\r\n".utf8) + two),
    Damage(
      testDescription: "a header that breaks off",
      bytes: one + Array("WARC/1.0\r\nWARC-Type: resp\r\n".utf8) + two),
    Damage(
      testDescription: "100,000 fields",
      bytes: one + Array("WARC/1.0\r\n".utf8)
        + (0..<100_000).flatMap { Array("X-\($0): y\r\n".utf8) } + Array("\r\n".utf8) + two),
    Damage(
      testDescription: "a field of a megabyte",
      bytes: one + Array("WARC/1.0\r\nX: ".utf8) + [UInt8](repeating: 0x78, count: 1 << 20)
        + Array("\r\n\r\n".utf8) + two),
    Damage(
      testDescription: "a block that ends with the file",
      bytes: one + two + WARCText.record("response", bad).dropLast(12)),
    Damage(
      testDescription: "a damaged member",
      bytes: Gzip.stored(one) + damaged(Gzip.stored(WARCText.record(bad))) + Gzip.stored(two),
      name: "a.warc.gz", reasons: ["damaged-container"]),
    Damage(
      testDescription: "a member cut off in the middle",
      bytes: Gzip.stored(one) + Gzip.stored(two) + Gzip.stored(WARCText.record(bad)).dropLast(40),
      name: "a.warc.gz", reasons: ["damaged-container", "damaged-record"]),
    Damage(
      testDescription: "junk between members",
      bytes: Gzip.stored(one) + Array("garbage".utf8) + Gzip.stored(two), name: "a.warc.gz",
      reasons: ["damaged-container"]),
    Damage(
      testDescription: "a member of its own ends a block that claims more",
      bytes: Gzip.stored(one) + Gzip.stored(WARCText.record("response", bad, length: "5000"))
        + Gzip.stored(two), name: "a.warc.gz"),
    Damage(
      testDescription: "NULs behind the last member",
      bytes: Gzip.stored(one) + Gzip.stored(two) + [UInt8](repeating: 0, count: 512),
      name: "a.warc.gz", reasons: []),
  ]

  /// A stored block's length no longer fits its complement.
  static func damaged(_ member: [UInt8]) -> [UInt8] {
    var member = member
    member[13] ^= 0x55
    return member
  }

  @Test("Records around damage are read, and the damage is told with its place", arguments: damages)
  func damage(_ each: Damage) throws {
    let finds = try ContainerFinds(each.bytes, called: each.name)
    #expect(finds.texts == each.texts)
    let reasons = Set(finds.failures.map { String($0.split(separator: " ")[1]) })
    #expect(reasons.sorted() == each.reasons)
    #expect(finds.messages.allSatisfy { $0.contains("byte ") })
  }

  @Test("Random damage never hangs or repeats a page's name", arguments: 0..<40)
  func randomDamage(seed: UInt64) throws {
    var random = SplitMix(state: seed)
    let packed = seed % 2 == 0
    let records = (0..<8).map { WARCText.page("page \($0)") }
    var bytes = records.flatMap { packed ? Gzip.stored($0) : $0 }
    for _ in 0..<(1 + seed % 5) {
      let at = Int(random.next() % UInt64(bytes.count))
      switch random.next() % 3 {
      case 0: bytes[at] = UInt8(truncatingIfNeeded: random.next())
      case 1: bytes.removeSubrange(at..<min(bytes.count, at + Int(random.next() % 64)))
      default: bytes.insert(contentsOf: bytes.prefix(Int(random.next() % 99)), at: at)
      }
    }
    let finds = try ContainerFinds(bytes, called: packed ? "a.warc.gz" : "a.warc")
    #expect(Set(finds.names).count == finds.names.count, "seed \(seed)")
  }
}
