// Names of classes and ids are understood however they are put together.

import Testing

@testable import Winnow

struct NameCase: Sendable, CustomTestStringConvertible {
  let name: String
  let categories: [LexiconCategory]
  var testDescription: String { name }
}

@Suite("Lexicon")
struct LexiconTests {
  @Test(
    "A name tells of its categories",
    arguments: [
      NameCase(name: "entry-content", categories: [.content, .article]),
      NameCase(name: "mainNav", categories: [.navigation, .main]),
      NameCase(name: "site_footer", categories: [.footer]),
      NameCase(name: "Sidebar-Left", categories: [.sidebar]),
      NameCase(name: "comments__list", categories: [.comment, .list]),
      NameCase(name: "newsletterSignup", categories: [.newsletter]),
      NameCase(name: "ad", categories: [.advertisement]),
      NameCase(name: "screen-reader-text", categories: [.screenReader]),
    ])
  func categories(_ each: NameCase) {
    let mask = LexiconMatcher.shared.mask(of: Array(each.name.utf8)[...])
    for category in each.categories { #expect(mask.contains(LexiconMask(category)), "\(category)") }
  }

  @Test(
    "Short patterns need a word of their own",
    arguments: ["header", "shadow", "download", "gradient", "roadmap"])
  func wordEdges(name: String) {
    let mask = LexiconMatcher.shared.mask(of: Array(name.utf8)[...])
    #expect(!mask.contains(LexiconMask(.advertisement)))
  }

  @Test("Every pattern is found in the name that it spells")
  func everyPattern() {
    for category in LexiconCategory.allCases {
      for pattern in category.patterns {
        let name = pattern.replacing("^", with: "-").replacing("$", with: "-")
        let mask = LexiconMatcher.shared.mask(of: Array(name.utf8)[...])
        #expect(mask.contains(LexiconMask(category)), "\(category): \(pattern)")
      }
    }
  }

  @Test("The cache says what the matcher says")
  func cache() {
    var cache = LexiconCache()
    for name in ["nav", "x1", "nav", "post-body", "", "nav"] {
      let bytes = Array(name.utf8)[...]
      #expect(cache.mask(of: bytes) == LexiconMatcher.shared.mask(of: bytes))
    }
  }
}

extension LexiconMatcher {
  fileprivate func mask(of name: ArraySlice<UInt8>) -> LexiconMask {
    name.withUnsafeBufferPointer { mask(of: $0) }
  }
}

extension LexiconCache {
  fileprivate mutating func mask(of name: ArraySlice<UInt8>) -> LexiconMask {
    name.withUnsafeBufferPointer { mask(of: $0) }
  }
}
