// Web pages saved as one file (MHTML): the page found and decoded, whatever is wrong around it.

import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("Pages in one file", .timeLimit(.minutes(10)))
struct MessagePageTests {
  /// As Chrome writes it, but for the lines that only name programs.
  static func message(
    _ parts: [String], type: String = "multipart/related; type=\"text/html\"; boundary=\"--b;1\"",
    end: String = "----b;1--\r\n"
  ) -> String {
    """
    From: <Saved by Blink>\r
    Snapshot-Content-Location: https://example.org/page\r
    Subject: =?utf-8?Q?Caf=C3=A9?=\r
    Date: Mon, 1 Jan 2024 10:00:00 -0000\r
    MIME-Version: 1.0\r
    Content-Type: \(type)\r
    \r
    What stands before the first part is not read.\r
    \(parts.map { "----b;1\r\n\($0)\r\n" }.joined())\(end)
    """
  }

  static func part(
    _ body: String, type: String = "text/html", encoding: String = "quoted-printable",
    fields: String = "Content-Location: https://example.org/page\r\n"
  ) -> String {
    "Content-Type: \(type)\r\nContent-Transfer-Encoding: \(encoding)\r\n\(fields)\r\n\(body)"
  }

  static let picture = part("R0lGODlh\r\nAQABAAAA", type: "image/gif", encoding: "base64")
  static let cafe = part("<p>Caf=C3=A9 is =\r\nopen, 1=3D1</p>")

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let message: String
    var expected: String? = "<p>Café is open, 1=1</p>"
    var url: String? = "https://example.org/page"
    var charset: String?
  }

  static let cases = [
    Case(testDescription: "as Chrome saves it", message: message([cafe, picture])),
    Case(testDescription: "the page behind pictures", message: message([picture, picture, cafe])),
    Case(
      testDescription: "bare line feeds",
      message: message([cafe, picture]).replacing("\r\n", with: "\n")),
    Case(
      testDescription: "base64",
      message: message([
        part("PHA+Q2Fmw6kgaXMgb3Bl\r\nbiwgMT0xPC9wPg==\r\n", encoding: "base64")
      ])),
    Case(
      testDescription: "as it is, with a charset",
      message: message([
        part(
          "<p>Café is open, 1=1</p>", type: "text/html; charset=\"UTF-8\"", encoding: "8bit")
      ]), charset: "\"UTF-8\""),
    Case(
      testDescription: "alternatives inside",
      message: message([
        "Content-Type: multipart/alternative; boundary=in\r\n\r\n--in\r\nContent-Type: "
          + "text/plain\r\n\r\nplain\r\n--in\r\n\(cafe)\r\n--in--\r\n", picture,
      ])),
    Case(
      testDescription: "the part that start names",
      message: message(
        [
          part("<p>frame</p>", fields: "Content-ID: <frame@x>\r\n"),
          part(
            "<p>Caf=C3=A9 is open, 1=3D1</p>",
            fields: "Content-ID: <page@x>\r\nContent-Location: https://example.org/page\r\n"),
        ], type: "multipart/related; start=\"<page@x>\"; boundary=\"--b;1\"")),
    Case(
      testDescription: "cut off in the page",
      message: message([cafe], end: "").replacing("=3D1</p>\r\n", with: "=3"),
      expected: "<p>Café is open, 1=3"),
    Case(
      testDescription: "cut off in a picture", message: message([cafe, picture], end: "")),
    Case(
      testDescription: "a wrong byte, and white space at a line's end",
      message: message([part("<p>1=ZZ2=  \r\n3=</p>")]), expected: "<p>1=ZZ23=</p>"),
    Case(
      testDescription: "a page alone",
      message: "Date: x\r\nContent-Type: text/html\r\nContent-Location: http://example.org/1\r\n"
        + "\r\n<p>alone</p>", expected: "<p>alone</p>", url: "http://example.org/1"),
    Case(
      testDescription: "the address above all parts",
      message: message([part("<p>x</p>", fields: "Content-Location: cid:frame-1@mhtml.blink\r\n")]),
      expected: "<p>x</p>"),
    Case(testDescription: "pictures alone", message: message([picture]), expected: nil),
    Case(
      testDescription: "no boundary", message: message([cafe], type: "multipart/related"),
      expected: nil),
    Case(testDescription: "an empty file", message: "", expected: nil),
    Case(
      testDescription: "messages in messages without end",
      message: String(
        repeating: "Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n", count: 99),
      expected: nil),
  ]

  @Test("The page of a message is found and decoded", arguments: cases)
  func pageInMessage(_ each: Case) throws {
    let scratch = try ScratchFolder()
    try scratch.write(each.message, to: "a.mhtml")
    let finds = try ContainerFinds(fileIn: scratch.path, called: "a.mhtml")
    #expect(finds.failures == (each.expected == nil ? ["c no-page"] : []))
    guard let expected = each.expected else { return }
    let page = try #require(finds.pages.first?.page)
    #expect(
      finds.texts.first?.trimmingSuffix(where: \.isNewline) == expected[...])
    #expect(page.url == each.url)
    #expect(page.httpCharset == each.charset)
    if each.message.contains("Mon, 1 Jan 2024") { #expect(page.saved == "2024-01-01T10:00:00Z") }
  }
}

extension String {
  fileprivate func trimmingSuffix(where isCut: (Character) -> Bool) -> Substring {
    var text = self[...]
    while let last = text.last, isCut(last) { text.removeLast() }
    return text
  }
}
