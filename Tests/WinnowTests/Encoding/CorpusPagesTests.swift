import Testing

@testable import Winnow

/// What a page of the corpora is in, where it is not plain UTF-8 declared as such.
struct CorpusPage: Sendable, CustomTestStringConvertible {
  let path: String
  let label: String
  let source: EncodingUsed.Source
  var replacements = 0

  init(_ path: String, _ label: String, _ source: EncodingUsed.Source, _ replacements: Int = 0) {
    self.path = path
    self.label = label
    self.source = source
    self.replacements = replacements
  }

  var testDescription: String { "\(path) is \(label)" }
}

@Suite(
  "Real pages are decoded as they were meant",
  .enabled(if: EncodingCorpus.isPresent, "needs ../shared/corpus"))
struct CorpusPagesTests {
  @Test(
    "Pages that declare an encoding other than UTF-8, or break the one they declare",
    arguments: [
      // Latin-1 declared, UTF-8 written.
      .init("wcxb/html/0193", "utf-8", .validUTF8), .init("wcxb/html/0327", "utf-8", .validUTF8),
      .init("wcxb/html/0452", "utf-8", .validUTF8), .init("wcxb/html/0527", "utf-8", .validUTF8),
      .init("wcxb/html/0533", "utf-8", .validUTF8), .init("news/html/0066", "utf-8", .validUTF8),
      .init("news/html/0070", "utf-8", .validUTF8),
      // Declared and written alike.
      .init("wcxb/html/4071", "macintosh", .meta),
      .init("snippets/html/0109", "windows-1252", .meta),
      .init("snippets/html/0225", "windows-1250", .meta),
      .init("snippets/html/0230", "iso-8859-2", .meta),
      // UTF-8 with a few broken characters.
      .init("snippets/html/0064", "utf-8", .meta, 1),
      .init("snippets/html/0288", "utf-8", .meta, 4),
    ] as [CorpusPage]
  )
  func decodes(_ each: CorpusPage) throws {
    let page = PageDecoder.decode(try EncodingCorpus.bytes(each.path + ".html.gz"))
    #expect(
      page.encoding
        == EncodingUsed(
          label: each.label, source: each.source, replacements: each.replacements))
  }

  @Test("No page is refused", arguments: ["wcxb", "news", "snippets"])
  func sniffs(_ corpus: String) throws {
    let names = try EncodingCorpus.names(corpus + "/html")
    #expect(names.count > 400)
    for name in names {
      let bytes = try EncodingCorpus.bytes(corpus + "/html/" + name)
      #expect(throws: Never.self, "\(name)") { try ContentSniffer.check(bytes) }
    }
  }

  @Test("Odd pages become valid UTF-8 and are not refused")
  func oddPages() throws {
    let folder = "outside/libxml2-html/"
    for name in try EncodingCorpus.names(folder) {
      let bytes = try EncodingCorpus.bytes(folder + name)
      #expect(String(validating: PageDecoder.decode(bytes).utf8, as: UTF8.self) != nil, "\(name)")
      #expect(throws: Never.self, "\(name)") { try ContentSniffer.check(bytes) }
    }
  }
}
