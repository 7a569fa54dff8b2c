// What goes to a worker process and comes back is the same on both sides, and all of it.

import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("The way to a worker process")
struct WireCodingTests {
  static let document: Document = {
    var document = Document(
      blocks: [
        DocumentBlock(
          role: .heading, text: "Où?",
          marks: [
            InlineMark(.link("https://example.org/", title: "t"), 0..<2),
            InlineMark(.emphasis, 0..<2),
            InlineMark(.strong, 0..<1), InlineMark(.code, 1..<1), InlineMark(.strikethrough, 0..<4),
            InlineMark(.lowered, 0..<1), InlineMark(.raised, 0..<1),
            InlineMark(.residue(.cookies), 0..<4),
            InlineMark(.image(source: "a.png", alternative: ""), 2..<2),
          ],
          containers: [
            Container(.quote, identity: 1), Container(.list(start: nil), identity: -1),
            Container(.list(start: 0, isLoose: true), identity: 2),
            Container(.item, identity: .max),
            Container(.term, identity: 3), Container(.definition, identity: 4),
            Container(.table, identity: 5), Container(.row, identity: 6),
            Container(.cell(isHeader: true, columns: 3, column: 2), identity: 7),
          ], headingLevel: 3, codeLanguage: "swift"),
        DocumentBlock(role: .body, text: ""),
      ],
      metadata: Metadata(
        title: "1", authors: ["2", "3"], published: "4", modified: "5", siteName: "6",
        description: "7", language: "8", url: "9", canonicalURL: "10", pageType: "11",
        categories: ["12"], tags: ["13"], leadImage: "14"),
      encoding: EncodingUsed(label: "big5", source: .detector, replacements: 9), confidence: 0.75,
      degradations: [.depth, .time], residue: ["login": 2])
    document.metadata.saved = "15"
    document.metadata.recordID = "16"
    document.residueLines = [ResidueLine(.login, "Log in")]
    return document
  }()

  @Test("A document comes back as it was", arguments: [document, Document()])
  func documents(_ document: Document) throws {
    let bytes = WireAnswer.bytes(.success(document))
    #expect(try WireAnswer.result(bytes).get() == document)
  }

  @Test(
    "Every failure comes back as it was",
    arguments: [
      .empty, .outOfMemory, .noTree, .notHTML(kind: "x"), .tooLarge(bytes: 3, limit: 2),
      .overran(seconds: 2.5), .tooMuchMemory(bytes: 4, limit: 1), .crashed(signal: 11),
    ] as [PageFailure])
  func failures(_ failure: PageFailure) throws {
    let result = try WireAnswer.result(WireAnswer.bytes(.failure(failure)))
    #expect(throws: failure) { try result.get() }
  }

  @Test("A page comes over as it is")
  func pages() throws {
    var page = Page(bytes: [0, 255, 10], url: "u", httpCharset: "c", format: .text)
    page.saved = "s"
    page.recordID = ""
    var wire = WireWriter()
    page.encode(to: &wire)
    var reader = WireReader(wire.bytes)
    let read = try Page(from: &reader)
    #expect(read.bytes == page.bytes && read.url == "u" && read.httpCharset == "c")
    #expect(read.format == .text && read.saved == "s" && read.recordID == "")
  }

  @Test("No type has values that this was not written for")
  func complete() {
    func values(_ value: Any) -> Int { Mirror(reflecting: value).children.count }
    #expect(values(Page(bytes: [])) == 6)
    #expect(values(Self.document) == 7)
    #expect(values(Self.document.metadata) == 15)
    #expect(values(Self.document.blocks[0]) == 6)
    #expect(values(Self.document.encoding) == 3)
    #expect(values(Self.document.residueLines[0]) == 2)
  }

  @Test("Bytes that are cut are a mistake, wherever")
  func cut() {
    let bytes = WireAnswer.bytes(.success(Self.document))
    for count in 0..<bytes.count {
      #expect(throws: WireMistake.self) { try WireAnswer.result(Array(bytes[..<count])).get() }
    }
  }
}
