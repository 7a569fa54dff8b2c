// Pages taken whole, as Markdown: nothing is left out, and what has no text is there too.

import Testing

@testable import Winnow

@Suite("Whole pages")
struct WholePageTests {
  struct Sample: Sendable, CustomTestStringConvertible {
    let html: String
    let markdown: String
    var testDescription: String { html }
  }

  @Test(
    "Markdown of whole pages",
    arguments: [
      Sample(
        html: "<nav><a href=/>Home</a></nav><p>Text.<footer>Subscribe to our newsletter!</footer>",
        markdown: "[Home](/)\n\nText.\n\nSubscribe to our newsletter!\n"),
      Sample(html: "<p>a<hr><p>b", markdown: "a\n\n***\n\nb\n"),
      Sample(html: "<p><a href=x><img src=i alt=y></a>", markdown: "[![y](i)](x)\n"),
      Sample(
        html: "<figure><img src=i></figure><p>t <img src=j>", markdown: "![](i)\n\nt ![](j)\n"),
      Sample(html: "<p><img src=i> t", markdown: "![](i) t\n"),
      Sample(html: "<p><a href=x title='a \"b\"'>t</a>", markdown: "[t](x \"a \\\"b\\\"\")\n"),
      Sample(html: "<ul><li>a<li><li>b</ul>", markdown: "- a\n-\n- b\n"),
      Sample(html: "<ul><li><p>a<li><p>b</ul>", markdown: "- a\n\n- b\n"),
      Sample(html: "<ul><li>a<pre>x</pre><li>b</ul>", markdown: "- a\n  ```\n  x\n  ```\n- b\n"),
      Sample(
        html: "<ul><li>a<ul><li><p>b<p>c</ul><li>d</ul>",
        markdown: "- a\n  - b\n\n    c\n- d\n"),
      Sample(html: "<pre>  a  \n\n  b\n</pre>", markdown: "```\n  a  \n\n  b\n```\n"),
      Sample(html: "<p><em><strong>a</strong></em>", markdown: "*__a__*\n"),
      Sample(
        html: "<table><tr><th>a<th>b<tr><td><td>1</table>",
        markdown: "| a | b |\n| --- | --- |\n| | 1 |\n"),
      Sample(html: "<noscript>no</noscript><p>a<video>v</video>", markdown: "a\n"),
    ])
  func markdown(_ each: Sample) throws {
    var options = ExtractionOptions()
    options.scope = .whole
    let document = try Extractor(options).document(from: Page(bytes: Array(each.html.utf8)))
    #expect(
      String(decoding: OutputFormat.markdown.render(document), as: UTF8.self) == each.markdown)
  }

  @Test("Rules still drop")
  func rules() throws {
    var options = ExtractionOptions()
    options.scope = .whole
    options.rules.drop = [try Rule(selector: "nav")]
    let html = "<nav>Home</nav><p>Text.</p>"
    let document = try Extractor(options).document(from: Page(bytes: Array(html.utf8)))
    #expect(document.text == "Text.")
  }
}
