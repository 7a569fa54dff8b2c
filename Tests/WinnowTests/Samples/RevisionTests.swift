// The revision that tells runs whether documents made earlier would come out the same today.

import Testing

@testable import Winnow

@Suite("The revision of the extraction")
struct RevisionTests {
  @Test("It is that of what the sample pages become; `make revision` sets it")
  func extraction() throws {
    var hash = Hash()
    for sample in SamplePage.all.sorted(by: { $0.facts.page < $1.facts.page }) {
      hash.add(sample.facts.page.utf8)
      // A book of a page says no more than others, and takes debug builds half a minute.
      if try sample.bytes.count > 200_000 { continue }
      for options in Self.optionSets {
        let page = Page(bytes: try sample.bytes, url: "https://example.org/\(sample.facts.page)")
        guard var document = try? Extractor(options).document(from: page) else { continue }
        TextNormalizer(NormalizationOptions()).normalize(&document)
        for format in OutputFormat.allCases { hash.add(format.render(document)) }
      }
    }
    #expect(Release.extraction == hash.text, "Release.extraction = \"\(hash.text)\"")
  }

  private static let optionSets: [ExtractionOptions] = {
    var all = ExtractionOptions()
    all.preset = .recall
    all.includesTitle = true
    all.includesByline = true
    all.includesCaptions = true
    all.includesComments = true
    all.includesImages = true
    all.residue.mode = .mark
    var few = ExtractionOptions()
    few.preset = .precision
    few.includesTables = false
    few.includesLinks = false
    return [ExtractionOptions(), all, few]
  }()

  /// FNV-1a, 64 bits (Fowler, Noll, Vo).
  private struct Hash {
    private var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ bytes: some Sequence<UInt8>) {
      for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
      // Ends what was added, so that no two lists of values give the same bytes.
      value = (value ^ 0xFF) &* 0x100_0000_01b3
    }

    var text: String {
      let digits = String(value, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
  }
}
