// How a page is cut into blocks, and what is counted on the way.

import Testing

@testable import Winnow

private struct CutCase: Sendable, CustomTestStringConvertible {
  let html: String
  let blocks: [String]
  let testDescription: String

  init(_ testDescription: String, _ html: String, _ blocks: [String]) {
    self.html = html
    self.blocks = blocks
    self.testDescription = testDescription
  }
}

@Suite("Blocks")
struct BlockBuilderTests {
  @Test(
    "A page is cut at block-level tags and at two line breaks",
    arguments: [
      CutCase("paragraphs", "<p>a<p>b</p>c", ["a", "b", "c"]),
      CutCase("text about a block", "<div>a<p>b</p>c</div>d", ["a", "b", "c", "d"]),
      CutCase("inline elements", "<p>a<b>b</b> <i>c</i><a>d</a>", ["ab cd"]),
      CutCase("one break", "<p>a<br>b", ["a\nb"]),
      CutCase("a break and white space", "<p>a \n<br>\n b", ["a\nb"]),
      CutCase("two breaks", "<p>a<br><br>b", ["a", "b"]),
      CutCase("two breaks apart", "<p>a<br> \n<br/>b", ["a", "b"]),
      CutCase("breaks first and last", "<p><br>a<br></p><p>b", ["a", "b"]),
      CutCase("a break inside of an element", "<p>a<b><br></b>b", ["a\nb"]),
      CutCase("white space", "<p> a \n\t b <b> c </b> d ", ["a b c d"]),
      CutCase("white space between elements", "<p><b>a</b> <b>b</b><b> c</b>", ["a b c"]),
      CutCase("no-break space is no white space", "<p>a&nbsp;b", ["a\u{A0}b"]),
      CutCase("blank blocks are none", "<p> </p><p>&nbsp;</p><p>a", ["a"]),
      CutCase("rows and cells", "<table><tr><td>a<td>b<tr><td>c", ["a", "b", "c"]),
      CutCase("preformatted text", "<pre>a\n  b</pre>c", ["a\n  b", "c"]),
      CutCase("ruby without its reading", "<p><ruby>漢<rp>(</rp><rt>kan</rt></ruby>字", ["漢字"]),
      CutCase("what stands in for a film", "<p>a<video>no film</video>b", ["ab"]),
      CutCase("nothing", "", []),
      CutCase("text alone", "a", ["a"]),
    ])
  fileprivate func cuts(_ each: CutCase) throws {
    let tree = try parsed(each.html)
    let list = BlockBuilder.blocks(of: tree)
    #expect(list.strings == each.blocks)
    #expect(list.faults(in: tree).isEmpty)
  }

  @Test("Words in links and in strong text are counted, each link once")
  func words() throws {
    let list = try blocks("<p>a b <a>c <b>d</b> e</a> <a><i>f</i></a> <img><br>g")
    let block = try #require(list.blocks.first)
    #expect(block.counts.words == 7)
    #expect(block.linkWords == 4)
    #expect(block.boldWords == 1)
    #expect(block.italicWords == 1)
    #expect(block.links == 2)
    #expect(block.images == 1)
    #expect(block.lineBreaks == 1)
  }

  @Test(
    "What the markup says of a block is a flag",
    arguments: [
      ("<div hidden><p>a</p></div>", BlockFlags.hidden),
      ("<div style='display: none'><p>a</p></div>", .hidden),
      ("<p aria-hidden=true>a", .ariaHidden), ("<pre>a</pre>", .preformatted),
      ("<form><p>a</p></form>", .form), ("<button>a</button>", .control), ("<p>a", []),
      ("<noscript>a b c d e f g h i j</noscript>", .noscript),
    ] as [(String, BlockFlags)])
  func flags(_ html: String, _ flags: BlockFlags) throws {
    #expect(try blocks(html).blocks.first?.flags == flags)
  }

  @Test("A block that two line breaks cut off says so")
  func brokenOff() throws {
    let list = try blocks("<p>a<br><br>b<br>c<p>d")
    #expect(list.blocks.map { $0.flags.contains(.brokenOff) } == [false, true, false])
  }

  @Test("Noscript counts where it holds most of the page's prose")
  func noscript() throws {
    let prose = "one two three four five six seven eight nine ten eleven"
    #expect(try blocks("<noscript><p>\(prose)</p></noscript><p>a").strings == [prose, "a"])
    #expect(try blocks("<noscript><p>a</p></noscript><p>\(prose)").strings == [prose])
    #expect(try blocks("<noscript><p>\(prose)</p></noscript><p>\(prose)").strings == [prose])
  }

  @Test("The innermost block-level element is a block's parent")
  func parents() throws {
    let tree = try parsed("a<div>b<section><p><b>c</b></p>d</section></div>")
    let list = BlockBuilder.blocks(of: tree)
    #expect(list.strings == ["a", "b", "c", "d"])
    let names = list.blocks.map { tree.nodes[Int($0.parent)].tag }
    #expect(Array(names.dropFirst()) == [.div, .p, .section])
  }

  @Test("The counts of a huge block stop at 65,535 and do not start again")
  func hugeBlock() throws {
    let list = try blocks("<p><a>" + String(repeating: "Ab, c. ", count: 1 << 16))
    let block = try #require(list.blocks.first)
    #expect(list.blocks.count == 1)
    #expect(block.counts.words == .max)
    #expect(block.counts.commas == .max)
    #expect(block.counts.characters == .max)
    #expect(block.linkWords == .max)
  }

  @Test("The counts of a long block are those of its parts")
  func longBlock() throws {
    // More than one run of the counter, with scalars of several bytes across its borders.
    let text = String(repeating: "Wörter über 漢字, 12. ", count: 3000)
    let counts = try #require(try blocks("<p>" + text).blocks.first).counts
    #expect(counts.words == 3000 * 5)
    #expect(counts.commas == 3000)
    #expect(counts.digits == 6000)
    #expect(counts.sentences == 3000)
    #expect(counts.capitalised == 3000)
  }
}
