// Where links lead: kinds of targets, their hosts, paths and queries.

import Testing

@testable import Winnow

@Suite("Addresses of links")
struct LinkAddressTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let href: String
    let kind: LinkAddress.Kind
    var host = ""
    var path = ""
    var query = ""
    var testDescription: String { href }
  }

  private func read(_ href: String, host: String = "heron.example") -> Case {
    let bytes = Array(href.utf8)
    return Array(host.utf8).withUnsafeBufferPointer { host in
      bytes.withUnsafeBufferPointer { bytes in
        let found = LinkAddress(bytes, pageHost: host)
        func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        return Case(
          href: href, kind: found.kind, host: text(found.host), path: text(found.path),
          query: text(found.query))
      }
    }
  }

  @Test(
    "A target is known by its bytes",
    arguments: [
      Case(href: "", kind: .none),
      Case(href: "  ", kind: .none),
      Case(href: "#top", kind: .fragment),
      Case(href: "javascript:void(0)", kind: .script),
      Case(href: "mailto:a@b.example", kind: .contact),
      Case(href: "tel:+123", kind: .contact),
      Case(href: "/news/2024/a-heron", kind: .own, path: "/news/2024/a-heron"),
      Case(href: "next.html?page=2#list", kind: .own, path: "next.html", query: "page=2"),
      Case(href: "?share=mail", kind: .own, query: "share=mail"),
      Case(href: "https://heron.example/a", kind: .own, path: "/a"),
      Case(href: "HTTPS://WWW.Heron.Example/a", kind: .own, path: "/a"),
      Case(href: "//m.heron.example/a", kind: .own, path: "/a"),
      Case(href: "https://noheron.example/a", kind: .other, host: "noheron.example", path: "/a"),
      Case(href: "https://www.net.example", kind: .other, host: "net.example"),
      Case(
        href: "https://net.example:8080/x?y", kind: .other, host: "net.example", path: ":8080/x",
        query: "y"),
      Case(href: "/a:b/c", kind: .own, path: "/a:b/c"),
      Case(href: "http:", kind: .own),
      Case(href: "//", kind: .other),
    ])
  func targets(_ each: Case) {
    let found = read(each.href)
    #expect(found.kind == each.kind)
    #expect(found.host == each.host)
    #expect(found.path == each.path)
    #expect(found.query == each.query)
  }

  @Test("Without the page's host every other host is another site")
  func unknownHost() {
    #expect(read("https://heron.example/a", host: "").kind == .other)
    #expect(read("/a", host: "").kind == .own)
  }

  @Test(
    "An address has a host",
    arguments: [
      ("https://www.heron.example/a?b", "heron.example"), ("heron.example/a", ""), ("", ""),
    ])
  func host(_ address: String, _ host: String) {
    #expect(String(decoding: LinkAddress.host(of: address), as: UTF8.self) == host)
  }
}
