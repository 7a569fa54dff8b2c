// Options and rules change what the document holds, and nothing else does.

import Testing

@testable import Winnow

@Suite("Options of extraction")
struct OptionTests {
  private static let page = """
    <html lang=en><head><title>The ferry stays - Shore News</title></head><body>
    <nav><ul><li><a href=/>Home</a></li><li><a href=/news>News</a></li></ul></nav>
    <article><h1>The ferry stays</h1><p class="byline">By Ada Pike</p>
    <p>The ferry to the islands will sail for another ten years, the county decided on Tuesday,
    after a debate that lasted until midnight and filled the hall to its doors.</p>
    <figure><img src="/ferry.jpg" alt="The ferry"><figcaption>The ferry at the old pier.</figcaption></figure>
    <p>Two members voted against it. They had asked for a bridge, which would have cost four times
    as much and would have needed a tunnel at its northern end, the engineers said.</p>
    <p>Fares rise by a pound in spring. Schoolchildren travel free, as they have since 1974, and so
    do their bicycles, which had been in doubt for most of the evening.</p></article>
    <div id="comments"><h3>Comments</h3><div class="comment"><p>I have sailed on her since I was
    four and I am glad to hear it.</p></div></div>
    <footer><p>© 2024 Shore News</p></footer></body></html>
    """

  private func text(_ change: (inout ExtractionOptions) throws -> Void = { _ in }) throws -> String
  {
    var options = ExtractionOptions()
    try change(&options)
    let page = Page(bytes: Array(Self.page.utf8), url: "https://news.example.org/ferry")
    return try Extractor(options).document(from: page).text
  }

  @Test("By default the running text stands alone")
  func balanced() throws {
    let text = try text()
    #expect(text.hasPrefix("The ferry to the islands"))
    #expect(text.hasSuffix("most of the evening."))
    #expect(!text.contains("Ada Pike") && !text.contains("old pier") && !text.contains("glad"))
  }

  @Test("What is asked for comes back in its place")
  func included() throws {
    #expect(try text { $0.includesTitle = true }.hasPrefix("The ferry stays\n\nThe ferry to"))
    #expect(try text { $0.includesByline = true }.hasPrefix("By Ada Pike\n\nThe ferry to"))
    #expect(try text { $0.includesCaptions = true }.contains("\n\nThe ferry at the old pier.\n\n"))
    #expect(try text { $0.includesComments = true }.hasSuffix("glad to hear it."))
  }

  @Test("A user's rule wins over the model, both ways")
  func rules() throws {
    let dropped = try text { $0.rules = RuleSet(drop: [try Rule(phrase: "voted against")]) }
    #expect(!dropped.contains("Two members") && dropped.contains("Fares rise"))
    let kept = try text { $0.rules = RuleSet(keep: [try Rule(selector: "footer p")]) }
    #expect(kept.hasSuffix("© 2024 Shore News"))
    let elsewhere = try text {
      $0.rules = RuleSet(drop: [try Rule(phrase: "voted against", hosts: ["example.com"])])
    }
    #expect(elsewhere.contains("Two members"))
  }

  @Test("Metadata do not depend on what the text holds")
  func metadata() throws {
    let page = Page(bytes: Array(Self.page.utf8), url: "https://news.example.org/ferry")
    let document = try Extractor().document(from: page)
    #expect(document.metadata.title == "The ferry stays")
    #expect(document.metadata.authors == ["Ada Pike"])
    #expect(document.metadata.language == "en")
    #expect((0.5...1).contains(document.confidence))
  }
}
