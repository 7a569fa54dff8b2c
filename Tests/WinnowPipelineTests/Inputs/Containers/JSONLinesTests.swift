// JSON Lines: each good line a page, each bad one a failure of its own.

import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("JSON Lines", .timeLimit(.minutes(10)))
struct JSONLinesTests {
  static func name(_ line: Int) -> String { "c/\(ContainerPlace.padded(line))" }

  @Test("A line carries its page, address and id")
  func line() throws {
    let text = #"{"id": 7, "url": "https://example.org/", "html": "<p>é\u00e9"}"#
    let finds = try ContainerFinds(Array(text.utf8), called: "a.jsonl")
    let (name, page) = try #require(finds.pages.first)
    #expect(name == Self.name(1))
    #expect(page.url == "https://example.org/")
    #expect(page.recordID == "7")
    #expect(page.format == .html)
    #expect(finds.texts == ["<p>éé"])
  }

  @Test("A line without a page may have text; fields have other names when asked for")
  func fields() throws {
    let text = #"{"text": "plain"}"#
    let finds = try ContainerFinds(Array(text.utf8), called: "a.ndjson")
    #expect(finds.pages.first?.page.format == .text)
    var options = FetchOptions()
    options.lines.html = "body"
    options.lines.id = "key"
    let other = #"{"body": "<p>x", "key": "k", "html": 5}"#
    let found = try ContainerFinds(Array(other.utf8), called: "a.jsonl", options: options)
    #expect(found.texts == ["<p>x"])
    #expect(found.pages.first?.page.recordID == "k")
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: [UInt8]
    var pages: [String] = []
    var bad: [Int] = []
    init(_ name: String, _ text: String, pages: [String] = [], bad: [Int] = []) {
      testDescription = name
      self.text = Array(text.utf8)
      self.pages = pages
      self.bad = bad
    }
  }

  static let good = #"{"html": "<p>a"}"#
  static let cases = [
    Case("a byte order mark", "\u{FEFF}\(good)\n\(good)\n", pages: ["<p>a", "<p>a"]),
    Case("CRLF", "\(good)\r\n\(good)\r\n", pages: ["<p>a", "<p>a"]),
    Case("no last line feed", "\(good)\n\(good)", pages: ["<p>a", "<p>a"]),
    Case("blank lines", "\n\(good)\n \n\n\(good)\n", pages: ["<p>a", "<p>a"]),
    Case("no JSON", "{\"html\": \n\(good)\n", pages: ["<p>a"], bad: [1]),
    Case("no object", "[1]\n\(good)\n5\n", pages: ["<p>a"], bad: [1, 3]),
    Case("no content", "{\"a\": 1}\n{\"html\": null}\n\(good)\n", pages: ["<p>a"], bad: [1, 2]),
    Case(
      "deep nesting", String(repeating: "[", count: 100_000) + "\n\(good)", pages: ["<p>a"],
      bad: [1]),
    Case("half a surrogate pair", #"{"html": "<p>\ud800x"}"#, pages: ["<p>\u{FFFD}x"]),
    Case("NUL as it is", "{\"html\": \"<p>a\0b\"}", pages: ["<p>a\0b"]),
    Case("NUL as an escape", #"{"html": "<p>a\u0000b"}"#, pages: ["<p>a\0b"]),
    Case("empty", ""),
  ]

  @Test("Lines are told apart, and bad ones counted alone", arguments: cases)
  func lines(_ each: Case) throws {
    for packed in [false, true] {
      let bytes = packed ? Gzip.stored(each.text) : each.text
      let finds = try ContainerFinds(bytes, called: packed ? "a.jsonl.gz" : "a.jsonl")
      #expect(finds.texts == each.pages)
      #expect(finds.failures == each.bad.map { "\(Self.name($0)) bad-line" })
    }
  }

  @Test("A bad line's message names line and byte")
  func message() throws {
    let finds = try ContainerFinds(Array("\(Self.good)\n[]\n".utf8), called: "a.jsonl")
    #expect(
      finds.messages == [
        "line 2, at byte 17, is no object, { }; an array needs a line for each element (jq -c '.[]')"
      ])
  }

  @Test("Lines before damage are kept; the one it cuts is not")
  func damage() throws {
    let bytes = Gzip.stored("\(Self.good)\n\(Self.good)\n\(Self.good)").dropLast(20)
    let finds = try ContainerFinds(Array(bytes), called: "a.jsonl.gz")
    #expect(finds.texts == ["<p>a", "<p>a"])
    #expect(finds.failures == ["c damaged-container"])
  }

  @Test("A page beyond the limit fails alone")
  func limit() throws {
    let long = "{\"html\": \"<p>\(String(repeating: "x", count: 200))\"}\n"
    let finds = try ContainerFinds(Array((long + Self.good).utf8), called: "a.jsonl", limit: 100)
    #expect(finds.texts == ["<p>a"])
    #expect(finds.failures == ["\(Self.name(1)) too-large"])
  }

  @Test("A line longer than any is passed over")
  func longLine() throws {
    let scratch = try ScratchFolder()
    // Sparse: takes no room on the disk.
    try Shell.run("truncate -s 101M '\(scratch.text)/a.jsonl'")
    try Shell.run("printf '\\n%s\\n' '\(Self.good)' >> '\(scratch.text)/a.jsonl'")
    let finds = try ContainerFinds(fileIn: scratch.path, called: "a.jsonl")
    #expect(finds.texts == ["<p>a"])
    #expect(finds.failures == ["\(Self.name(1)) bad-line"])
  }
}
