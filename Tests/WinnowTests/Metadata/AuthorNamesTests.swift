// Bylines against the names in them.

import Testing

@testable import Winnow

struct BylineCase: Sendable, CustomTestStringConvertible {
  let byline: String
  let names: [String]
  var testDescription: String { byline }

  init(_ byline: String, _ names: [String]) {
    self.byline = byline
    self.names = names
  }
}

@Suite("Authors' names")
struct AuthorNamesTests {
  @Test(
    "Bylines are split into names",
    arguments: [
      BylineCase("Ines Calder", ["Ines Calder"]),
      BylineCase("By Ines Calder", ["Ines Calder"]),
      BylineCase("Written by: Ines Calder", ["Ines Calder"]),
      BylineCase(
        "Von Friederike Aumann und Jonte Brehmer", ["Friederike Aumann", "Jonte Brehmer"]),
      BylineCase("Par Léa Morin et Jean Roux", ["Léa Morin", "Jean Roux"]),
      BylineCase("Por Ana Ruiz y Luis Mora", ["Ana Ruiz", "Luis Mora"]),
      BylineCase("Автор: Анна Крылова", ["Анна Крылова"]),
      BylineCase("作者：林小雨", ["林小雨"]),
      BylineCase("A. Reed, B. Stone and C. Hill", ["A. Reed", "B. Stone", "C. Hill"]),
      BylineCase("Ann Reed & Bo Stone", ["Ann Reed", "Bo Stone"]),
      BylineCase("Ann Reed; Bo Stone", ["Ann Reed", "Bo Stone"]),
      BylineCase("Genia Carl, Ph.D.", ["Genia Carl, Ph.D."]),
      BylineCase("Ann Reed, MD, Bo Stone, RN", ["Ann Reed, MD", "Bo Stone, RN"]),
      BylineCase("Reed, Ann", ["Ann Reed"]),
      BylineCase("Ann Reed, Senior Editor", ["Ann Reed"]),
      BylineCase("Ann Reed | May 3, 2024", ["Ann Reed"]),
      BylineCase("Ann Reed (Wire)", ["Ann Reed"]),
      BylineCase("Ann (Lu) Reed", ["Ann (Lu) Reed"]),
      BylineCase("Vincent van der Berg", ["Vincent van der Berg"]),
      BylineCase("AFP, MANILA", ["AFP"]),
      BylineCase("@annreed", ["annreed"]),
    ])
  func split(_ each: BylineCase) {
    #expect(AuthorNames.names(in: [each.byline]) == each.names)
  }

  @Test(
    "What is no name is left out",
    arguments: [
      "admin", "Staff", "Editorial Team", "Redaktion", "https://example.org/authors/ann",
      "www.example.org", "ann@example.org", "", "2024", "{{ author.name }}", "By",
      "A very long sentence that tells in many words what the author did before writing this",
    ])
  func nobody(_ byline: String) {
    #expect(AuthorNames.names(in: [byline]) == [])
  }

  @Test("Names stand once, and the site is not an author")
  func once() {
    let names = AuthorNames.names(
      in: ["Ann Reed and Bo Stone", "ANN REED", "The Tollan Observer"],
      excluding: ["The Tollan Observer"])
    #expect(names == ["Ann Reed", "Bo Stone"])
  }
}
