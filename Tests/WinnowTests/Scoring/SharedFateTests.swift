// Cells of one table and items of one list move towards each other; other blocks do not move.

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

  @Test("What was folded into another copy stays out")
  func copies() throws {
    #expect(try settled("<ul><li>one</li><li>two</li><li>six</li></ul>", [0.9, 0, 0.9])[1] == 0)
  }
}
