// The prefilter case by case: what a browser shows of odd markup is what the tree holds.

import Testing

@testable import Winnow

/// Markup, and the text that is to be seen.
private struct TextCase: Sendable, CustomTestStringConvertible {
  let html: String
  let text: String
  let testDescription: String

  init(_ testDescription: String, _ html: String, _ text: String) {
    self.html = html
    self.text = text
    self.testDescription = testDescription
  }
}

/// Markup, and the tree that is to come of it.
private struct TreeCase: Sendable, CustomTestStringConvertible {
  let html: String
  let tree: String
  let testDescription: String

  init(_ testDescription: String, _ html: String, _ tree: String) {
    self.html = html
    self.tree = tree
    self.testDescription = testDescription
  }
}

private func check(_ each: TextCase) throws {
  let tree = try parsed(each.html)
  #expect(tree.visibleText == each.text)
  #expect(tree.faults.isEmpty)
}

@Suite("The prefilter")
struct PrefilterTests {
  @Test(
    "A comment ends where a browser ends it",
    arguments: [
      TextCase("plain", "a<!-- b -->c", "ac"),
      TextCase("empty", "a<!---->c", "ac"),
      TextCase("at once", "a<!-->b<!-- -->c", "abc"),
      TextCase("after one dash", "a<!--->b<!-- -->c", "abc"),
      TextCase("with a bang", "a<!-- b --!>c", "ac"),
      TextCase("with a bang at once", "a<!--!> b -->c", "ac"),
      TextCase("with many dashes", "a<!-- b ------>c", "ac"),
      TextCase("not at one dash", "a<!-- b -> d -->c", "ac"),
      TextCase("holding tags", "a<!-- <p>b</p> <!-- -->c", "ac"),
      TextCase("holding a script", "a<!-- <script> -->c", "ac"),
      TextCase("never", "a<p>b</p><!-- c <p>d</p>", "a b"),
    ])
  fileprivate func comments(_ each: TextCase) throws { try check(each) }

  @Test(
    "What is no element's markup is a comment up to the next greater-than sign",
    arguments: [
      TextCase("bogus comment", "a<!b>c", "ac"),
      TextCase("conditional", "a<![if !IE]>b<![endif]>c", "abc"),
      TextCase("hidden conditional", "a<!--[if IE]><p>b</p><![endif]-->c", "ac"),
      TextCase("CDATA", "a<![CDATA[b]]>c", "ac"),
      TextCase("PHP", "a<?php echo 1; ?>c", "ac"),
      TextCase("PHP that holds the sign", "a<?php 1 > 0 ?>c", "a 0 ?>c"),
      TextCase("XML declaration", "<?xml version=\"1.0\"?><p>c", "c"),
      TextCase("doctype", "<!DOCTYPE html><p>c", "c"),
      TextCase("doctype with an open quote", "<!DOCTYPE html PUBLIC \"-//W3C><p>c", "c"),
      TextCase("doctype later", "<p>a<!DOCTYPE html>c", "ac"),
      TextCase("end tag without letter", "a</1>b</>c", "abc"),
      TextCase("less-than signs in text", "a < b, x <3, <- and <", "a < b, x <3, <- and <"),
      TextCase("half an end tag", "a</", "a</"),
    ])
  fileprivate func bogusComments(_ each: TextCase) throws { try check(each) }

  @Test(
    "Raw text is not read as markup",
    arguments: [
      TextCase("script", "a<script>if (a < b) '<p>x</p>'</script>c", "ac"),
      TextCase("script, escaped", "a<script><!-- x </script>c", "ac"),
      TextCase(
        "script, twice escaped", "a<script><!-- <script> x </script> <p>y --></script>c", "ac"),
      TextCase(
        "script, escape ended", "a<script><!-- --> <script> x </script>c</script>d", "acd"),
      TextCase("script, escape ended at once", "a<script><!--> <script> x </script>c", "ac"),
      TextCase("script, name goes on", "a<script>x</scripty></script>c", "ac"),
      TextCase("script, end tag with a quote", "a<script>x</script a=\">\" b>c", "ac"),
      TextCase("script, capitals", "a<SCRIPT>x</ScRiPt >c", "ac"),
      TextCase("script, self-closing", "a<script src=x />b</script>c", "ac"),
      TextCase("script, unclosed", "a<script>b<p>c", "a"),
      TextCase("style", "a<style>p > b { content: '</p>' }</style>c", "ac"),
      TextCase("textarea", "a<textarea><p>b</p></textarea>c", "ac"),
      TextCase("iframe", "a<iframe><p>b</p></iframe>c", "ac"),
      TextCase("noembed", "a<noembed><p>b</p></noembed>c", "ac"),
      TextCase("noframes", "a<noframes><p>b</p></noframes>c", "ac"),
      TextCase("xmp is shown", "a<xmp><b>&amp;b</b></xmp>c", "a <b>&amp;b</b> c"),
      TextCase("plaintext is shown", "a<plaintext>b</plaintext><p>c", "a b</plaintext><p>c"),
      TextCase("title", "<title>a <b>b</b></title><p>c", "c"),
      TextCase("unclosed title", "<title>a<p>c<p>d", "c d"),
      TextCase("many unclosed titles", "<title>a<title>b<p>c", "c"),
    ])
  fileprivate func rawText(_ each: TextCase) throws { try check(each) }

  @Test(
    "What is never shown is dropped, up to where it ends",
    arguments: [
      TextCase("template", "a<template><p>b</p></template>c", "ac"),
      TextCase("nested template", "a<template>b<template>c</template>d</template>e", "ae"),
      TextCase("unclosed template", "a<template>b<p>c", "a"),
      TextCase(
        "template with a script", "a<template><script>'</template>'</script>b</template>c", "ac"),
      TextCase("svg", "a<svg><title>b</title><text>c</text></svg>d", "ad"),
      TextCase("svg, self-closing", "a<svg/>b", "ab"),
      TextCase("svg, slash apart", "a<svg / >b</svg>c", "ac"),
      TextCase("svg, nested", "a<svg>b<svg>c</svg>d</svg>e", "ae"),
      TextCase("svg, self-closing within", "a<svg>b<svg/>d</svg>e", "ae"),
      TextCase("svg, unclosed, block follows", "a<svg><path><p>b", "a b"),
      TextCase("svg, unclosed, parent ends", "<div><svg><path></div>a", "a"),
      TextCase("svg, end tag of nothing", "<svg>b</div>c</svg>a", "a"),
      TextCase("svg with style", "a<svg><style>b</style></svg>c", "ac"),
      TextCase(
        "svg with foreignObject",
        "a<svg><text>b</text><foreignObject><div>c</div></foreignObject></svg>d", "a c d"),
      TextCase("select", "a<select><option>b<option>c</select>d", "ad"),
      TextCase("select in select ends the first", "a<select><option>b<select>c", "ac"),
      TextCase("select, unclosed, block follows", "a<select><option>b<p>c", "a c"),
      TextCase("select, unclosed, field follows", "a<select><option>b<input>c", "ac"),
      TextCase(
        "select, unclosed, cell ends",
        "<table><tr><td><select><option>b</td><td>c</td></tr></table>", "c"),
      TextCase("datalist", "a<datalist><option>b</datalist>c", "ac"),
      TextCase(
        "annotation of a formula", "<math><mi>x</mi><annotation>\\x</annotation></math>", "x"),
    ])
  fileprivate func dropped(_ each: TextCase) throws { try check(each) }

  @Test(
    "Character references mean what they mean to a browser",
    arguments: [
      TextCase("no-break space without semicolon", "a&nbspb", "a\u{A0}b"),
      TextCase("names of HTML5", "&lbrace;&rbrace;&hellip;", "{}…"),
      TextCase("two scalars", "&NotEqualTilde;", "\u{2242}\u{338}"),
      TextCase("windows-1252", "&#128;&#150;", "€–"),
      TextCase("escaped once", "&amp;lt;b&amp;gt;", "&lt;b&gt;"),
      TextCase("less-than makes no tag", "&lt;p>a&#60;b>", "<p>a<b>"),
      TextCase("ampersand that is none", "a & b &c; &# &#x; &", "a & b &c; &# &#x; &"),
      TextCase("zero and surrogates", "&#0;&#xD800;&#x110000;", "\u{FFFD}\u{FFFD}\u{FFFD}"),
      TextCase("copyright without semicolon", "&copy 2020 &COPY", "© 2020 ©"),
      TextCase("form feed", "a&#12;b", "a b"),
    ])
  fileprivate func references(_ each: TextCase) throws { try check(each) }

  @Test(
    "White space and odd characters in text join and lose no words",
    arguments: [
      TextCase("form feed", "a\u{0C}b", "a b"),
      TextCase("carriage return", "a\rb\r\nc", "a b c"),
      TextCase("replacement character", "a\u{FFFD}b<p\u{FFFD}>c</p\u{FFFD}>d", "a\u{FFFD}bcd"),
      TextCase(
        "long text without white space", String(repeating: "é", count: 5000),
        String(repeating: "é", count: 5000)),
      TextCase("scalars beyond 16 bits", "a😀b<b>😀</b>", "a😀b😀"),
      TextCase("control characters", "a\u{1}b<p>\u{2}</p>c\u{1F}", "ab c"),
      TextCase("control characters by number", "a&#1;b", "ab"),
      TextCase("what is no character", "a\u{FFFE}b\u{FFFF}c&#xFFFE;\u{FFFD}", "abc\u{FFFD}"),
      TextCase("form feed in code", "<xmp>a\u{C}b</xmp>", "a b"),
      TextCase(
        "long white space",
        "a" + String(repeating: " ", count: 5000) + "b<p>"
          + String(repeating: "\n", count: 5000) + "</p>c", "a b c"),
    ])
  fileprivate func characters(_ each: TextCase) throws { try check(each) }

  @Test(
    "The page's frame loses no text, wherever its tags stand",
    arguments: [
      TextCase("after html", "<html><body><p>a</p></body></html><p>b</p>tail", "a b tail"),
      TextCase(
        "two pages joined",
        "<html><body><p>a</p></body></html><!DOCTYPE html><html><body><p>b</p></body></html>",
        "a b"),
      TextCase("early body end", "<body>a</body>b</body>c", "abc"),
      TextCase("early html end", "</html>a</html><div>b", "a b"),
      TextCase("head that never ends", "<head><meta a><p>a", "a"),
      TextCase("head after text", "a<head><title>t</title></head>b", "a b"),
      TextCase("second body", "<body>a<body class=x>b", "ab"),
      TextCase("end tags alone", "</p></div></b></table>a", "a"),
      TextCase("break as end tag", "a</br>b", "a b"),
      TextCase("noscript", "a<noscript><p>b</p></noscript>c", "a b c"),
      TextCase(
        "frame that never ends in noscript", "a<noscript><iframe src=x /></noscript>b", "a b"),
      TextCase(
        "frame that ends in noscript",
        "a<noscript><iframe>b</iframe></noscript>c<iframe>d</iframe>e",
        "a ce"),
      TextCase("nothing", "", ""),
      TextCase("one tag", "<p>", ""),
    ])
  fileprivate func frame(_ each: TextCase) throws { try check(each) }

  @Test(
    "Elements nest as a browser nests them",
    arguments: [
      TreeCase("section closes p", "<p>a<section>b</section>", "p(\"a\") section(\"b\")"),
      TreeCase("figure closes p", "<p>a<figure>b</figure>", "p(\"a\") figure(\"b\")"),
      TreeCase(
        "article's end tag closes an open div", "<article><div>a</article>b",
        "article(div(\"a\")) \"b\""),
      TreeCase(
        "section's end tag closes what is in it", "<section><article><div>a</section>b",
        "section(article(div(\"a\"))) \"b\""),
      TreeCase(
        "end tag of what is not open", "<div>a</article>b</section>c</div>d",
        "div(\"abc\") \"d\""),
      TreeCase(
        "a table's cell keeps end tags to itself",
        "<div><table><tr><td>a</div>b</td></tr></table>c</div>",
        "div(table(tr(td(\"ab\"))) \"c\")"),
      TreeCase("unknown elements", "<my-card><x-y>a</x-y></my-card>", "unknown(unknown(\"a\"))"),
      TreeCase("inline of HTML5", "<time>a</time><mark>b</mark>", "time(\"a\") mark(\"b\")"),
      TreeCase("items", "<ul><li>a<li>b</ul>", "ul(li(\"a\") li(\"b\"))"),
      TreeCase("links in links", "<a>b<a>c", "a(\"b\") a(\"c\")"),
      TreeCase(
        "a name of more than 100 bytes", "<\(String(repeating: "n", count: 120))>a",
        "unknown(\"a\")"),
      TreeCase("a name with odd characters", "<p$%&x=\"b\">a", "unknown(\"a\")"),
      TreeCase("a name longer than the table's", "<blockquoteblockquote>a", "unknown(\"a\")"),
      TreeCase("capitals", "<DIV><Blockquote>a", "div(blockquote(\"a\"))"),
      TreeCase("self-closing on what is not void", "<p/>a<br/>b", "p(\"a\" br() \"b\")"),
    ])
  fileprivate func nesting(_ each: TreeCase) throws {
    let tree = try parsed(each.html)
    #expect(tree.sketch == each.tree)
    #expect(tree.faults.isEmpty)
  }

  @Test(
    "An element that the parser makes up takes no other's place",
    arguments: ["<div id=x>a", "<html><div id=x>a", "<body><b id=x>a", "<p id=x>a"])
  func impliedElements(_ html: String) throws {
    let tree = try parsed(html)
    let withID = tree.nodes.indices.filter { tree.string(.id, of: $0) == "x" }
    #expect(withID.count == 1)
    let element = try #require(withID.first.map { tree.nodes[$0].tag })
    #expect(html.contains("<\(element.name) id=x>"))
    #expect(tree.nodes.filter { $0.tag == .html }.count == 1)
    #expect(tree.nodes.filter { $0.tag == .body }.count == 1)
    #expect(tree.nodes.filter { $0.tag == element }.count == 1)
  }

  @Test("A comment between two texts does not part them")
  func joinedText() throws {
    let tree = try parsed("<p>a<!-- b -->c</span>d<script>e</script>f</p>")
    #expect(tree.sketch == "p(\"acdf\")")
  }

  @Test("The parser's skeleton holds a byte for each run of text and each leaf, and no text")
  func skeleton() {
    let page = Array(
      "<!DOCTYPE html> <p class=a>some &lt;text&gt; <b>more</b>\n</p><section>é<i><b>d</b></i></section>"
        .utf8)
    let (skeleton, texts) = page.withUnsafeBufferPointer { input in
      let filtered = Prefilter.filter(input)
      return (
        String(decoding: filtered.skeleton.array(), as: UTF8.self),
        filtered.texts.map { run in
          String(
            decoding: filtered.text.array()[Int(run.start)..<Int(run.start + run.length)],
            as: UTF8.self)
        }
      )
    }
    #expect(skeleton == " <p>xx </p><div>x<i>x</i></div>")
    #expect(texts == [" ", "some <text> ", "more", "\n", "é", "d"])
  }

  @Test(
    "A tail that was swallowed is flagged",
    arguments: [
      "a<!-- b", "a<script>b", "a<template>b", "a<p class=\"b", "a<p class=b", "a<!b",
      "<title>a<p>b", "a<style>b", "a</p b", "a</script x", "a<svg>b", "a<script>b</script c",
    ])
  func swallowedTail(_ html: String) throws {
    let tree = try parsed(html)
    // `</script` alone is an end tag of nothing, and it is the page's end.
    #expect(tree.degradations == [.swallowedTail])
  }

  @Test("A whole page is not flagged")
  func wholePage() throws {
    let tree = try parsed(
      "<!DOCTYPE html><html><head><title>t</title></head><body><p>a<svg/></body></html>")
    #expect(tree.degradations == [])
  }
}
