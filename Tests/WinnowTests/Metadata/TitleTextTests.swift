// Titles with the site's name against the headline alone; language tags.

import Testing

@testable import Winnow

struct TitleCase: Sendable, CustomTestStringConvertible {
  let title: String
  let site: String
  let expected: String
  var testDescription: String { title }

  init(_ title: String, site: String, _ expected: String) {
    self.title = title
    self.site = site
    self.expected = expected
  }
}

@Suite("Titles and languages")
struct TitleTextTests {
  @Test(
    "The site's name is cut off, and nothing else",
    arguments: [
      TitleCase("Soup | The Slow Ladle", site: "The Slow Ladle", "Soup"),
      TitleCase("Soup - Recipes - Slow Ladle", site: "slowladle", "Soup - Recipes"),
      TitleCase("Slow Ladle: Soup", site: "Slow Ladle", "Slow Ladle: Soup"),
      TitleCase("Slow Ladle – Soup", site: "Slow Ladle", "Soup"),
      TitleCase("Soup - with onions", site: "Slow Ladle", "Soup - with onions"),
      TitleCase("Well-known soup", site: "soup", "Well-known soup"),
      TitleCase("Slow Ladle", site: "Slow Ladle", "Slow Ladle"),
      TitleCase("スープ ｜ 台所だより", site: "台所だより", "スープ"),
    ])
  func cut(_ each: TitleCase) {
    #expect(TitleText.withoutSite(each.title, names: [each.site]) == each.expected)
  }

  @Test(
    "Languages become BCP 47",
    arguments: [
      ("en", "en"), ("EN-us", "en-US"), ("de_DE", "de-DE"), ("zh-hant-tw", "zh-Hant-TW"),
      ("es-419", "es-419"), ("de, en", "de"), ("", nil), ("english", nil), ("und", nil),
      ("x", nil), ("en-", "en"), ("{{lang}}", nil),
    ] as [(String, String?)])
  func language(_ text: String, _ expected: String?) {
    #expect(LanguageTag.canonical(text) == expected)
  }
}
