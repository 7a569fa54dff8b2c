// Rule sets: which blocks a rule covers, for which hosts, and which rule decides.

import Testing

@testable import Winnow

@Suite("Rule sets")
struct RuleSetTests {
  /// The decisions for a page's blocks, as `drop 0` or `-`.
  private func decisions(
    _ rules: RuleSet, _ html: String, url: String? = nil
  ) throws -> [String] {
    let tree = try parsed(html)
    let list = BlockBuilder.blocks(of: tree)
    let decisions = rules.decisions(tree: tree, list: list, url: url)
    #expect(decisions.count == list.blocks.count)
    return decisions.map { $0.map { "\($0.verdict) \($0.place)" } ?? "-" }
  }

  private static let page = """
    <div class=a><p>one</p>two<ul><li>three</ul></div><p>four <a class=b>link</a></p>
    <p><a class=b>all link</a></p><p>one</p>
    """

  @Test("No rules decide nothing")
  func none() throws {
    #expect(try decisions(RuleSet(), Self.page) == ["-", "-", "-", "-", "-", "-"])
  }

  @Test("A selector covers all blocks below its elements, and lines that are all in one")
  func selectors() throws {
    let rules = try RuleSet(drop: [Rule(selector: ".a"), Rule(selector: ".b")])
    #expect(
      try decisions(rules, Self.page) == ["drop 0", "drop 0", "drop 0", "-", "drop 1", "-"])
  }

  @Test("Drop wins over keep, and the first rule is named")
  func precedence() throws {
    let rules = try RuleSet(
      keep: [Rule(phrase: "five"), Rule(selector: "div"), Rule(phrase: "o")],
      drop: [Rule(phrase: "nothing"), Rule(selector: "ul"), Rule(selector: "li")])
    #expect(
      try decisions(rules, Self.page) == ["keep 1", "keep 1", "drop 1", "keep 2", "-", "keep 2"])
  }

  @Test("A rule holds where all that it names holds")
  func conjunction() throws {
    let rules = try RuleSet(drop: [Rule(selector: ".a", phrase: "ONE", regex: "^o.e$")])
    #expect(try decisions(rules, Self.page) == ["drop 0", "-", "-", "-", "-", "-"])
  }

  @Test("A whole match takes no block that holds more")
  func whole() throws {
    let rules = try RuleSet(
      drop: [Rule(phrase: "link", match: .whole), Rule(regex: "all \\w+", match: .whole)])
    #expect(try decisions(rules, Self.page) == ["-", "-", "-", "-", "drop 1", "-"])
  }

  @Test(
    "Rules with hosts hold on pages of these hosts alone",
    arguments: [
      ("https://example.org/a", true, false), ("http://EXAMPLE.org", true, false),
      ("https://user:x@example.org:8080/?a", true, false), ("https://example.org./", true, false),
      ("https://www.example.org/", false, false), ("https://example.org.evil.com/", false, false),
      ("https://evil.com/example.org", false, false), ("https://example.net/", false, true),
      ("https://a.b.example.net/", false, true), ("https://badexample.net/", false, false),
      ("example.org", false, false), ("", false, false), (nil, false, false),
    ] as [(String?, Bool, Bool)])
  func hosts(_ url: String?, _ isFirst: Bool, _ isSecond: Bool) throws {
    let rules = try RuleSet(
      drop: [
        Rule(phrase: "x", hosts: ["example.org"]), Rule(phrase: "x", hosts: ["*.Example.net"]),
      ])
    let expected = isFirst ? "drop 0" : isSecond ? "drop 1" : "-"
    #expect(try decisions(rules, "<p>x", url: url) == [expected])
  }

  @Test(
    "A host pattern that is none says where",
    arguments: [
      ("", 1), ("*.", 3), ("https://example.org", 6), ("example..org", 9), ("*example.org", 1),
      ("example.org/", 12), (".org", 1), ("example.*", 9), ("org.", 5),
    ])
  func wrongHosts(_ text: String, _ column: Int) {
    #expect {
      _ = try HostPattern(text)
    } throws: {
      ($0 as? RuleMistake)?.column == column && ($0 as? RuleMistake)?.part == .hosts
    }
  }

  @Test("A rule that names nothing is a mistake")
  func nothing() {
    #expect(throws: RuleMistake.self) { try Rule(hosts: ["example.org"]) }
  }

  @Test("Decisions on random pages are those of a slow look at each block")
  func random() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    let selectors = ["div", ".a", "div p", "ul > li", "p + p", "b ~ i", "table :first-child", "a"]
    for round in 0..<100 {
      let tree = try parsed(RandomMarkup.page(&random, length: 100))
      let list = BlockBuilder.blocks(of: tree)
      for text in selectors {
        let rules = try RuleSet(drop: [Rule(selector: text)])
        let found = rules.decisions(tree: tree, list: list, url: nil).map { $0 != nil }
        let selector = try SelectorList(text)
        let expected = tree.withMatcher(needsSiblings: true) { matcher in
          list.blocks.map { block in
            tree.nodes.indices.contains {
              $0 < Int(block.firstNode) && tree.nodes[$0].end >= block.endNode
                && tree.nodes[$0].tag != .text && matcher.matches(selector, $0)
            }
          }
        }
        #expect(found == expected, "seed \(seed), round \(round): \(text)")
      }
    }
  }
}
