// The standfirst of a news article goes with its text, where the page's description is the same.

import Testing

@testable import Winnow

@Suite("Standfirst")
struct StandfirstTests {
  private static let lead = "The county keeps the ferry, for ten years at least."
  private static let prose = "Some ten words of a story stand here for the test, and then ten more."

  private func settled(
    lead: String = Self.lead, description: String = Self.lead, type: String = "NewsArticle",
    _ probability: Float = 0.4, before: String = "<h1>The ferry stays</h1>", attributes: String = ""
  ) throws -> Float {
    let page = """
      <html><head><meta property="og:description" content="\(description)">
      <script type="application/ld+json">{"@type": "\(type)"}</script></head>
      <body>\(before)<div \(attributes)>\(lead)</div><p>\(Self.prose)</p></body></html>
      """
    let reading = try PageReading(of: Page(bytes: Array(page.utf8)), ExtractionOptions())
    var probabilities: [Float] = [0.3, probability, 0.9]
    guard reading.outline.blocks.count == 3 else {
      Issue.record("the page has \(reading.outline.blocks.count) blocks")
      return 0
    }
    Standfirst.settle(&probabilities, reading.features)
    #expect(probabilities[0] == 0.3 && probabilities[2] == 0.9)
    return probabilities[1]
  }

  @Test("It is drawn to the first paragraph, cut off or not")
  func drawn() throws {
    #expect(try settled() > 0.8)
    #expect(try settled(description: String(Self.lead.dropLast(12)) + "…") > 0.8)
    #expect(try settled(lead: Self.lead + " They decided late.") > 0.8)
    #expect(try settled(type: "ReportageNewsArticle") > 0.8)
    #expect(try settled(0.95) == 0.95)
  }

  @Test("Other text, other pages and what the models are sure of stay as they are")
  func others() throws {
    #expect(try settled(description: "The county's news, every day of the week.") == 0.4)
    #expect(try settled(description: String(Self.lead.prefix(20))) == 0.4)
    #expect(try settled(type: "BlogPosting") == 0.4)
    #expect(try settled(0.1) == 0.1)
    #expect(try settled(before: "<h2>The ferry stays</h2>") == 0.4)
    #expect(try settled(lead: "<a href=/>\(Self.lead)</a>") == 0.4)
  }

  @Test(
    "It is known by the name of its element, on all pages",
    arguments: [
      "class='story-deck large'", "class=sub-title", "id=articleSubTitle",
      "class=post__subheadline", "class='ContentHeaderDek-x1'", "id=standfirst",
    ])
  func named(attributes: String) throws {
    #expect(try settled(description: "", type: "BlogPosting", attributes: attributes) > 0.8)
    #expect(
      try settled(description: "", type: "", before: "<h2>It stays</h2>", attributes: attributes)
        > 0.8)
    #expect(try settled(description: "", 0.1, attributes: attributes) == 0.1)
  }

  @Test("An excerpt is one in news alone")
  func excerpt() throws {
    let attributes = "class=entry-excerpt"
    #expect(try settled(description: "", attributes: attributes) > 0.8)
    #expect(try settled(description: "", type: "BlogPosting", attributes: attributes) == 0.4)
  }

  @Test(
    "Names that only hold these words' letters are none",
    arguments: ["class=decker", "class=headertitle", "class='sub box'", "id=title-sub"])
  func unnamed(attributes: String) throws {
    #expect(try settled(description: "", type: "BlogPosting", attributes: attributes) == 0.4)
  }

  @Test("One that stands among the credits of an article is no caption")
  func noCaption() throws {
    for (name, isCaption) in [("header-dek", false), ("header-line", true)] {
      let page = """
        <body><h1>The ferry stays</h1><div class="image-credit"><div class="\(name)">\(Self.lead)
        </div></div><p>\(Self.prose)</p></body>
        """
      let reading = try PageReading(of: Page(bytes: Array(page.utf8)), ExtractionOptions())
      let roles = RoleReader(reading.outline, headings: reading.features.headings)
      #expect((roles.role(of: 1, containers: []) == .caption) == isCaption)
    }
  }
}
