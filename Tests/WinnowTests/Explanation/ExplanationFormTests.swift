// The forms of an explanation: table, fields, JSON, HTML; and that no page can act through them.

import Testing

@testable import Winnow

@Suite("Forms of an explanation")
struct ExplanationFormTests {
  /// What terminals, browsers or readers could be misled by, wherever a page can put it.
  private static let hostile = Page(
    bytes: Array(
      """
      <!DOCTYPE html><html><head>
      <title>&lt;/title&gt;&lt;script&gt;document.title='ran'&lt;/script&gt;\u{1B}]0;owned\u{7}</title>
      </head><body>
      <div id="a&quot;&gt;&lt;b" class="x&quot; onclick='alert(1)' y"><p>Red \u{1B}[31mtext\u{9B}0m,
      turned \u{202E}around\u{2028}and\u{0}rung \u{7}. &lt;script&gt;document.title='ran'&lt;/script&gt;
      &lt;img src=x onerror="document.title='ran'"&gt; &amp;lt;b&amp;gt; with words enough to
      stand as a sentence of its own.</p></div>
      </body></html>
      """.utf8), url: "https://example.org/\u{1B}[2J\"><script>")

  private static func explanation(_ page: Page) throws -> Explanation {
    try Explanation(of: page, ExtractionOptions())
  }

  private static let hostileCharacters: [Unicode.Scalar] = [
    "\u{1B}", "\u{7}", "\u{9B}", "\u{0}", "\u{202E}", "\u{2028}", "\r",
  ]

  @Test("No character that acts on a terminal comes out raw")
  func terminal() throws {
    let explanation = try Self.explanation(Self.hostile)
    for bytes in [
      explanation.fields(), explanation.table(columns: 80), explanation.table(columns: 400),
      explanation.json(),
    ] {
      let text = String(decoding: bytes, as: UTF8.self)
      // JSON may hold marks of direction in its strings; it is not for terminals alone.
      let isJSON = text.hasPrefix("{")
      for scalar in Self.hostileCharacters where !isJSON || scalar != "\u{202E}" {
        #expect(!text.unicodeScalars.contains(scalar))
      }
    }
    #expect(String(decoding: explanation.fields(), as: UTF8.self).contains("text\\u{9B}0m"))
  }

  @Test("Nothing of the page is markup in the HTML")
  func markup() throws {
    let explanation = try Self.explanation(Self.hostile)
    let html = String(decoding: explanation.html(), as: UTF8.self)
    for text in ["<script", "<img", "<b>with", "\u{1B}", "\u{7}", "\u{9B}", "\u{0}"] {
      #expect(!html.contains(text), "\(text)")
    }
    #expect(html.contains("&lt;script&gt;document.title='ran'&lt;/script&gt;"))
    #expect(html.contains("default-src 'none'"))
    // An entity that the page shows as text is shown as text.
    #expect(html.contains("&amp;lt;b&amp;gt;"))
    // Parsed again, the page's text is there, and nothing else is but what we wrote.
    let tree = try PageParser.parse(explanation.html(), limits: ExtractionOptions.Limits())
    #expect(tree.scripts.isEmpty)
    #expect(!tree.nodes.contains { $0.tag == .img || $0.tag == .iframe })
  }

  @Test("A table's lines fit the terminal", arguments: SamplePage.small)
  func width(_ sample: SamplePage) throws {
    let explanation = try sample.explanation()
    for columns in [60, 80, 97, 200] {
      for line in lines(explanation.table(columns: columns)) {
        #expect(LineText.width(of: line) <= columns, "\(line)")
      }
    }
  }

  @Test(
    "A line is cut by columns, not by characters",
    arguments: [
      ("short", 5, "short"), ("longer", 5, "long…"), ("時計が逆に", 6, "時計…"), ("時計が逆に", 7, "時計が…"),
      ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"), ("any", 1, "…"), ("any", 0, ""), ("", 4, ""),
    ])
  func cutting(_ line: String, _ width: Int, _ expected: String) {
    #expect(LineText.cut(line, to: width).unicodeScalars.elementsEqual(expected.unicodeScalars))
  }

  @Test("Colours are there when asked for, and only ours")
  func colors() throws {
    let explanation = try Self.explanation(Self.hostile)
    let colored = String(decoding: explanation.table(columns: 80, isColored: true), as: UTF8.self)
    let plain = String(decoding: explanation.table(columns: 80), as: UTF8.self)
    var stripped = colored
    for sequence in ["\u{1B}[32m", "\u{1B}[2m", "\u{1B}[0m"] {
      stripped = stripped.split(separator: sequence, omittingEmptySubsequences: false).joined()
    }
    #expect(colored != plain)
    #expect(stripped == plain)
  }

  @Test("Every line of fields has as many fields as their names", arguments: SamplePage.small)
  func fields(_ sample: SamplePage) throws {
    let explanation = try sample.explanation()
    let lines = lines(explanation.fields())
    #expect(lines.count == explanation.blocks.count + 1)
    #expect(
      Set(lines.map { $0.split(separator: "\t", omittingEmptySubsequences: false).count }) == [9])
  }

  @Test(
    "A selection shows its blocks alone, in every form", arguments: Explanation.Selection.allCases)
  func selection(_ only: Explanation.Selection) throws {
    let page = Page(bytes: articleAround("<nav><a href=/>Home</a></nav>"))
    let explanation = try Self.explanation(page)
    let shown = explanation.blocks.filter { $0.decision.isKept == (only == .kept) }
    try #require(!shown.isEmpty && shown.count < explanation.blocks.count)
    #expect(lines(explanation.fields(only)).count == shown.count + 1)
    let json = try JSONValue(reading: explanation.json(only))
    #expect(json["blocks"]?.array?.count == shown.count)
    #expect(json["counts"]?["blocks"]?.number == Double(explanation.blocks.count))
    let html = String(decoding: explanation.html(only), as: UTF8.self)
    #expect(html.split(separator: "<details ").count == shown.count + 1)
    let table = lines(explanation.table(only, columns: 80))
    #expect(table.filter { $0.hasPrefix("+ ") || $0.hasPrefix("- ") }.count == shown.count)
  }

  @Test("JSON has the same keys for every block and page")
  func keys() throws {
    let pages = [
      Page(bytes: articleAround("<noscript><p>Please turn scripts on.</p></noscript>")),
      Self.hostile, Page(bytes: Array("<p>Text</p>".utf8)),
    ]
    var keys: Set<[String]> = []
    var blockKeys: Set<[String]> = []
    for page in pages {
      let json = try JSONValue(reading: try Self.explanation(page).json())
      keys.insert(json.object?.map(\.key) ?? [])
      for block in json["blocks"]?.array ?? [] {
        blockKeys.insert(block.object?.map(\.key) ?? [])
      }
    }
    #expect(
      keys == [
        [
          "title", "url", "encoding", "preset", "confidence", "threshold", "baseline",
          "degradations", "counts", "blocks",
        ]
      ])
    #expect(
      blockKeys == [
        [
          "number", "decision", "by", "rule", "option", "copyOf", "role", "probability", "reasons",
          "path", "words", "text", "residue",
        ]
      ])
  }

  @Test(
    "Numbers have their decimals",
    arguments: [
      (0.0, 2, "0.00"), (0.005, 2, "0.01"), (1.999, 2, "2.00"), (-0.001, 2, "0.00"),
      (-1.25, 1, "-1.3"), (12.04, 2, "12.04"), (3.7, 0, "4"), (.infinity, 2, "inf"),
    ])
  func decimals(_ value: Double, _ decimals: Int, _ text: String) {
    #expect(ExplainedNumber.text(value, decimals: decimals) == text)
  }

  private func lines(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
