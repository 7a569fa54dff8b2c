// An article of which the page shows the beginning goes on as its state says, where it says so.

import Testing

@testable import Winnow

@Suite("The rest of an article")
struct ContinuationTests {
  /// Paragraphs, each with words of its own.
  private static let story = (0..<8).map {
    "Paragraph number \($0) tells that the ferry sailed on day \($0) of the month and came back late."
  }

  private func script(_ paragraphs: [String], kind: String = "paragraph") -> String {
    let elements = paragraphs.map { text in
      // A text's pieces stand in nodes of their own, as links and emphasis part them.
      let half = text.index(text.startIndex, offsetBy: 40)
      return #"{"type": "\#(kind)", "content": [{"type": "text", "value": "\#(text[..<half])"}, "#
        + #"{"type": "link", "href": "/x", "content": [{"value": "\#(text[half...])"}]}]}"#
    }
    return #"<script type="application/json">{"story": {"body": ["#
      + (elements + [#"{"type": "ad", "value": "Buy this boat today, it is the last one left."}"#])
      .joined(separator: ",") + "]}}</script>"
  }

  private func rest(
    _ script: String, shown: ArraySlice<String> = story[..<2], kept: Int = 2
  ) throws -> [EmbeddedBlock] {
    let page = "<html><body>\(shown.map { "<p>\($0)</p>" }.joined())\(script)</body></html>"
    let tree = try PageParser.parse(Array(page.utf8), limits: ExtractionOptions.Limits())
    let list = BlockBuilder.blocks(of: tree)
    let document = list.blocks.prefix(kept).map {
      DocumentBlock(role: .body, text: list.string(of: $0))
    }
    let words = list.blocks.prefix(kept).reduce(0) { $0 + Int($1.counts.words) }
    return EmbeddedText.continuation(of: document, shownWords: words, list: list, tree: tree)
  }

  @Test("The paragraphs behind the shown ones are added, in their order, and nothing else")
  func added() throws {
    let wanted = Self.story[2...].map { EmbeddedBlock(.paragraph, $0) }
    #expect(try rest(script(Self.story)) == wanted)
  }

  @Test("Headings come along")
  func headings() throws {
    let page = script(Self.story).replacing(
      #",{"type": "ad""#, with: #",{"type": "heading", "text": "After"},{"type": "ad""#)
    #expect(try rest(page).last == EmbeddedBlock(.heading, "After"))
  }

  @Test("What the page shows is not added, though the document left it out")
  func shown() throws {
    #expect(try rest(script(Self.story), shown: Self.story[...], kept: 2) == [])
  }

  @Test("One paragraph alone, a pool of strings or a few words more are no story")
  func others() throws {
    #expect(try rest(script(Self.story), kept: 1) == [])
    #expect(try rest(script(Array(Self.story[..<3]))) == [])
    let pool = Self.story.map { "\"\($0)\"" }.joined(separator: ",")
    #expect(try rest(#"<script type="application/json">[\#(pool)]</script>"#) == [])
    #expect(try rest("") == [])
  }

  @Test("A page that shows a long text is taken as whole")
  func long() throws {
    let much = String(repeating: "word ", count: EmbeddedText.wholeTextWords)
    #expect(try rest(script(Self.story), shown: Self.story[..<2] + [much], kept: 3) == [])
  }

  @Test("State that is broken or bottomless adds nothing")
  func broken() throws {
    let start = #"<script type="application/json">[{"value": "\#(Self.story[0])"}, "#
    #expect(try rest(start + "</script>") == [])
    #expect(try rest(start + String(repeating: "[", count: 200_000) + "</script>") == [])
  }
}
