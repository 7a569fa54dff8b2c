// What documents look like in each format: whole documents with their exact bytes.

import Testing

@testable import Winnow

private func list(_ id: Int32, start: Int? = nil) -> Container {
  Container(.list(start: start), identity: id)
}
private func item(_ id: Int32) -> Container { Container(.item, identity: id) }
private func quote(_ id: Int32) -> Container { Container(.quote, identity: id) }
private func row(_ id: Int32) -> Container { Container(.row, identity: id) }
private func cell(_ id: Int32, header: Bool = false, columns: Int = 1) -> Container {
  Container(.cell(isHeader: header, columns: columns), identity: id)
}
private let table = Container(.table, identity: 900)

private func block(
  _ text: String, _ role: Role = .body, in containers: [Container] = [], level: Int = 0,
  marks: [InlineMark] = [], language: String? = nil
) -> DocumentBlock {
  DocumentBlock(
    role: role, text: text, marks: marks, containers: containers, headingLevel: level,
    codeLanguage: language)
}

private struct FormatCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let blocks: [DocumentBlock]
  let text: String
  let markdown: String
  let html: String
}

private let nestedList = [
  block("one", .listItem, in: [list(1), item(2)]),
  block("first", .listItem, in: [list(1), item(2), list(3, start: 1), item(4)]),
  block("second", .listItem, in: [list(1), item(2), list(3, start: 1), item(5)]),
  block("two\nlines", .listItem, in: [list(1), item(6)]),
]

private let cases: [FormatCase] = [
  FormatCase(
    testDescription: "headings and paragraphs",
    blocks: [
      block("A title", .title, level: 1), block("One.\nTwo."), block("Part #", .heading, level: 2),
      block("Three."),
    ],
    text: "A title\n\nOne.\nTwo.\n\nPart #\n\nThree.\n",
    markdown: "# A title\n\nOne.\\\nTwo.\n\n## Part \\#\n\nThree.\n",
    html: "<h1>A title</h1>\n<p>One.<br>\nTwo.</p>\n<h2>Part #</h2>\n<p>Three.</p>\n"),
  FormatCase(
    testDescription: "nested lists",
    blocks: nestedList + [block("After.")],
    text: "- one\n  - first\n  - second\n- two\n  lines\n\nAfter.\n",
    markdown: "- one\n  1. first\n  2. second\n- two\\\n  lines\n\nAfter.\n",
    html: """
      <ul>
      <li>one
      <ol>
      <li>first</li>
      <li>second</li>
      </ol>
      </li>
      <li>two<br>
      lines</li>
      </ul>
      <p>After.</p>

      """),
  FormatCase(
    testDescription: "lists that follow each other, and one that starts late",
    blocks: [
      block("a", .listItem, in: [list(1), item(2)]), block("b", .listItem, in: [list(3), item(4)]),
      block("c", .listItem, in: [list(5, start: 9), item(6)]),
      block("d", .listItem, in: [list(5, start: 9), item(7)]),
    ],
    text: "- a\n\n- b\n\n- c\n- d\n",
    markdown: "- a\n\n* b\n\n9. c\n10. d\n",
    html: """
      <ul>
      <li>a</li>
      </ul>
      <ul>
      <li>b</li>
      </ul>
      <ol start="9">
      <li>c</li>
      <li>d</li>
      </ol>

      """),
  FormatCase(
    testDescription: "an item of several blocks",
    blocks: [
      block("a", .listItem, in: [list(1), item(2)]), block("more", .body, in: [list(1), item(2)]),
      block("x = 1", .code, in: [list(1), item(2)]), block("b", .listItem, in: [list(1), item(3)]),
    ],
    text: "- a\n  more\n  x = 1\n- b\n",
    markdown: "- a\n\n  more\n\n  ```\n  x = 1\n  ```\n\n- b\n",
    html: """
      <ul>
      <li>
      <p>a</p>
      <p>more</p>
      <pre><code>x = 1</code></pre>
      </li>
      <li>b</li>
      </ul>

      """),
  FormatCase(
    testDescription: "quotes",
    blocks: [
      block("Outer", .quote, in: [quote(1)]), block("Inner", .quote, in: [quote(1), quote(2)]),
      block("Another", .quote), block("Plain"),
    ],
    text: "Outer\n\nInner\n\nAnother\n\nPlain\n",
    markdown: "> Outer\n>\n> > Inner\n\n> Another\n\nPlain\n",
    html: """
      <blockquote>
      <p>Outer</p>
      <blockquote>
      <p>Inner</p>
      </blockquote>
      </blockquote>
      <blockquote>
      <p>Another</p>
      </blockquote>
      <p>Plain</p>

      """),
  FormatCase(
    testDescription: "code with fences and blank lines inside",
    blocks: [block("```\nif a < b:  \n\n\n\tpass", .code, language: "python")],
    text: "```\nif a < b:\n\n\n\tpass\n",
    markdown: "````python\n```\nif a < b:  \n\n\n\tpass\n````\n",
    html: "<pre><code class=\"language-python\">```\nif a &lt; b:  \n\n\n\tpass</code></pre>\n"),
  FormatCase(
    testDescription: "a table",
    blocks: [
      block("Figures", .caption, in: [table]),
      block("Name", .tableCell, in: [table, row(1), cell(2, header: true)]),
      block("a|b", .tableCell, in: [table, row(1), cell(3, header: true)]),
      block("One\nline", .tableCell, in: [table, row(4), cell(5)]),
      block("more", .tableCell, in: [table, row(4), cell(5)]),
      block("f(x | y)", .code, in: [table, row(4), cell(6)]),
      block("wide", .tableCell, in: [table, row(7), cell(8, columns: 2)]),
    ],
    text: "Figures\nName | a|b\nOne line more | f(x | y)\nwide\n",
    markdown: """
      Figures

      | Name | a\\|b |
      | --- | --- |
      | One<br>line<br>more | `f(x \\| y)` |
      | wide | |

      """,
    html: """
      <table>
      <caption>Figures</caption>
      <tr>
      <th>Name</th>
      <th>a|b</th>
      </tr>
      <tr>
      <td>
      <p>One<br>
      line</p>
      <p>more</p>
      </td>
      <td>
      <pre><code>f(x | y)</code></pre>
      </td>
      </tr>
      <tr>
      <td colspan="2">wide</td>
      </tr>
      </table>

      """),
  FormatCase(
    testDescription: "terms and definitions",
    blocks: [
      block("HTTP", .body, in: [Container(.term, identity: 1)]),
      block("a protocol", .body, in: [Container(.definition, identity: 2)]), block("End"),
    ],
    text: "HTTP\na protocol\n\nEnd\n",
    markdown: "**HTTP**\n\na protocol\n\nEnd\n",
    html: "<dl>\n<dt>HTTP</dt>\n<dd>a protocol</dd>\n</dl>\n<p>End</p>\n"),
]

@Suite("Formats")
struct FormatTests {
  @Test("Blocks look as they should in every format", arguments: cases)
  private func formats(_ each: FormatCase) {
    let document = Document(blocks: each.blocks)
    #expect(String(decoding: OutputFormat.text.render(document), as: UTF8.self) == each.text)
    #expect(
      String(decoding: OutputFormat.markdown.render(document), as: UTF8.self) == each.markdown)
    #expect(String(decoding: HTMLFormat.renderBody(each.blocks), as: UTF8.self) == each.html)
    #expect(document.text + "\n" == each.text)
  }

  @Test(
    "An empty document is empty bytes, but for JSON",
    arguments: [OutputFormat.text, .markdown, .json, .html, .tei])
  func empty(_ format: OutputFormat) {
    for blocks in [[], [block("")]] {
      let bytes = format.render(Document(blocks: blocks))
      #expect(
        bytes.isEmpty == (format != .json) || (format == .html || format == .tei) && !blocks.isEmpty
      )
    }
  }

  @Test(
    "Containers as deep as the limit of depth are written",
    arguments: [OutputFormat.text, .markdown, .json, .html, .tei])
  func deep(_ format: OutputFormat) {
    let depth = Int32(ExtractionOptions.Limits().depth)
    let containers = (0..<depth).map { $0 % 3 == 0 ? quote($0) : $0 % 3 == 1 ? list($0) : item($0) }
    let document = Document(blocks: [
      block("deep", in: containers), block("shallow", in: [quote(0)]),
    ])
    let output = String(decoding: format.render(document), as: UTF8.self)
    #expect(output.contains("deep") && output.contains("shallow"))
  }

  @Test("A cell that claims a thousand columns does not widen every row by as many")
  func wideCells() {
    var blocks = [block("a", .tableCell, in: [table, row(1), cell(2, columns: 1000)])]
    blocks += (0..<1000).map { block("b", .tableCell, in: [table, row(3 + $0), cell(2000 + $0)]) }
    #expect(MarkdownFormat.renderBody(blocks).count < 200_000)
  }

  @Test("Metadata becomes front matter in which every string is a string")
  func frontMatter() {
    let metadata = Metadata(
      title: "No: \"yes\" \\ #1\n", authors: ["null", "- a"], published: "2024-05-01",
      language: "no", tags: ["\u{85}\u{FEFF}\u{1}é"])
    let expected = #"""
      ---
      title: "No: \"yes\" \\ #1\n"
      authors:
        - "null"
        - "- a"
      published: "2024-05-01"
      language: "no"
      tags:
        - "\u0085\uFEFF\u0001é"
      ---

      Text.

      """#
    let document = Document(blocks: [block("Text.")], metadata: metadata)
    #expect(String(decoding: OutputFormat.markdown.render(document), as: UTF8.self) == expected)
  }

  @Test("JSON has every key in every document, in one order")
  func json() {
    let document = Document(
      blocks: [block("A \"b\"\nc")], metadata: Metadata(title: "T", authors: ["x"]),
      encoding: EncodingUsed(label: "gb18030", source: .meta, replacements: 2), confidence: 0.5,
      degradations: [.depth], residue: ["z": 1, "a": 2])
    let expected = #"""
      {"metadata":{"title":"T","authors":["x"],"published":null,"modified":null,"siteName":null,\#
      "description":null,"language":null,"url":null,"saved":null,"recordID":null,\#
      "canonicalURL":null,"pageType":null,\#
      "categories":[],"tags":[],"leadImage":null},"text":"A \"b\"\nc",\#
      "encoding":{"label":"gb18030","source":"meta","replacements":2},"confidence":0.5,\#
      "degradations":["depth"],"residue":{"a":2,"z":1},"residueLines":[]}

      """#
    #expect(String(decoding: JSONFormat.render(document, .compact), as: UTF8.self) == expected)
    #expect(OutputFormat.json.render(document).last == 0x0A)
  }

  @Test("The HTML page names its language, title and origin, escaped")
  func page() {
    let metadata = Metadata(
      title: "</title><script>", authors: ["A \"B\""], language: "ar\" onload=\"x",
      url: "javascript:alert(1)")
    let expected = """
      <!DOCTYPE html>
      <html lang="ar&quot; onload=&quot;x">
      <head>
      <meta charset="utf-8">
      <title>&lt;/title&gt;&lt;script&gt;</title>
      <meta name="author" content="A &quot;B&quot;">
      </head>
      <body>
      <article dir="auto">
      <p>&lt;b&gt;</p>
      </article>
      </body>
      </html>

      """
    let document = Document(blocks: [block("<b>")], metadata: metadata)
    #expect(String(decoding: OutputFormat.html.render(document), as: UTF8.self) == expected)
  }

  @Test(
    "Only addresses that do no harm are linked",
    arguments: [
      ("https://a.b/c:d", true), ("HTTP://a.b", true), ("mailto:a@b.c", true), ("/a/b", true),
      ("../a?b=c:d", true), ("#part", true), ("", true), ("?q=a:b", true), ("//a.b/c", true),
      ("javascript:alert(1)", false), (" JavaScript:alert(1)", false), ("java\nscript:x", false),
      ("\u{1}javascript:x", false), ("data:text/html,x", false), ("vbscript:x", false),
      ("file:///etc/passwd", false), ("blob:x", false), ("about:blank", false),
    ])
  func addresses(_ address: String, _ isSafe: Bool) {
    #expect((LinkTarget.safe(address) != nil) == isSafe)
    let document = [block("word", marks: [InlineMark(.link(address), 0..<4)])]
    let html = String(decoding: HTMLFormat.renderBody(document), as: UTF8.self)
    let markdown = String(decoding: MarkdownFormat.renderBody(document), as: UTF8.self)
    #expect(html.contains("<a ") == isSafe)
    #expect(markdown.contains("](") == isSafe)
  }
}
