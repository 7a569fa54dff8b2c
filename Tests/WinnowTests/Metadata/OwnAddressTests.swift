// The address that a page gives itself, for the features of pages that come without one.

import Testing

@testable import Winnow

@Suite("A page's own address")
struct OwnAddressTests {
  @Test(
    "The canonical link before og:url, absolute ones alone",
    arguments: [
      ("<link rel=canonical href='https://a.example/b'>", "https://a.example/b"),
      ("<meta property='og:url' content='https://a.example/c'>", "https://a.example/c"),
      (
        "<meta property='og:url' content='https://a.example/c'>"
          + "<link rel=canonical href='https://a.example/b'>", "https://a.example/b"
      ),
      ("<link rel=canonical href='/b'>", nil),
      ("<link rel=next href='https://a.example/b'>", nil),
      ("<meta property='og:url' content=''>", nil),
      ("", nil),
    ])
  func addresses(_ head: String, _ expected: String?) throws {
    #expect(try parsed("<html><head>\(head)</head><body>text</body></html>").ownAddress == expected)
  }
}
