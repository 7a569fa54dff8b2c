// Where documents stand: names that meet others, are too long, or are none.

import Testing

@testable import WinnowPipeline

@Suite("A document's path")
struct OutputPathTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let page: String, expected: String
    var testDescription: String { "\(page) -> \(expected)" }

    init(_ page: String, _ expected: String) { (self.page, self.expected) = (page, expected) }
  }

  @Test(
    "Names",
    arguments: [
      Case("a.html", "a.html.txt"),
      Case("news/a.html", "news/a.html.txt"),
      Case("news/a", "news/a.txt"),
      Case("a.txt/b.html", "a.txt~/b.html.txt"),
      Case("a.txt~/b.html", "a.txt~~/b.html.txt"),
      Case("a.json/b.md/c", "a.json~/b.md~/c.txt"),
      Case("a~/b.html", "a~/b.html.txt"),
      Case("winnow-report", "winnow-report~.txt"),
      Case("winnow-report~", "winnow-report~~.txt"),
      Case(".winnow-unfinished", ".winnow-unfinished~.txt"),
      Case("x/winnow-report", "x/winnow-report.txt"),
      Case("../../etc/passwd", "~../~../etc/passwd.txt"),
      Case("/etc/passwd", "~/etc/passwd.txt"),
      Case("a//b", "a/~/b.txt"),
      Case("a/..", "a/~...txt"),
      Case("~../b", "~~../b.txt"),
    ])
  func names(_ each: Case) {
    let path = OutputPath(page: PagePath(Array(each.page.utf8)), fileExtension: "txt")
    #expect(EscapedPath(path.display(below: [])).description == each.expected)
  }

  @Test("A name that is too long is cut at a character, and stays different from others")
  func longNames() {
    let stem = String(repeating: "é", count: 126)
    let names = ["a", "b"].map { last in
      OutputPath(page: PagePath(Array((stem + last).utf8)), fileExtension: "txt").name
    }
    #expect(names[0] != names[1])
    for name in names {
      #expect(name.count <= 255)
      #expect(name.count > 250)
      #expect(String(validating: name, as: UTF8.self)?.hasSuffix(".txt") == true)
    }
    let short = OutputPath(
      page: PagePath([UInt8](repeating: 0x61, count: 251)), fileExtension: "txt")
    #expect(short.name.count == 255)
    #expect(!short.name.contains(UInt8(ascii: "~")))
    let folder = OutputPath(
      page: PagePath([UInt8](repeating: 0x61, count: 251) + Array(".txt/b".utf8)),
      fileExtension: "txt")
    #expect(folder.folders[0].count <= 255)
  }

  /// 1 to 3 names made of few parts, so that many of them nearly meet.
  private static func randomPage(_ random: inout some RandomNumberGenerator) -> [UInt8] {
    let parts = ["a", "~", ".", "..", ".txt", ".md", "winnow-report", ".winnow-x", "b.txt", ""]
    let names = (0...Int.random(in: 0...2, using: &random)).map { _ in
      (0...Int.random(in: 0...2, using: &random)).map { _ in
        parts.randomElement(using: &random) ?? ""
      }.joined()
    }
    return Array(names.joined(separator: "/").utf8)
  }

  @Test("Different pages have different places, none of which is the folder of another")
  func different() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    var pages: [OutputPath: [UInt8]] = [:]
    var folders: Set<[[UInt8]]> = []
    for _ in 0..<20_000 {
      let page = Self.randomPage(&random)
      let path = OutputPath(page: PagePath(page), fileExtension: "txt")
      if let other = pages[path] {
        #expect(other == page, "seed \(seed)")
      }
      pages[path] = page
      for end in path.folders.indices { folders.insert(Array(path.folders[...end])) }
      for name in path.folders + [path.name] {
        #expect(!name.isEmpty && name != [0x2E] && name != [0x2E, 0x2E], "seed \(seed)")
        #expect(!name.contains(0x2F) && name.count <= 255, "seed \(seed)")
      }
    }
    for path in pages.keys {
      #expect(!folders.contains(path.folders + [path.name]), "seed \(seed)")
    }
  }
}

/// Source: Steele, Lea, Flood, OOPSLA 2014.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
