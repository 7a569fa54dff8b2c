// Text that somebody took out of a page: what goes, and that nothing else changes.

import Testing
import Winnow

struct PlainTextTests {
  private func cleaned(_ text: String) throws -> String {
    let page = Page(bytes: Array(text.utf8), format: .text)
    return String(
      decoding: OutputFormat.text.render(try Extractor().document(from: page)), as: UTF8.self)
  }

  private let prose = """
    The council voted on Tuesday evening to keep the old bridge open for another two years.
    Engineers had warned in the spring that two of its piers were no longer safe in a flood.

    Nobody spoke against the plan, and the meeting ended before nine o'clock in the evening.
    """

  @Test("A text without residue comes out as it was")
  func unchanged() throws {
    #expect(try cleaned(prose + "\n") == prose + "\n")
  }

  @Test("Lines of residue go from within paragraphs and from the end")
  func lines() throws {
    let text =
      prose.replacing("\n\n", with: "\nFollow us on Facebook\n\n")
      + "\n\nLeave a Reply\nYour email address will not be published.\n"
    #expect(try cleaned(text) == prose + "\n")
  }

  @Test("Carriage returns end lines too, and an address is kept")
  func carriageReturns() throws {
    let page = Page(
      bytes: Array("One line of prose about a bridge.\r\n\r\nAnother one.\r\n".utf8),
      url: "https://a.b/",
      format: .text)
    let document = try Extractor().document(from: page)
    #expect(document.blocks.map(\.text) == ["One line of prose about a bridge.", "Another one."])
    #expect(document.metadata.url == "https://a.b/")
  }

  @Test("Bytes that are no text are refused")
  func binary() {
    #expect(throws: PageFailure.self) {
      try Extractor().document(from: Page(bytes: Array("%PDF-1.4\n".utf8), format: .text))
    }
    #expect(throws: PageFailure.empty) {
      try Extractor().document(from: Page(bytes: [], format: .text))
    }
  }
}
