// Archives of other makers, good and broken, read to their ends. Skipped where they are not.

import Glibc
import Testing

@testable import WinnowPipeline

@Suite("Archives of other makers", .timeLimit(.minutes(10)))
struct OutsideArchiveTests {
  static let folder = "../shared/corpus/outside/warcio"
  static var isPresent: Bool { access(folder, R_OK) == 0 }

  struct Expected: Sendable, CustomTestStringConvertible {
    let file: String
    var pages = 0
    var failures: [String] = []
    /// A name that says what it is, where the file's own does not.
    var name: String?
    var testDescription: String { file }
  }

  static let files = [
    Expected(
      file: "bad.arc",
      failures: [
        "c/0000000000 damaged-record", "c/0000000134 damaged-record",
        "c/0000000262 damaged-record",
      ]),
    Expected(file: "example-bad-non-chunked.warc.gz", pages: 1),
    Expected(file: "example-bad.warc.gz.bad", pages: 1, name: "example-bad.warc.gz"),
    Expected(file: "example-digest.warc"),
    Expected(file: "example-iana.org-chunked.warc", pages: 1),
    Expected(file: "example-resource.warc.gz", pages: 1),
    Expected(file: "example-space-in-target-uri.warc.gz"),
    Expected(file: "example-space-in-url.arc", pages: 1),
    Expected(file: "example-trunc.warc", pages: 1, failures: ["c/0000002560 damaged-record"]),
    Expected(file: "example-wget-bad-target-uri.warc.gz", pages: 1),
    Expected(file: "example-wrong-chunks.warc.gz", pages: 1),
    Expected(file: "example.arc", pages: 1),
    Expected(file: "example.arc.gz", pages: 1),
    Expected(file: "example.warc", pages: 1),
    Expected(file: "example.warc.gz", pages: 1),
    Expected(file: "post-test.warc.gz"),
  ]

  @Test(
    "Good records give pages, bad ones recorded failures", .enabled(if: isPresent), arguments: files
  )
  func file(_ each: Expected) throws {
    let scratch = try ScratchFolder()
    let name = each.name ?? each.file
    try Shell.run("cp '\(Self.folder)/\(each.file)' '\(scratch.text)/\(name)'")
    let finds = try ContainerFinds(fileIn: scratch.path, called: name)
    #expect(finds.pages.count == each.pages)
    #expect(finds.failures == each.failures)
    for text in finds.texts {
      #expect(text.drop { $0.isWhitespace }.lowercased().hasPrefix("<!doctype html>"))
    }
    for (_, page) in finds.pages {
      let url = try #require(page.url)
      #expect(url.hasPrefix("http://"))
    }
  }
}
