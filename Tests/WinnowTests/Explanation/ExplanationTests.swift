// An explanation says of a page what its document shows.

import Testing

@testable import Winnow

extension SamplePage {
  /// Pages with a document, but for the large one: it takes seconds and shows nothing more.
  static let small = all.filter { $0.facts.failure == nil && !$0.facts.page.hasPrefix("large/") }

  /// The explanations of `small` pages under default options, made once.
  private static let explanations: [String: Explanation] = {
    let pairs = small.compactMap { sample -> (String, Explanation)? in
      guard let bytes = try? sample.bytes else { return nil }
      return (try? Explanation(of: Page(bytes: bytes), ExtractionOptions()))
        .map { (sample.facts.page, $0) }
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }()

  func explanation() throws -> Explanation {
    try #require(Self.explanations[facts.page], "no explanation of \(facts.page)")
  }
}

/// Options that lead to other documents.
private let variedOptions: [ExtractionOptions] = {
  var all = ExtractionOptions()
  all.includesTitle = true
  all.includesByline = true
  all.includesCaptions = true
  all.includesComments = true
  all.preset = .recall
  var few = ExtractionOptions()
  few.includesTables = false
  few.preset = .precision
  return [all, few]
}()

@Suite("Explanation")
struct ExplanationTests {
  @Test(
    "The kept blocks are the document's blocks", arguments: SamplePage.small)
  func keptBlocks(_ sample: SamplePage) throws {
    let page = Page(bytes: try sample.bytes)
    try compare(try sample.explanation(), page, ExtractionOptions())
  }

  @Test(
    "The kept blocks are the document's blocks under other options too",
    arguments: ["news/lighthouse-school.html", "forum/bread-oven-thread.html"], variedOptions)
  func keptBlocks(_ name: String, _ options: ExtractionOptions) throws {
    let sample = try #require(SamplePage.small.first { $0.facts.page == name })
    let page = Page(bytes: try sample.bytes)
    try compare(try Explanation(of: page, options), page, options)
  }

  private func compare(
    _ explanation: Explanation, _ page: Page, _ options: ExtractionOptions
  ) throws {
    let document = try Extractor(options).document(from: page)
    let kept = explanation.blocks.filter(\.decision.isKept)
    #expect(kept.map(\.role) == document.blocks.map(\.role))
    #expect(kept.map(\.text) == document.blocks.map(\.text))
    #expect(explanation.confidence == document.confidence)
    #expect(explanation.keptBlocks == kept.count)
  }

  @Test(
    "Every block of the page is there once, in the page's order", arguments: SamplePage.small)
  func everyBlock(_ sample: SamplePage) throws {
    let page = Page(bytes: try sample.bytes)
    let explanation = try sample.explanation()
    let list = try PageReading(of: page, ExtractionOptions()).outline.list
    let all = (list.blocks + list.standIns).sorted { $0.firstNode < $1.firstNode }
    let ofTree = explanation.blocks.filter { $0.decision != .kept(by: .data) }
    #expect(ofTree.count == all.count)
    for (block, expected) in zip(ofTree, all) where !block.decision.isKept {
      #expect(block.text == list.string(of: expected))
    }
    #expect(explanation.blocks.map(\.number) == Array(1..<explanation.blocks.count + 1))
  }

  @Test("What the model chose is kept, or left out by an option", arguments: SamplePage.small)
  func model(_ sample: SamplePage) throws {
    let explanation = try sample.explanation()
    let threshold = explanation.threshold ?? 2
    for block in explanation.blocks {
      guard let probability = block.probability else { continue }
      switch block.decision {
      case .kept(by: .model), .dropped(by: .role): #expect(probability >= threshold)
      case .dropped(by: .model): #expect(probability <= threshold)
      default: break
      }
      #expect(block.reasons.count == 3)
    }
  }

  @Test(
    "An option that left a block out lets it in when it is set",
    arguments: [
      ("title", "<h1>The goat of Ennerby</h1>"),
      ("byline", "<p class=author>By Oda Finch</p>"),
      ("captions", "<figure><figcaption>The goat in the tower, last May.</figcaption></figure>"),
      ("tables", "<table><tr><th>Day<th>Turnips<tr><td>Monday<td>12<tr><td>Friday<td>9</table>"),
    ])
  func options(_ option: String, _ markup: String) throws {
    // Whatever the model thinks of such a block, `recall` and good company make it take it.
    var options = ExtractionOptions()
    options.preset = .recall
    options.includesTables = false
    let page = Page(bytes: articleAround(markup))
    let before = try Explanation(of: page, options).blocks.filter {
      $0.decidedBy == "option \(option)"
    }
    #expect(!before.isEmpty)
    switch option {
    case "title": options.includesTitle = true
    case "byline": options.includesByline = true
    case "captions": options.includesCaptions = true
    default: options.includesTables = true
    }
    let after = try Explanation(of: page, options).blocks
    #expect(before.allSatisfy { after[$0.number - 1].decision == .kept(by: .model) })
  }

  @Test("A copy names the block where its text counts")
  func copies() throws {
    let text = "Read how the goat of Ennerby came down from the tower"
    let page = Page(
      bytes: articleAround("<div class=teaser><b>\(text)</b></div><aside><p>\(text)</p></aside>"))
    let blocks = try Explanation(of: page, ExtractionOptions()).blocks
    let same = blocks.filter { $0.text == text }
    try #require(same.count == 2)
    let copy = try #require(same.first { $0.copyOf != nil })
    let original = try #require(same.first { $0.copyOf == nil })
    #expect(copy.copyOf == original.number)
    #expect(copy.decidedBy == "copy of \(original.number)")
    #expect(copy.decision.reason == "copy")
  }

  @Test("What stands in for scripts is shown as left out by its markup")
  func standIns() throws {
    let page = Page(bytes: articleAround("<noscript><p>Please turn scripts on.</p></noscript>"))
    let blocks = try Explanation(of: page, ExtractionOptions()).blocks
    let standIn = try #require(blocks.first { $0.text == "Please turn scripts on." })
    #expect(standIn.decision == .dropped(by: .markup))
    #expect(standIn.number == 2)
    #expect(standIn.probability == nil && standIn.role == nil && standIn.reasons.isEmpty)
  }

  @Test("A rule wins over the model and the options, and is named")
  func rules() throws {
    var options = ExtractionOptions()
    options.rules = RuleSet(
      keep: [try Rule(selector: "h1")],
      drop: [try Rule(phrase: "no such words"), try Rule(phrase: "the bell rope")])
    let page = Page(bytes: articleAround("<h1>The goat of Ennerby</h1>"))
    let explanation = try Explanation(of: page, options)
    let title = try #require(explanation.blocks.first { $0.role == .title })
    #expect(title.decision == .kept(by: .rule(0)))
    let dropped = try #require(explanation.blocks.first { $0.text.contains("bell rope") })
    #expect(dropped.decision == .dropped(by: .rule(1)))
    #expect(dropped.decidedBy == "strip.drop[1]")
    try compare(explanation, page, options)
  }

  @Test("A prompt in the text is shown as residue; what a rule keeps stays")
  func residue() throws {
    let prompt = "Subscribe to our free newsletter and get the best stories in your inbox!"
    let page = Page(bytes: articleAround("<p>\(prompt)</p>"))
    var options = ExtractionOptions()
    let explanation = try Explanation(of: page, options)
    let block = try #require(explanation.blocks.first { $0.text == prompt })
    #expect(block.decision == .dropped(by: .residue))
    #expect(block.residue.map(\.text) == [prompt])
    try compare(explanation, page, options)
    options.rules = RuleSet(keep: [try Rule(phrase: "free newsletter")])
    let ruled = try Explanation(of: page, options)
    #expect(ruled.blocks[block.number - 1].decision == .kept(by: .rule(0)))
    try compare(ruled, page, options)
  }

  @Test("Text that stands only in the page's data is shown behind the page's blocks")
  func data() throws {
    let text =
      "The ferry to Skarn runs twice a day from May to September and once in winter, "
      + "unless the wind is from the north, when it does not run at all and nobody complains."
    let page = Page(
      bytes: Array(
        """
        <html><head><script type="application/ld+json">
        {"@type": "Article", "articleBody": "\(text)"}</script></head>
        <body><div id=app><p>Loading</p></div></body></html>
        """.utf8))
    let explanation = try Explanation(of: page, ExtractionOptions())
    let block = try #require(explanation.blocks.last)
    #expect(block.text == text)
    #expect(block.decision == .kept(by: .data) && block.decidedBy == "data")
    #expect(block.number == explanation.blocks.count)
    try compare(explanation, page, ExtractionOptions())
  }

  @Test(
    "A path names elements as a selector does",
    arguments: [
      ("<p>text</p>", "html > body > p"),
      (
        "<div id=main><p class='lead big blue'>text</p></div>",
        "html > body > div#main > p.lead.big"
      ),
      ("<div id=a:b class='3x ok [&quot;x]'>text</div>", "html > body > div.ok"),
      ("<ul><li><div><div><p>text</p></div></div></li></ul>", "li > div > div > p"),
    ])
  func paths(_ markup: String, _ path: String) throws {
    let page = Page(bytes: Array("<html><body>\(markup)</body></html>".utf8))
    #expect(try Explanation(of: page, ExtractionOptions()).blocks.map(\.path) == [path])
  }

  @Test("Every decision has its words", arguments: Self.decisions)
  func words(_ decision: Decision, _ reason: String, _ decidedBy: String) {
    let block = Explanation.Block(
      number: 3, decision: decision, copyOf: decision == .dropped(by: .copy(of: 0)) ? 1 : nil,
      role: .caption, probability: 0.5, reasons: [], path: "", headingLevel: 0, words: 1, text: "a",
      residue: [])
    #expect(decision.reason == reason)
    #expect(block.decidedBy == decidedBy)
  }

  static let decisions: [(Decision, String, String)] = [
    (.kept(by: .model), "model", "model"),
    (.kept(by: .rule(0)), "rule", "strip.keep[0]"),
    (.kept(by: .data), "data", "data"),
    (.kept(by: .option), "option", "option captions"),
    (.dropped(by: .model), "model", "model"),
    (.dropped(by: .copy(of: 0)), "copy", "copy of 1"),
    (.dropped(by: .role), "role", "option captions"),
    (.dropped(by: .residue), "residue", "residue"),
    (.dropped(by: .rule(12)), "rule", "strip.drop[12]"),
    (.dropped(by: .markup), "markup", "markup"),
  ]

  @Test("A page without a document has its failure, not an explanation")
  func failure() {
    #expect(throws: PageFailure.empty) {
      try Explanation(of: Page(bytes: []), ExtractionOptions())
    }
  }
}

/// A page with an article that has `markup` behind its first paragraph.
func articleAround(_ markup: String) -> [UInt8] {
  let paragraphs = [
    "The goat that had lived on the church tower of Ennerby since Candlemas came down on Sunday.",
    "It had climbed there, the sexton said, after the bell rope, which it had mistaken for hay.",
    "Four men and a ladder had failed to bring it back, and so had a basket of turnips and a flute.",
    "In the end it walked down by the stairs, in the middle of the sermon, and took the front pew.",
  ]
  return Array(
    """
    <!DOCTYPE html><html><head><title>The goat of Ennerby</title></head><body><main>
    <p>\(paragraphs[0])</p>\(markup)<p>\(paragraphs[1])</p><p>\(paragraphs[2])</p>
    <p>\(paragraphs[3])</p></main></body></html>
    """.utf8)
}
