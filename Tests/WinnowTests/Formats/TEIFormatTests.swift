// Documents as TEI: what the elements say. Whether they are valid is checked by `make check-tei`.

import Testing

@testable import Winnow

@Suite("TEI")
struct TEIFormatTests {
  private func body(_ html: String) throws -> String {
    var options = ExtractionOptions()
    options.scope = .whole
    let document = try Extractor(options).document(from: Page(bytes: Array(html.utf8)))
    let tei = String(decoding: OutputFormat.tei.render(document), as: UTF8.self)
    let start = try #require(tei.firstRange(of: "<body><div>\n"))
    let end = try #require(tei.firstRange(of: "</div></body>"))
    return String(tei[start.upperBound..<end.lowerBound])
  }

  struct Sample: Sendable, CustomTestStringConvertible {
    let html: String
    let tei: String
    var testDescription: String { html }
  }

  @Test(
    "Elements",
    arguments: [
      Sample(html: "<p>a &lt; b<br>c", tei: "<p>a &lt; b<lb/>c</p>\n"),
      Sample(
        html: "<h1>A</h1><p>x<h2>B</h2><h3>C</h3><h2>D</h2><p>y",
        tei: """
          <div><head>A</head>
          <p>x</p>
          <div><head>B</head>
          <div><head>C</head>
          </div>
          </div>
          <div><head>D</head>
          <p>y</p>
          </div></div>
          """),
      Sample(
        html: "<blockquote><h2>A</h2><p>x</blockquote>",
        tei: "<quote>\n<p rend=\"heading\">A</p>\n<p>x</p>\n</quote>\n"),
      Sample(
        html: "<ol start=3><li>a<ul><li>b</ul></ol>",
        tei: """
          <list rend="numbered">
          <item n="3">
          <p>a</p>
          <list rend="bulleted">
          <item>b</item>
          </list>
          </item>
          </list>

          """),
      Sample(
        html: "<dl><dt>a</dt><dt>b</dt><dd>c</dd><dd>d</dd></dl>",
        tei: """
          <list type="gloss">
          <label>a</label><item/><label>b</label><item>c</item>
          <label/><item>d</item>
          </list>

          """),
      Sample(
        html: "<table><tr><th>a<th colspan=2>b<tr><td rowspan=2>c<td><td>d<tr><td>e<td>f</table>",
        tei: """
          <table>
          <row><cell role="label">a</cell>
          <cell role="label" cols="2">b</cell>
          </row>
          <row><cell>c</cell>
          <cell/><cell>d</cell>
          </row>
          <row><cell/><cell>e</cell>
          <cell>f</cell>
          </row>
          </table>

          """),
      Sample(
        html: "<pre>\n<code class=language-c>int a;\n</code></pre><hr>",
        tei: "<ab type=\"code\" xml:space=\"preserve\"><code lang=\"c\">int a;</code></ab>\n"
          + "<milestone unit=\"section\" rend=\"rule\"/>\n"),
      Sample(
        html: "<p><a href='/a b?\"'>x <img src=i.png alt=y></a> <a href=javascript:z>n</a>",
        tei: "<p><ref target=\"/a%20b?%22\">x <figure><graphic url=\"i.png\"/>"
          + "<figDesc>y</figDesc></figure></ref> n</p>\n"),
    ])
  func elements(_ each: Sample) throws {
    #expect(try body(each.html) == each.tei)
  }

  @Test("What XML forbids is left out, and dates and languages are checked")
  func values() {
    var xml = XMLWriter()
    xml.text("a\u{1}\u{B}b\u{FFFE}c\u{FFFF}d\u{FFFD}\u{7F}e\rf")
    #expect(String(decoding: xml.bytes, as: UTF8.self) == "abcd\u{FFFD}\u{7F}e&#13;f")
    #expect(TEIFormat.moment("2024-05-01") == "2024-05-01")
    #expect(TEIFormat.moment("2024-05-01T10:00") == "2024-05-01")
    #expect(TEIFormat.moment("2024-05-01T10:00:00+02:00") == "2024-05-01T10:00:00+02:00")
    #expect(TEIFormat.moment("May") == nil)
    #expect(TEIFormat.language("de-AT") == "de-AT")
    #expect(TEIFormat.language("de_AT") == nil)
    #expect(TEIFormat.language("") == nil)
  }

  @Test("A row of CSV is quoted where it must be")
  func rows() {
    var document = Document(blocks: [DocumentBlock(role: .body, text: "ab")])
    document.metadata.title = "A \"title\",\nand more"
    document.metadata.authors = ["X Y", "Z"]
    let row = String(decoding: OutputFormat.csv.render(document, id: "a,b"), as: UTF8.self)
    #expect(row.hasPrefix("\"a,b\",\"A \"\"title\"\",\nand more\",X Y; Z,,"))
    #expect(row.hasSuffix(",2,0.0,utf-8,0,\r\n"))
    let line = OutputFormat.jsonl.render(document, id: "p\u{2028}")
    #expect(line.dropLast().allSatisfy { $0 != 0x0A } && line.last == 0x0A)
  }
}
