// Bodies of stored responses: chunks and encodings undone, and lies about them seen through.

import Testing

@testable import WinnowPipeline

@Suite("Bodies of stored responses")
struct HTTPBodyTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let body: [UInt8]
    let fields: String
    var expected: Result<String, HTTPBody.Failure> = .success("<p>page</p>")
  }

  static let page = Array("<p>page</p>".utf8)
  static let chunked = "Transfer-Encoding: chunked\r\n"
  /// Made by Python's zlib and brotli from `page`, as is `brotli`.
  static let zlib: [UInt8] = [
    0x78, 0x9C, 0xB3, 0x29, 0xB0, 0x2B, 0x48, 0x4C, 0x4F, 0xB5, 0xD1, 0x2F, 0xB0, 0x03, 0x00,
    0x16, 0x52, 0x03, 0xA1,
  ]
  /// One stored block (RFC 7932, 9.2), then an empty last one.
  static let brotli: [UInt8] = [0x0B, 0x05, 0x80] + page + [0x03]

  static let cases = [
    Case(testDescription: "plain", body: page, fields: ""),
    Case(
      testDescription: "chunks", body: Array("4\r\n<p>p\r\n7;x=y\r\nage</p>\r\n0\r\n\r\n".utf8),
      fields: chunked),
    Case(testDescription: "chunks that are none", body: page, fields: chunked),
    Case(
      testDescription: "a last chunk cut off", body: Array("4\r\n<p>p\r\nff\r\nage</p>".utf8),
      fields: chunked),
    Case(
      testDescription: "a chunk's head broken", body: Array("4\r\n<p>p\r\nage</p>".utf8),
      fields: chunked),
    Case(testDescription: "gzip", body: Gzip.stored(page), fields: "Content-Encoding: gzip\r\n"),
    Case(
      testDescription: "gzip that is none", body: page, fields: "Content-Encoding: GZIP\r\n"),
    Case(testDescription: "zlib", body: zlib, fields: "Content-Encoding: deflate\r\n"),
    Case(
      testDescription: "bare deflate", body: Array(zlib[2..<(zlib.count - 4)]),
      fields: "Content-Encoding: deflate\r\n"),
    Case(
      testDescription: "deflate that is none", body: page,
      fields: "Content-Encoding: deflate\r\n"),
    Case(testDescription: "brotli", body: brotli, fields: "Content-Encoding: br\r\n"),
    Case(testDescription: "brotli that is none", body: page, fields: "Content-Encoding: br\r\n"),
    Case(
      testDescription: "gzip in chunks",
      body: Array("\(String(Gzip.stored(page).count, radix: 16))\r\n".utf8) + Gzip.stored(page)
        + Array("\r\n0\r\n\r\n".utf8), fields: chunked + "Content-Encoding: gzip\r\n"),
    Case(
      testDescription: "gzip twice", body: Gzip.stored(Gzip.stored(page)),
      fields: "Content-Encoding: gzip, gzip\r\n"),
    Case(
      testDescription: "an unknown encoding", body: [1, 2, 3],
      fields: "Content-Encoding: xyz\r\n", expected: .failure(.unsupported("xyz"))),
    Case(
      testDescription: "a bomb", body: Gzip.stored([UInt8](repeating: 0x20, count: 5000)),
      fields: "Content-Encoding: gzip\r\n", expected: .failure(.tooLarge(limit: 1000))),
  ]

  @Test("A body comes out as a browser would see it", arguments: cases)
  func body(_ each: Case) throws {
    let bytes = WARCText.http(each.body, fields: each.fields)
    let head = bytes.withUnsafeBufferPointer { HTTPHead($0[...]) }
    let result = Result { () throws(HTTPBody.Failure) in
      String(
        decoding: try HTTPBody.decode(Array(bytes[head.length...]), head, limit: 1000),
        as: UTF8.self)
    }
    #expect(result == each.expected)
  }
}
