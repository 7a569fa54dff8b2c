// Selectors: what they match, and what is said of wrong ones.

import Testing

@testable import Winnow

private struct MatchCase: Sendable, CustomTestStringConvertible {
  let selector: String
  /// The `id` of the elements that match.
  let ids: String
  var testDescription: String { selector }

  init(_ selector: String, _ ids: String) {
    self.selector = selector
    self.ids = ids
  }
}

private struct MistakeCase: Sendable, CustomTestStringConvertible {
  let selector: String
  let mistake: String
  var testDescription: String { selector }

  init(_ selector: String, _ mistake: String) {
    self.selector = selector
    self.mistake = mistake
  }
}

@Suite("Selectors")
struct SelectorTests {
  private static let page = """
    <body><div id=a class="x y"><p id=b class=x>1</p><p id=c lang=en-US>2</p>text
    <ul id=d><li id=e>3</li><li id=f class="x-y">4</li><li id=g>5</li><li id=h>6</li></ul></div>
    <section id=i role=main><p id=j>7 <a id=k href="https://example.org/a.pdf" rel="a b">8</a></p>
    <div id=l><div id=m><span id=n class="md:w 1st é">9</span></div></div></section>
    """

  private static func ids(_ selector: String, _ page: String = page) throws -> String {
    let tree = try parsed(page)
    let list = try SelectorList(selector)
    return tree.withMatcher(needsSiblings: list.needsSiblings) { matcher in
      tree.nodes.indices.filter { tree.nodes[$0].tag != .text && matcher.matches(list, $0) }
        .compactMap { tree.string(.id, of: $0) }.joined()
    }
  }

  @Test(
    "A selector matches what a browser's would",
    arguments: [
      MatchCase("p", "bcj"), MatchCase("P", "bcj"), MatchCase(".x", "ab"),
      MatchCase("div.x.y", "a"), MatchCase("#f", "f"), MatchCase("li#f.x-y", "f"),
      MatchCase("#f#f", "f"), MatchCase("*", "abcdefghijklmn"), MatchCase("div *", "bcdefghmn"),
      MatchCase("[role]", "i"), MatchCase("[role=main]", "i"), MatchCase("[ role = 'main' ]", "i"),
      MatchCase("[role=\"Main\"]", ""), MatchCase("[class~=y]", "a"), MatchCase("[class|=x]", "bf"),
      MatchCase("[lang|=en]", "c"), MatchCase("[href^=https]", "k"),
      MatchCase("[href$='.pdf']", "k"), MatchCase("[href*=\"example.org\"]", "k"),
      MatchCase("[href*='']", ""), MatchCase("[class~='x y']", ""), MatchCase("[rel~=b]", "k"),
      MatchCase("div p", "bc"), MatchCase("div>p", "bc"), MatchCase("section > p", "j"),
      MatchCase("section p a", "k"), MatchCase("body > div li", "efgh"), MatchCase("ul > a", ""),
      MatchCase("p + p", "c"), MatchCase("p + ul", "d"), MatchCase("p ~ ul", "d"),
      MatchCase("p ~ p", "c"), MatchCase("li ~ li ~ li", "gh"), MatchCase("li + li + li", "gh"),
      MatchCase("ul ~ p", ""), MatchCase("div + section span", "n"),
      MatchCase("section div > span", "n"), MatchCase("div > div span", "n"),
      MatchCase("section > div > span", ""), MatchCase("p:not(.x)", "cj"),
      MatchCase("li:not(#f):not([class])", "egh"), MatchCase("div:not(:first-child)", "l"),
      MatchCase(":not(p):first-child", "aekmn"), MatchCase("li:first-child", "e"),
      MatchCase("li:last-child", "h"), MatchCase("p:last-child", ""),
      MatchCase("li:nth-child(2)", "f"), MatchCase("li:nth-child(odd)", "eg"),
      MatchCase("li:nth-child(even)", "fh"), MatchCase("li:nth-child(2n+1)", "eg"),
      MatchCase("li:nth-child( -n + 2 )", "ef"), MatchCase("li:nth-child(n+3)", "gh"),
      MatchCase("li:nth-child(n)", "efgh"), MatchCase("li:nth-child(3n)", "g"),
      MatchCase("li:nth-child(+3)", "g"), MatchCase("li:nth-child(0)", ""),
      MatchCase("#b, #j ,\n#n", "bjn"), MatchCase(".md\\:w", "n"), MatchCase(".\\31st", "n"),
      MatchCase(".\\31 st", "n"), MatchCase(".é", "n"), MatchCase(" p ", "bcj"),
    ])
  fileprivate func matches(_ each: MatchCase) throws {
    #expect(try Self.ids(each.selector) == each.ids)
  }

  @Test(
    "A wrong selector says where and what was expected",
    arguments: [
      MistakeCase("", "column 1: found the end; expected an element, .class"),
      MistakeCase("p >", "column 4: found the end; expected an element"),
      MistakeCase("p,", "column 3: found the end; expected an element"),
      MistakeCase("> p", "column 1: found '>'; expected an element"),
      MistakeCase(".", "column 2: found the end; expected a class"),
      MistakeCase("p.1a", "column 3: found '1'; expected a class"),
      MistakeCase("#a#b", "column 3: found '#'; expected one id"),
      MistakeCase("é p $", "column 1: found 'é'; expected an element that Winnow tells apart"),
      MistakeCase("p $", "column 3: found '$'; expected an element"),
      MistakeCase("p$", "column 2: found '$'; expected a space"),
      MistakeCase("script", "column 1: found 'script'; expected an element that Winnow tells"),
      MistakeCase(
        "div my-card", "column 5: found 'my-card'; expected an element that Winnow tells"),
      MistakeCase("input.a", "column 1: found 'input'; expected an element that Winnow tells"),
      MistakeCase("[data-id=a]", "column 2: found 'data-id'; expected an attribute that Winnow"),
      MistakeCase("[style]", "column 2: found 'style'; expected an attribute that Winnow keeps"),
      MistakeCase("[role", "column 6: found the end; expected ']', '='"),
      MistakeCase("[role=]", "column 7: found ']'; expected a value"),
      MistakeCase("[role=1]", "column 7: found '1'; expected a value; put it in quotes"),
      MistakeCase("[role='a]", "column 10: found the end; expected a closing quote"),
      MistakeCase("[role=a i]", "column 9: found 'i'; expected ']'"),
      MistakeCase("[role!=a]", "column 6: found '!'; expected ']', '='"),
      MistakeCase("p:hover", "column 2: found ':hover'; expected :not(), :first-child"),
      MistakeCase("p::before", "column 2: found ':'; expected :not(), :first-child"),
      MistakeCase("p:not(a b)", "column 9: found 'b'; expected ')'"),
      MistakeCase("p:not()", "column 7: found ')'; expected one element"),
      MistakeCase("p:not(:not(a))", "column 7: found ':'; expected one element"),
      MistakeCase("p:nth-child", "column 12: found the end; expected '('"),
      MistakeCase("p:nth-child(x)", "column 13: found 'x'; expected a place"),
      MistakeCase("p:nth-child(2n+)", "column 16: found ')'; expected a number"),
      MistakeCase("p:nth-child(9999999)", "column 13: found '9'; expected at most 1000000"),
      MistakeCase(
        String(repeating: "p ", count: 17), "column 33: found 'p'; expected at most 16 elements"),
      MistakeCase(
        String(repeating: "p,", count: 1001), "column 2001: found a longer selector; expected at"),
    ])
  fileprivate func mistakes(_ each: MistakeCase) {
    #expect {
      _ = try SelectorList(each.selector)
    } throws: { error in
      "\(error)".hasPrefix(each.mistake)
    }
  }

  @Test("A search for siblings looks back a bounded way")
  func siblingReach() throws {
    let between = String(repeating: "<b>x</b>", count: SelectorList.siblingReach - 1)
    let near = try Self.ids("i ~ u", "<p><i>x</i>\(between)<u id=u>x</u>")
    let far = try Self.ids("i ~ u", "<p><i>x</i><b>x</b>\(between)<u id=u>x</u>")
    #expect(near == "u")
    #expect(far == "")
  }

  @Test("Deep pages and selectors of many elements cost what they should")
  func hostile() throws {
    let page = String(repeating: "<div class=a>", count: 500) + "<p id=p>x"
    #expect(try Self.ids(String(repeating: "div ", count: 15) + "p", page) == "p")
    #expect(try Self.ids("table " + String(repeating: ".a ", count: 14) + "p", page) == "")
    #expect(try Self.ids("table > " + String(repeating: ".a ", count: 14) + "p", page) == "")
  }

  @Test("A match within a match is not looked for")
  func outermost() throws {
    let tree = try parsed("<div><div>a</div></div><p>b<div>c")
    let list = try SelectorList("div")
    let found = tree.withMatcher(needsSiblings: false) { $0.outermostMatches(of: [nil, list]) }
    #expect(found.map(\.count) == [0, 2])
    #expect(found[1].allSatisfy { tree.nodes[$0.lowerBound].tag == .div })
  }
}
