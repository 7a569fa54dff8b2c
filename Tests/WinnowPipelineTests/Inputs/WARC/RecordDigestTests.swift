// Digests of records, compared when asked for.

import Glibc
import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("Digests of records")
struct RecordDigestTests {
  /// Of `abc`: RFC 1321, A.5; FIPS 180-2, appendices A to C; SHA-1 in base 32 by hand.
  static let known = [
    "md5:900150983cd24fb0d6963f7d28e17f72", "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5",
    "sha1:qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", "sha1:qZk-NkcGgWq6PiVxeFDCbJzQ2J0",
    "sha1:a9993e364706816aba3e25717850c26c9cd0d89d",
    "SHA-256:BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD",
    "sha384:cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
      + "8086072ba1e7cc2358baeca134c825a7",
    "sha512:ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
      + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
  ]

  @Test("The digests of the standards' examples are found", arguments: known)
  func standard(text: String) throws {
    let stated = try #require(StatedDigest(Array(text.utf8)))
    Array("abc".utf8).withUnsafeBufferPointer {
      #expect(stated.isDigest(stated.digest(of: $0)))
    }
    Array("abd".utf8).withUnsafeBufferPointer {
      #expect(!stated.isDigest(stated.digest(of: $0)))
    }
  }

  @Test(
    "Digests of algorithms that are not known are not compared",
    arguments: [
      "xxh3:00", "sha1", "", ":x",
    ])
  func unknown(text: String) {
    #expect(StatedDigest(Array(text.utf8)) == nil)
  }

  static func sha1(_ bytes: [UInt8]) -> String {
    bytes.withUnsafeBufferPointer {
      var running = RunningDigest(.sha1)
      running.add($0)
      return "sha1:\(StatedDigest.base32(running.finished()))"
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let record: [UInt8]
    var isWrong = false
  }

  static let body = Array("<p>one</p>".utf8)
  static let block = WARCText.http(body)
  static let chunked = WARCText.http(
    Array("5\r\n<p>on\r\n5\r\ne</p>\r\n0\r\n\r\n".utf8), fields: "Transfer-Encoding: chunked\r\n")
  static let wrong = "sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

  static func record(
    _ block: [UInt8], block digest: String? = nil, payload: String? = nil
  ) -> [UInt8] {
    record("response", block, block: digest, payload: payload)
  }

  static func record(
    _ type: String, _ block: [UInt8], block digest: String? = nil,
    payload: String? = nil
  ) -> [UInt8] {
    var fields = ""
    if let digest { fields += "WARC-Block-Digest: \(digest)\r\n" }
    if let payload { fields += "WARC-Payload-Digest: \(payload)\r\n" }
    return WARCText.record(type, block, fields: fields)
  }

  static let cases = [
    Case(
      testDescription: "both right",
      record: record(block, block: sha1(block), payload: sha1(body))),
    Case(testDescription: "none", record: record(block)),
    Case(
      testDescription: "one that cannot be compared", record: record(block, block: "xxh3:00")),
    Case(
      testDescription: "the block's wrong",
      record: record(block, block: wrong, payload: sha1(body)), isWrong: true),
    Case(
      testDescription: "the payload's wrong",
      record: record(block, block: sha1(block), payload: wrong), isWrong: true),
    Case(
      testDescription: "the payload's over the chunks as they were sent",
      record: record(chunked, payload: sha1(Array("5\r\n<p>on\r\n5\r\ne</p>\r\n0\r\n\r\n".utf8)))),
    Case(
      testDescription: "the payload's without the chunks",
      record: record(chunked, payload: sha1(body))),
    Case(
      testDescription: "of a record that is no page, wrong",
      record: record("request", block, block: wrong), isWrong: true),
    Case(
      testDescription: "of a request's payload, wrong",
      record: record("request", block, block: sha1(block), payload: wrong), isWrong: true),
    Case(
      testDescription: "of the page that a revisit stands for",
      record: record("revisit", block, block: sha1(block), payload: wrong)),
    Case(
      testDescription: "of a record that is no page, right",
      record: record("request", block, block: sha1(block))),
  ]

  @Test("A record whose digest is wrong is a failure at its place, if asked for", arguments: cases)
  func check(_ each: Case) throws {
    var options = FetchOptions()
    let before = WARCText.page("before")
    let archive = before + each.record + WARCText.page("after")
    let unchecked = try ContainerFinds(archive, called: "a.warc", options: options)
    #expect(unchecked.failures == [])
    options.records.checksDigests = true
    let checked = try ContainerFinds(archive, called: "a.warc", options: options)
    let place = ContainerPlace.padded(before.count)
    #expect(checked.failures == (each.isWrong ? ["c/\(place) wrong-digest"] : []))
    #expect(checked.messages.allSatisfy { $0.hasSuffix("at byte \(before.count)") })
    #expect(checked.texts.first == "<p>before</p>")
    #expect(checked.texts.last == "<p>after</p>")
  }

  @Test(
    "Of other makers' archives, those that are wrong are found",
    .enabled(if: OutsideArchiveTests.isPresent),
    arguments: [
      ("example.warc", []), ("example.warc.gz", []), ("post-test.warc.gz", []),
      ("example-iana.org-chunked.warc", []), ("example-resource.warc.gz", []),
      ("example-digest.warc", ["c/0000000000 wrong-digest"]),
      ("example-trunc.warc", ["c/0000001197 wrong-digest", "c/0000002560 damaged-record"]),
    ] as [(String, [String])])
  func outside(file: String, failures: [String]) throws {
    var options = FetchOptions()
    options.records.checksDigests = true
    let scratch = try ScratchFolder()
    try Shell.run("cp '\(OutsideArchiveTests.folder)/\(file)' '\(scratch.text)'")
    let finds = try ContainerFinds(fileIn: scratch.path, called: file, options: options)
    #expect(finds.failures == failures)
  }
}
