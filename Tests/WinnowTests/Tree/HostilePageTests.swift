// Pages made to hurt: bounded nodes and memory, the last word kept where it can be, and a flag
// where something was lost. Sizes are such that a debug build takes a second or less.

import CLibXML2
import CPageArena
import Testing

@testable import Winnow

private struct HostilePage: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let html: @Sendable () -> String
  var keepsEnd = true
  var degradations: [Degradation] = []
  var largestNodeCount: Int

  init(
    _ testDescription: String, keepsEnd: Bool = true, degradations: [Degradation] = [],
    nodes: Int, _ html: @escaping @Sendable () -> String
  ) {
    self.testDescription = testDescription
    self.html = html
    self.keepsEnd = keepsEnd
    self.degradations = degradations
    largestNodeCount = nodes
  }
}

private func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

@Suite("Hostile pages")
struct HostilePageTests {
  @Test(
    "A hostile page costs no more than its size and loses nothing unsaid",
    arguments: [
      HostilePage("200,000 nested div", degradations: [.depth], nodes: 600) {
        times(200_000, "<div>")
      },
      HostilePage("40,000 nested tables", degradations: [.depth], nodes: 600) {
        times(40_000, "<table><tr><td>")
      },
      HostilePage("100,000 nested b", degradations: [.depth], nodes: 600) {
        times(100_000, "<b>")
      },
      HostilePage("40,000 nested lists", degradations: [.depth], nodes: 600) {
        times(40_000, "<ul><li>")
      },
      HostilePage("200,000 attributes", nodes: 10) {
        "<p " + (0..<200_000).map { "a\($0)" }.joined(separator: " ") + ">"
      },
      HostilePage("one attribute 200,000 times", nodes: 10) {
        "<p " + times(200_000, "class=a ") + ">"
      },
      HostilePage("20,000 tags with kept attributes and no ampersand", nodes: 40_010) {
        times(20_000, "<p class=a id=b>x")
      },
      HostilePage("an attribute of 1 MB", nodes: 10) {
        "<p class=\"" + times(1 << 18, "a &b") + "\">"
      },
      HostilePage("50,000 open div, 100,000 stray end tags", degradations: [.depth], nodes: 600) {
        times(50_000, "<div>") + times(50_000, "</article>") + times(50_000, "</b>")
      },
      HostilePage("50,000 open b and section", degradations: [.depth], nodes: 2000) {
        times(50_000, "<section><b>") + times(50_000, "</section>")
      },
      HostilePage("100,000 stray end tags", nodes: 100_010) { times(100_000, "</p>") },
      HostilePage("50,000 p", nodes: 200_010) { times(50_000, "<p>x") },
      HostilePage("50,000 br", nodes: 200_010) { times(50_000, "<br> \n") },
      HostilePage("12 MB of text", nodes: 10) { times(12 << 17, "text is ") },
      HostilePage("12 MB of script", nodes: 10) {
        "<script>" + times(12 << 17, "var i=0;") + "</script>"
      },
      HostilePage("a script of half-open comments", nodes: 10) {
        "<script><!--" + times(200_000, "<a <!--") + "</script>"
      },
      HostilePage("300,000 comments", nodes: 10) { times(300_000, "<!--a-->") },
      HostilePage("50,000 unclosed titles", degradations: [.swallowedTail], nodes: 10) {
        times(50_000, "<title>")
      },
      HostilePage("50,000 half end tags in a title", nodes: 10) {
        "<title>" + times(50_000, "</title ") + "<p>"
      },
      HostilePage("100,000 ampersands", nodes: 10) { times(100_000, "&") },
      HostilePage("100,000 unknown references", nodes: 10) { times(100_000, "&zz;") },
      HostilePage("100,000 less-than signs", nodes: 10) { times(100_000, "< ") },
      HostilePage("a tag name of 1 MB", nodes: 10) { "<\(times(1 << 20, "a"))>" },
      HostilePage("20,000 links about tables", degradations: [.depth], nodes: 100_010) {
        times(20_000, "<a><table></a>")
      },
      HostilePage(
        "a comment never closed", keepsEnd: false, degradations: [.swallowedTail], nodes: 10
      ) { "<p>x" + times(100_000, "<!-- ") },
      HostilePage(
        "a quote never closed", keepsEnd: false, degradations: [.swallowedTail], nodes: 10
      ) { "<p>x<a href=\"" + times(100_000, "<p>") },
    ])
  fileprivate func hostile(_ page: HostilePage) throws {
    let tree = try parsed(page.html() + "<p>zzendzz</p>")
    #expect(tree.nodes.count <= page.largestNodeCount)
    #expect(tree.nodes.allSatisfy { $0.depth <= 512 })
    #expect(tree.degradations == page.degradations)
    // The end alone: making all of the text a string takes time.
    let last = try #require(tree.nodes.last { $0.tag == .text })
    let end = String(
      decoding: tree.text[..<Int(last.start + last.length)].suffix(7), as: UTF8.self)
    #expect((end == "zzendzz") == page.keepsEnd)
    #expect(tree.faults.isEmpty)
  }

  @Test("The limit on nodes stops the parse")
  func nodeLimit() throws {
    let tree = try parsed(times(5000, "<p>x")) { $0.nodes = 1000 }
    #expect(tree.nodes.count <= 1000)
    #expect(tree.degradations == [.nodes])
    #expect(tree.faults.isEmpty)
  }

  @Test("The limit on depth flattens elements and keeps their text")
  func depthLimit() throws {
    let tree = try parsed(times(40, "<div>") + "a" + times(40, "</div>") + "b") { $0.depth = 16 }
    #expect(tree.nodes.map(\.depth).max() == 16)
    #expect(tree.visibleText == "a b")
    #expect(tree.degradations == [.depth])
    #expect(tree.faults.isEmpty)
  }

  @Test("No time at all stops the parse")
  func timeLimit() throws {
    let tree = try parsed(times(5000, "<p>x")) { $0.seconds = 0 }
    #expect(tree.nodes.count < 1000)
    #expect(tree.degradations == [.time])
    #expect(tree.faults.isEmpty)
  }

  @Test("The limit on time is looked at where end tags are all there is")
  func timeLimitOfStrayEndTags() throws {
    let tree = try parsed("<div>" + times(5000, "</b>") + "<p>x") { $0.seconds = 0 }
    #expect(tree.degradations == [.time])
    #expect(tree.visibleText == "")
  }

  @Test("What a large page took is given back, and small pages share one block")
  func memory() throws {
    _ = try parsed("<p>a")
    let small = page_arena_footprint()
    #expect(small > 0)
    page_arena_begin()
    let buffers = (0..<8).map { _ in xmlBufferCreateSize(1 << 20) }
    #expect(buffers.allSatisfy { $0 != nil })
    #expect(page_arena_footprint() > 8 << 20)
    page_arena_end()
    #expect(page_arena_footprint() == small)
    for _ in 0..<100 { _ = try parsed("<p>a<b>b") }
    #expect(page_arena_footprint() == small)
  }

  @Test("Pages parsed on eight threads give the trees they give on one")
  func threads() async throws {
    var random = SplitMix(state: 8)
    let pages = (0..<64).map { _ in RandomMarkup.page(&random, length: 400) }
    let expected = try pages.map { try parsed($0).sketch }
    try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 0..<8 {
        group.addTask { try (0..<4).flatMap { _ in try pages.map { try parsed($0).sketch } } }
      }
      for try await sketches in group {
        #expect(sketches == expected + expected + expected + expected)
      }
    }
  }
}
