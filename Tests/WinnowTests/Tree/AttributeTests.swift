// Attributes: which are kept, and what their values are.

import Testing

@testable import Winnow

private struct AttributeCase: Sendable, CustomTestStringConvertible {
  let tag: String
  let name: AttributeName
  let value: String?
  let testDescription: String

  init(_ testDescription: String, _ tag: String, _ name: AttributeName, _ value: String?) {
    self.tag = tag
    self.name = name
    self.value = value
    self.testDescription = testDescription
  }
}

@Suite("Attributes")
struct AttributeTests {
  @Test(
    "A value is what a browser reads",
    arguments: [
      AttributeCase("in double quotes", "<p class=\"a b\">", .class, "a b"),
      AttributeCase("in single quotes", "<p class='a \"b'>", .class, "a \"b"),
      AttributeCase("without quotes", "<p class=a/b id=c>", .class, "a/b"),
      AttributeCase("without value", "<p class id=c>", .class, ""),
      AttributeCase("empty before the end", "<p class=>", .class, ""),
      AttributeCase("white space about the sign", "<p class \n = \t\"a\">", .class, "a"),
      AttributeCase("the first of two", "<p class=a class=b>", .class, "a"),
      AttributeCase("capitals in the name", "<p CLASS=A>", .class, "A"),
      AttributeCase("after a slash", "<p/class=a>", .class, "a"),
      AttributeCase("signs in quotes", "<p title=\"<b>\" class='>'>", .class, ">"),
      AttributeCase("no space between", "<p id=\"a\"class=\"b\">", .class, "b"),
      AttributeCase("a name that starts with the sign", "<p =class=a>", .class, nil),
      AttributeCase("a quote in a name", "<p a\"b class=c>", .class, "c"),
      AttributeCase("a quote within", "<p class=a\"b>", .class, "a\"b"),
      AttributeCase("references", "<p class='&lt;&amp;amp;&eacute;&#128;'>", .class, "<&amp;é€"),
      AttributeCase("no reference", "<a href='?a=1&copy=2&lt=3&x'>", .href, "?a=1&copy=2&lt=3&x"),
      AttributeCase("two bytes", "<p class=é>", .class, "é"),
      AttributeCase("line breaks in quotes", "<p class='a\nb'>", .class, "a\nb"),
      AttributeCase("a hyphened name", "<p data-src=a>", .dataSrc, "a"),
      AttributeCase("another", "<p http-equiv=a>", .httpEquiv, "a"),
      AttributeCase("not kept by a like name", "<p classes=a class-=b>", .class, nil),
    ])
  fileprivate func values(_ each: AttributeCase) throws {
    let tree = try parsed("\(each.tag)x")
    let element = try #require(tree.nodes.indices.last { tree.nodes[$0].tag != .text })
    #expect(tree.string(each.name, of: element) == each.value)
    #expect(tree.visibleText == "x")
  }

  @Test(
    "Every kept name is found by its name in any letter case", arguments: AttributeName.allCases)
  func names(_ name: AttributeName) {
    var key = TagKey()
    for (index, byte) in name.htmlName.utf8.enumerated() { key.add(byte, at: index) }
    #expect(AttributeName.named(key, length: name.htmlName.utf8.count) == name)
    #expect(AttributeName.named(key, length: name.htmlName.utf8.count + 1) == nil)
  }

  @Test(
    "What hides an element is a flag",
    arguments: [
      ("<p hidden>", NodeFlags.hidden), ("<p hidden=until-found>", .hidden),
      ("<p style='display:none'>", .hidden), ("<p style='Display : NONE !important'>", .hidden),
      ("<p style='color:red;visibility: hidden'>", .hidden),
      ("<p style='display:block'>", NodeFlags()),
      ("<p aria-hidden=true>", .ariaHidden), ("<p aria-hidden=false>", NodeFlags()),
      ("<p aria-hidden>", NodeFlags()), ("<p style=''>", NodeFlags()),
    ])
  func flags(_ html: String, _ flags: NodeFlags) throws {
    let tree = try parsed("\(html)x")
    let element = try #require(tree.nodes.first { $0.tag == .p })
    #expect(element.flags == flags)
  }

  @Test("Of 10,000 attributes each name is kept once")
  func many() throws {
    let names = (0..<10_000).map { "a\($0)=\"\($0)\"" }.joined(separator: " ")
    let tree = try parsed("<p \(names) class=c \(names) id=i class=d>x</p>y")
    let p = try #require(tree.nodes.indices.first { tree.nodes[$0].tag == .p })
    #expect(tree.nodes[p].length == 2)
    #expect(tree.string(.class, of: p) == "c")
    #expect(tree.string(.id, of: p) == "i")
    #expect(tree.visibleText == "x y")
  }

  @Test("What a page says about itself is kept in order, wherever it stands")
  func about() throws {
    let tree = try parsed(
      "<meta name=a content='1 &amp; 2'><p>x<link rel=b href=c></p><base href=/d><meta name=e>")
    #expect(tree.about.map(\.tag) == [.meta, .link, .base, .meta])
    #expect(tree.string(.content, in: tree.about[0].attributes) == "1 & 2")
    #expect(tree.string(.href, in: tree.about[2].attributes) == "/d")
    #expect(tree.string(.content, in: tree.about[3].attributes) == nil)
    #expect(tree.visibleText == "x")
  }

  @Test("The first title is kept, its references decoded")
  func title() throws {
    let tree = try parsed(
      "<svg><title>no</title></svg><title> a &amp; <b> </title><title>second</title>")
    #expect(tree.title == " a & <b> ")
  }

  @Test("Scripts that hold data are kept aside as ranges of the page")
  func scripts() throws {
    let tree = try parsed(
      """
      <script>1</script><script type="Application/LD+JSON">{"a": "</p>"}</script>
      <script type=application/json>[<!-- ]</script>
      """)
    #expect(tree.scripts.map(\.kind) == [.jsonLD, .json])
    #expect(
      tree.scripts.map { String(decoding: tree.source[$0.body], as: UTF8.self) } == [
        "{\"a\": \"</p>\"}", "[<!-- ]",
      ])
  }
}
