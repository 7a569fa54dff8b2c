// Addresses made absolute: the tables of the specifications, and what holds for any input.

import Testing

@testable import Winnow

struct AddressCase: Sendable, CustomTestStringConvertible {
  let reference: String
  let absolute: String
  var testDescription: String { reference }

  init(_ reference: String, _ absolute: String) {
    self.reference = reference
    self.absolute = absolute
  }
}

@Suite("Addresses")
struct AddressResolverTests {
  private func resolve(_ reference: String, _ base: String) throws -> String {
    try #require(AddressResolver(base: base)).absolute(reference)
  }

  // RFC 3986, 5.4; the last as browsers read it, not as the RFC does.
  @Test(
    "The examples of RFC 3986",
    arguments: [
      AddressCase("g:h", "g:h"), AddressCase("g", "http://a/b/c/g"),
      AddressCase("./g", "http://a/b/c/g"), AddressCase("g/", "http://a/b/c/g/"),
      AddressCase("/g", "http://a/g"), AddressCase("//g", "http://g/"),
      AddressCase("?y", "http://a/b/c/d;p?y"), AddressCase("g?y", "http://a/b/c/g?y"),
      AddressCase("#s", "http://a/b/c/d;p?q#s"), AddressCase("g#s", "http://a/b/c/g#s"),
      AddressCase("g?y#s", "http://a/b/c/g?y#s"), AddressCase(";x", "http://a/b/c/;x"),
      AddressCase("g;x", "http://a/b/c/g;x"), AddressCase("g;x?y#s", "http://a/b/c/g;x?y#s"),
      AddressCase("", "http://a/b/c/d;p?q"), AddressCase(".", "http://a/b/c/"),
      AddressCase("./", "http://a/b/c/"), AddressCase("..", "http://a/b/"),
      AddressCase("../", "http://a/b/"), AddressCase("../g", "http://a/b/g"),
      AddressCase("../..", "http://a/"), AddressCase("../../", "http://a/"),
      AddressCase("../../g", "http://a/g"),
      AddressCase("../../../g", "http://a/g"), AddressCase("../../../../g", "http://a/g"),
      AddressCase("/./g", "http://a/g"), AddressCase("/../g", "http://a/g"),
      AddressCase("g.", "http://a/b/c/g."), AddressCase(".g", "http://a/b/c/.g"),
      AddressCase("g..", "http://a/b/c/g.."), AddressCase("..g", "http://a/b/c/..g"),
      AddressCase("./../g", "http://a/b/g"), AddressCase("./g/.", "http://a/b/c/g/"),
      AddressCase("g/./h", "http://a/b/c/g/h"), AddressCase("g/../h", "http://a/b/c/h"),
      AddressCase("g;x=1/./y", "http://a/b/c/g;x=1/y"),
      AddressCase("g;x=1/../y", "http://a/b/c/y"), AddressCase("g?y/./x", "http://a/b/c/g?y/./x"),
      AddressCase("g?y/../x", "http://a/b/c/g?y/../x"),
      AddressCase("g#s/./x", "http://a/b/c/g#s/./x"),
      AddressCase("g#s/../x", "http://a/b/c/g#s/../x"), AddressCase("http:g", "http://a/b/c/g"),
    ])
  func examples(_ each: AddressCase) throws {
    #expect(try resolve(each.reference, "http://a/b/c/d;p?q") == each.absolute)
  }

  @Test(
    "What browsers do besides",
    arguments: [
      AddressCase(" \n/x\ty ", "https://h.example/xy"),
      AddressCase("\\\\other.example\\p", "https://other.example/p"),
      AddressCase("HTTP://User@EXAMPLE.org:80/%7Ea", "http://User@example.org/%7Ea"),
      AddressCase("https:///x.example/y", "https://x.example/y"),
      AddressCase("//h:443/", "https://h/"), AddressCase("//h:8443/", "https://h:8443/"),
      AddressCase(
        "a b/ü?ä=<ö>#\"é`", "https://h.example/f/a%20b/%C3%BC?%C3%A4=%3C%C3%B6%3E#%22%C3%A9%60"),
      AddressCase("%2e%2E/x", "https://h.example/x"),
      AddressCase("a/%2e", "https://h.example/f/a/"),
      AddressCase("http://[::1]:80/x", "http://[::1]/x"),
      AddressCase("http://ex%61mple.org", "http://example.org/"),
      AddressCase("mailto:a@b.example", "mailto:a@b.example"),
      AddressCase("javascript:alert(1)", "javascript:alert(1)"),
      // No addresses: they stay as they are written.
      AddressCase("http://a b/", "http://a b/"), AddressCase("http://h:99999/", "http://h:99999/"),
      AddressCase("http://", "http://"), AddressCase("http://[x/", "http://[x/"),
    ])
  func browsers(_ each: AddressCase) throws {
    #expect(try resolve(each.reference, "https://h.example/f/page.html?q#f") == each.absolute)
  }

  @Test("What is made absolute stays as it is when that is done again, whatever it was")
  func stable() throws {
    var random = SplitMix(state: 20_260)
    let parts = [
      "http:", "https://", "//", "/", "\\", "..", ".", "%2e", "a", "ü", "?", "#", "@", ":", "8",
      " ", "[", "]", "%", "\t", "<",
    ]
    let resolver = try #require(AddressResolver(base: "https://h.example/a/b?c"))
    for round in 0..<5000 {
      let reference = (0..<Int.random(in: 0..<9, using: &random))
        .map { _ in parts[Int.random(in: 0..<parts.count, using: &random)] }.joined()
      guard let once = AddressResolver.absolute(reference, on: resolver) else { continue }
      #expect(resolver.absolute(once) == once, "seed 20260, round \(round): \(reference)")
      #expect(
        once.hasPrefix("http") && !once.utf8.contains { $0 <= 0x20 || $0 == 0x3C || $0 == 0x22 })
    }
  }

  @Test("Addresses that are not taken apart become what they become when they are")
  func plain() throws {
    var random = SplitMix(state: 20_262)
    let parts = [
      "http://", "https://", "HTTPS://", "/", "//", "a", "b.c", "B", "-", "..", ".", "%2e", "%",
      "?", "#", ":80", "@", "'", "{", "|", "[", "é", " ", "\\", "~", "=&",
    ]
    let starts = ["", "https://h.example", "http://h.example/", "/a", "/"]
    let resolver = try #require(AddressResolver(base: "http://User@H.example:81/a/b?c"))
    for round in 0..<20_000 {
      let reference =
        starts[Int.random(in: 0..<starts.count, using: &random)]
        + (0..<Int.random(in: 0..<6, using: &random))
        .map { _ in parts[Int.random(in: 0..<parts.count, using: &random)] }.joined()
      #expect(
        resolver.absolute(reference) == resolver.takenApart(reference),
        "seed 20262, round \(round): \(reference)")
    }
  }

  @Test("A page's base element counts, then its address, then what it calls its canonical one")
  func bases() throws {
    func links(_ head: String, _ url: String?) throws -> [InlineMark.Kind] {
      var options = ExtractionOptions()
      options.scope = .whole
      let html = "<head>\(head)</head><body><p><a href=x>one</a> <img src=i.png>"
      let document = try Extractor(options).document(
        from: Page(bytes: Array(html.utf8), url: url))
      return document.blocks.flatMap(\.marks).map(\.kind)
    }
    func expected(_ base: String) -> [InlineMark.Kind] {
      [.link("\(base)x"), .image(source: "\(base)i.png", alternative: "")]
    }
    let canonical = "<link rel=canonical href=https://c.example/c/>"
    #expect(try links("", nil) == expected(""))
    #expect(try links("", "https://u.example/d/p") == expected("https://u.example/d/"))
    #expect(try links(canonical, nil) == expected("https://c.example/c/"))
    #expect(try links(canonical, "https://u.example/") == expected("https://u.example/"))
    #expect(
      try links("<base href=/e/>" + canonical, "https://u.example/d/p")
        == expected("https://u.example/e/"))
    #expect(try links("<base href=https://b.example/>", nil) == expected("https://b.example/"))
  }
}
