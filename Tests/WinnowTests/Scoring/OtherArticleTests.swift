// Articles behind the one that the page is about are dropped; sections of one text are not.

import Testing

@testable import Winnow

@Suite("Other articles")
struct OtherArticleTests {
  private static let prose = "Some ten words of a story stand here for the test, and then ten more."

  private func dropped(_ body: String, title: String = "The ferry stays - Shore News") throws
    -> [Int]
  {
    let page = "<html><head><title>\(title)</title></head><body>\(body)</body></html>"
    let reading = try PageReading(of: Page(bytes: Array(page.utf8)), ExtractionOptions())
    var probabilities = reading.outline.blocks.map { block -> Float in
      block.counts.words > 8 ? 0.9 : 0.2
    }
    let dropped = OtherArticles.drop(&probabilities, reading.features)
    #expect(probabilities.indices.filter { probabilities[$0] == 0 } == dropped)
    return dropped
  }

  private func article(_ headline: String, level: Int = 1, paragraphs: Int = 4) -> String {
    "<article><h\(level)>\(headline)</h\(level)>"
      + String(repeating: "<p>\(Self.prose)</p>", count: paragraphs) + "</article>"
  }

  @Test("The next article of the site is dropped whole, wherever it stands")
  func next() throws {
    let own = article("The ferry stays")
    #expect(try dropped(own + article("Rain on Monday")) == [5, 6, 7, 8, 9])
    #expect(try dropped(own + "<div>\(article("Rain on Monday"))</div>") == [5, 6, 7, 8, 9])
    #expect(try dropped(own + "<p>\(Self.prose)</p>" + article("Rain")) == [6, 7, 8, 9, 10])
  }

  @Test(
    "Without a headline of its own, or under the page's, it stays",
    arguments: [
      ("Rain on Monday", 2, "The ferry stays - Shore News"),
      ("The ferry stays as it is", 1, "The ferry stays - Shore News"),
      ("Rain on Monday", 1, "Shore News"),
    ])
  func kept(_ headline: String, _ level: Int, _ title: String) throws {
    let body = article("The ferry stays") + article(headline, level: level)
    #expect(try dropped(body, title: title) == [])
  }

  @Test("What stands before the page's article or in it stays")
  func around() throws {
    let inner = "<article><h1>Rain on Monday</h1><p>\(Self.prose)</p></article>"
    let outer = article("The ferry stays").replacing("</article>", with: inner + "</article>")
    #expect(try dropped(outer) == [])
    #expect(try dropped(article("Rain on Monday") + article("The ferry stays")) == [])
  }

  @Test("A list of articles is no article with others behind it")
  func list() throws {
    let body = article("The ferry stays", paragraphs: 1) + article("Rain on Monday", paragraphs: 1)
    #expect(try dropped(body) == [])
  }

  @Test("Documents leave other articles out, and the explanation says so")
  func document() throws {
    let rain = article("Rain on Monday", paragraphs: 0).replacing(
      "</article>",
      with: "<p>It will rain in the whole county, and the ferry will not sail.</p></article>")
    let body = article("The ferry stays") + rain
    let page = "<html><head><title>The ferry stays</title></head><body>\(body)</body></html>"
    let extraction = Extraction(
      try PageReading(of: Page(bytes: Array(page.utf8)), ExtractionOptions()))
    let decisions = extraction.settled().decisions
    #expect(decisions[6] == .dropped(by: .otherArticle))
    #expect(decisions[6].reason == "other article")
  }
}
