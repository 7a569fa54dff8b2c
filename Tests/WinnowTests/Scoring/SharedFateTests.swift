// Cells of one table, items of one list and blocks of one kind move towards each other, sentences
// towards the paragraph before them, and headings towards those around; other blocks do not move.

import Testing

@testable import Winnow

@Suite("Shared fate")
struct SharedFateTests {
  private func settled(_ html: String, _ probabilities: [Float]) throws -> [Float] {
    let reading = try PageReading(of: Page(bytes: Array(html.utf8)), ExtractionOptions())
    #expect(reading.outline.blocks.count == probabilities.count)
    var settled = probabilities
    SharedFate.settle(&settled, outline: reading.outline)
    return settled
  }

  @Test("A doubtful cell follows the table around it")
  func table() throws {
    let before: [Float] = [0.9, 0.9, 0.3, 0.9]
    let after = try settled(
      "<table><tr><td>weight</td><td>980 g</td></tr><tr><td>width</td><td>18 cm</td></tr></table>",
      before)
    #expect(after[2] > 0.6)
    #expect(after[0] > 0.8 && after[0] < 0.9)
  }

  @Test("A table that is one row of links is lowered, and none with text or a second row")
  func rowOfLinks() throws {
    let links = "<tr><td><a href=/print>Print</a></td><td><a href=/all>All news</a></td></tr>"
    let before: [Float] = [0.7, 0.7]
    let after = try settled("<table>\(links)</table>", before)
    #expect(after.allSatisfy { $0 < 0.3 })
    let more = try settled("<table>\(links)\(links)</table>", before + before)
    #expect(more.allSatisfy { $0 > 0.6 })
    let text = "<table><tr><td><a href=/a>Print</a></td><td>of 1790</td></tr></table>"
    #expect(try settled(text, before).allSatisfy { $0 > 0.6 })
  }

  @Test("Items of a list move half of the way")
  func list() throws {
    let after = try settled("<ul><li>one</li><li>two</li><li>six</li></ul>", [0.9, 0.2, 0.9])
    #expect(after[1] > 0.2 && after[1] < after[0])
  }

  @Test("Paragraphs, and cells that lay a page out, stand for themselves")
  func others() throws {
    let probabilities: [Float] = [0.9, 0.1]
    #expect(try settled("<div><p>one</p><p>two</p></div>", probabilities) == probabilities)
    let layout = "<table><tr><td><p>menu</p></td><td><p>story</p></td></tr></table>"
    #expect(try settled(layout, probabilities) == probabilities)
  }

  @Test("Headings of one kind move together, those of another stay")
  func kinds() throws {
    let one = "<section class='day'><h2>one</h2></section>"
    let after = try settled(
      "<main>\(one)\(one)\(one)<aside><h2>two</h2></aside></main>", [0.9, 0.3, 0.9, 0.3])
    #expect(after[1] > 0.4 && after[1] < after[0])
    #expect(after[3] == 0.3)
  }

  @Test("Paragraphs of cards move together, those of one text do not")
  func cards() throws {
    let card = "<section class='slide'><div><p>one</p></div></section>"
    let after = try settled(card + card + card + "<p>two</p>", [0.9, 0.3, 0.9, 0.3])
    #expect(after[1] > 0.5 && after[1] < after[0])
    #expect(after[3] == 0.3)
    let text = "<main><p>one</p><p>two</p><p>six</p></main>"
    #expect(
      try settled(text + text + text, [0.9, 0.3, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9])[1] > 0.3)
    #expect(try settled(text, [0.9, 0.3, 0.9]) == [0.9, 0.3, 0.9])
  }

  private static let prose = "Ten words and more stand here, as they do in a paragraph of text."

  @Test(
    "A sentence after a paragraph of content goes with it, in whatever element it stands alone",
    arguments: [
      ("<div>The bridge was closed again on Monday.</div>", true),
      ("<ul><li>The bridge was closed again on Monday.</li></ul>", true),
      ("<div><div><span>The bridge was closed again on Monday.</span></div></div>", true),
      ("<p>The bridge was closed again on Monday.</p>", true),
      ("<p>The bridge was closed again on Monday</p>", false),
      ("<div>Monday</div>", false),
      ("<div>The bridge was closed again on Monday</div>", false),
      ("<div><a href='/x'>The bridge was closed again on Monday.</a></div>", false),
      ("<div hidden>The bridge was closed again on Monday.</div>", false),
      ("</article><div>The bridge was closed again on Monday.</div><p></p><article>", false),
    ])
  func sentence(_ html: String, _ isDrawn: Bool) throws {
    let page = "<article><p>\(Self.prose)</p><p>\(Self.prose)</p>\(html)</article>"
    #expect((try settled(page, [0.9, 0.9, 0.1])[2] > 0.5) == isDrawn)
    #expect(try settled(page, [0.4, 0.4, 0.1])[2] == 0.1)
    #expect(try settled(page, [0.9, 0.9, 0.95])[2] == 0.95)
  }

  @Test("A heading between two paragraphs of content goes with them")
  func heading() throws {
    let page = "<article><p>\(Self.prose)</p><h3>Monday</h3><p>\(Self.prose)</p></article>"
    #expect(try settled(page, [0.9, 0.1, 0.8])[1] > 0.5)
    #expect(try settled(page, [0.9, 0.1, 0.3])[1] == 0.1)
    #expect(try settled(page, [0.9, 0.95, 0.8])[1] == 0.95)
  }

  @Test("What was folded into another copy stays out")
  func copies() throws {
    #expect(try settled("<ul><li>one</li><li>two</li><li>six</li></ul>", [0.9, 0, 0.9])[1] == 0)
  }
}
