// Every page under samples/pages becomes the text and the metadata expected of it.

import Testing

@testable import Winnow

@Suite("Samples")
struct SampleTests {
  @Test("Every page under samples/pages is named in metadata.jsonl, and the other way round")
  func everyPageIsNamed() throws {
    #expect(try SamplePage.pagesOnDisk() == SamplePage.all.map(\.facts.page).sorted())
  }

  @Test(
    "A sample page becomes the text expected of it",
    arguments: SamplePage.all.filter { $0.facts.failure == nil })
  func text(_ sample: SamplePage) throws {
    var document = try Extractor().document(from: Page(bytes: sample.bytes))
    TextNormalizer(NormalizationOptions()).normalize(&document)
    let expected = try sample.expectedText
    // Compared line by line, so that a failure shows the lines that differ and not two pages.
    let lines = document.text.split(separator: "\n", omittingEmptySubsequences: false)
    let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
      .dropLast(expected.hasSuffix("\n") ? 1 : 0)
    let difference = lines.difference(from: wanted)
    // What is known to be wrong is listed, so that it is seen when it is wrong no more.
    let missing = difference.removals.map(\.line).filter { !$0.isEmpty }
    let surplus = difference.insertions.map(\.line).filter { !$0.isEmpty }
    let changes = "\(difference.prefix(12).map(\.sentence).joined())"
    #expect(missing == sample.facts.missing ?? [], "\(changes)")
    #expect(surplus == sample.facts.surplus ?? [], "\(changes)")
  }

  @Test(
    "A sample page's metadata hold the facts known about it",
    arguments: SamplePage.all.filter { $0.facts.failure == nil })
  func metadata(_ sample: SamplePage) throws {
    var document = try Extractor().document(from: Page(bytes: sample.bytes))
    TextNormalizer(NormalizationOptions()).normalize(&document)
    let found = document.metadata
    let facts = sample.facts
    if let title = facts.title { #expect(found.title == title) }
    if let authors = facts.authors { #expect(found.authors == authors) }
    if let day = facts.published { #expect(found.published?.prefix(10) == day[...]) }
    if let day = facts.modified { #expect(found.modified?.prefix(10) == day[...]) }
    if let site = facts.site { #expect(found.siteName == site) }
    if let language = facts.language { #expect(found.language == language) }
    if let address = facts.canonical { #expect(found.canonicalURL == address) }
    if let label = facts.encoding { #expect(document.encoding.label == label) }
    #expect(document.encoding.replacements == 0)
  }

  @Test(
    "A sample page that is no web page fails with its reason",
    arguments: SamplePage.all.filter { $0.facts.failure != nil })
  func failure(_ sample: SamplePage) throws {
    let page = Page(bytes: try sample.bytes)
    let failure = #expect(throws: PageFailure.self) {
      try Extractor().document(from: page)
    }
    #expect(failure?.reason == sample.facts.failure)
  }
}

extension CollectionDifference<Substring>.Change {
  fileprivate var line: String {
    switch self {
    case .insert(_, let line, _), .remove(_, let line, _): String(line)
    }
  }

  /// A line that the document lacks (`-`) or has too many (`+`).
  fileprivate var sentence: String {
    switch self {
    case .insert(let offset, let line, _): "\n  + \(offset + 1): \(line)"
    case .remove(let offset, let line, _): "\n  - \(offset + 1): \(line)"
    }
  }
}
