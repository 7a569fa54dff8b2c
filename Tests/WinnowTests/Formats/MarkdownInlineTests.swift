// Text and marks as inline Markdown: what is escaped, what is not, and which delimiters are used.

import Testing

@testable import Winnow

private struct InlineCase: Sendable, CustomTestStringConvertible {
  let text: String
  /// Parts of the text, each found after the start of the one before it, and what marks them.
  var marks: [(String, InlineMark.Kind)] = []
  let markdown: String
  var testDescription: String { markdown }

  var block: DocumentBlock {
    var from = text.startIndex
    let marks = marks.map { part, kind in
      var start = from
      while !text[start...].hasPrefix(part) { start = text.index(after: start) }
      from = start
      let lower = text.utf8.distance(from: text.startIndex, to: start)
      return InlineMark(kind, lower..<lower + part.utf8.count)
    }
    return DocumentBlock(role: .body, text: text, marks: marks)
  }
}

private let link = InlineMark.Kind.link("http://a.b/")

@Suite("Inline Markdown")
struct MarkdownInlineTests {
  @Test(
    "Text stays as it is where it is no markup, and is escaped where it would be",
    arguments: [
      InlineCase(
        text: "1 * 2 < 3 & 4 - 5 + 6 = 7 ~ 8 _ 9 | # > !",
        markdown: "1 * 2 < 3 & 4 - 5 + 6 = 7 ~ 8 _ 9 | # > !"),
      InlineCase(
        text: "snake_case [1] AT&T; don't (a) {b}", markdown: "snake_case [1] AT&T; don't (a) {b}"),
      InlineCase(text: "C:\\dir \\*", markdown: "C:\\dir \\\\\\*"),
      InlineCase(text: "*a* _b_ `c` ~d~", markdown: "\\*a\\* \\_b\\_ \\`c\\` \\~d\\~"),
      InlineCase(
        text: "[a](b) [c]: d [e][f] [^1]",
        markdown: "[a\\](b) [c\\]: d [e\\][f] \\[^1]"),
      InlineCase(text: "<b> </b> <!-- --> <3 a<b", markdown: "\\<b> \\</b> \\<!-- --> <3 a\\<b"),
      InlineCase(text: "&amp; &#38; &copy &nosuch;", markdown: "\\&amp; \\&#38; &copy &nosuch;"),
      InlineCase(text: "![a](b)", markdown: "\\![a\\](b)"),
      InlineCase(text: "# a\n## b\n#c", markdown: "\\# a\\\n\\## b\\\n#c"),
      InlineCase(text: "- a\n+ b\n-c\n-", markdown: "\\- a\\\n\\+ b\\\n-c\\\n\\-"),
      InlineCase(
        text: "1. a\n2) b\n1.5\n1234567890. c", markdown: "1\\. a\\\n2\\) b\\\n1.5\\\n1234567890. c"
      ),
      InlineCase(text: "> a\na > b", markdown: "\\> a\\\na > b"),
      InlineCase(text: "a\n---\nb\n===", markdown: "a\\\n---\\\nb\\\n\\==="),
      InlineCase(text: "a | b\n- | -\n|-|", markdown: "a | b\\\n\\- | -\\\n\\|-|"),
      InlineCase(text: "[x] done\n[ ] open", markdown: "\\[x] done\\\n\\[ ] open"),
      InlineCase(text: "***\n___\n~~~", markdown: "\\*\\*\\*\\\n\\_\\_\\_\\\n\\~\\~\\~"),
      InlineCase(text: "a\n\nb", markdown: "a\\\n\\\nb"),
    ])
  private func text(_ each: InlineCase) {
    let rendered = MarkdownFormat.renderBody([each.block])
    #expect(String(decoding: rendered, as: UTF8.self) == each.markdown + "\n")
  }

  @Test(
    "Marks are written so that they are read as meant",
    arguments: [
      InlineCase(text: "a b c", marks: [("b", .emphasis)], markdown: "a *b* c"),
      InlineCase(text: "a b c", marks: [(" b ", .strong)], markdown: "a **b** c"),
      InlineCase(text: "abc", marks: [("b", .emphasis)], markdown: "a*b*c"),
      InlineCase(text: "a(b)c", marks: [("(b)", .strong)], markdown: "a<strong>(b)</strong>c"),
      InlineCase(
        text: "これは「強調」です", marks: [("「強調」", .strong)], markdown: "これは<strong>「強調」</strong>です"),
      InlineCase(text: "これは強調です", marks: [("強調", .strong)], markdown: "これは**強調**です"),
      InlineCase(
        text: "both", marks: [("both", .strong), ("both", .emphasis)], markdown: "**_both_**"),
      InlineCase(
        text: "a b c", marks: [("a b c", .emphasis), ("b", .strong)], markdown: "*a **b** c*"),
      InlineCase(
        text: "ab", marks: [("a", .emphasis), ("b", .emphasis)], markdown: "*a*_b_"),
      InlineCase(text: "a b", marks: [("a b", .strong), ("b", .strong)], markdown: "**a b**"),
      InlineCase(text: "a*b c", marks: [("a*b", .strong)], markdown: "**a\\*b** c"),
      InlineCase(
        text: "gone H2O x3", marks: [("gone", .strikethrough), ("2", .lowered), ("3", .raised)],
        markdown: "~~gone~~ H<sub>2</sub>O x<sup>3</sup>"),
      InlineCase(text: "a b", marks: [(" ", .emphasis)], markdown: "a b"),
      InlineCase(text: "run `x` now", marks: [("`x`", .code)], markdown: "run `` `x` `` now"),
      InlineCase(text: "a*b&amp;", marks: [("a*b&amp;", .code)], markdown: "`a*b&amp;`"),
      InlineCase(text: "xy", marks: [("x", .code), ("y", .code)], markdown: "`x`<code>y</code>"),
      InlineCase(text: "see [1]!", marks: [("[1]", link)], markdown: "see [\\[1\\]](http://a.b/)!"),
      InlineCase(text: "wow!here", marks: [("here", link)], markdown: "wow\\![here](http://a.b/)"),
      InlineCase(text: "a b", marks: [("a b", link), ("b", link)], markdown: "[a b](http://a.b/)"),
      InlineCase(
        text: "x", marks: [("x", .link("/a b_(c)<d>&copy;`"))],
        markdown: "[x](/a%20b_\\(c\\)%3Cd%3E\\&copy;\\`)"),
      InlineCase(
        text: "x", marks: [("", .image(source: "i.png", alternative: "a ]*b"))],
        markdown: "![a \\]\\*b](i.png)x"),
    ])
  private func marks(_ each: InlineCase) {
    let rendered = MarkdownFormat.renderBody([each.block])
    #expect(String(decoding: rendered, as: UTF8.self) == each.markdown + "\n")
  }

  @Test("Marks that cross are cut where the outer one ends")
  func crossing() {
    let block = DocumentBlock(
      role: .body, text: "a b c",
      marks: [InlineMark(.strong, 0..<3), InlineMark(.emphasis, 2..<5)])
    #expect(String(decoding: MarkdownFormat.renderBody([block]), as: UTF8.self) == "**a _b_** c\n")
  }
}
