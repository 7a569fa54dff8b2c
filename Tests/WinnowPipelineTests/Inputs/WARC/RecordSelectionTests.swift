// Which records of web archives are taken, as fetch.records and fetch.select say.

import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("The choice of records")
struct RecordSelectionTests {
  static func record(
    _ address: String, status: String = "200 OK", type: String = "text/html",
    http: String = "", fields: String = "", as recordType: String = "response"
  ) -> [UInt8] {
    let block = WARCText.http(
      Array("<p>\(address)</p>".utf8), status: status, type: type, fields: http)
    return WARCText.record(recordType, block, fields: fields, address: address)
  }

  static let archive: [UInt8] = [
    record("https://a.example/news/1", http: "Content-Language: en-GB, cy\r\n"),
    record("https://b.example/news/2", fields: "WARC-Identified-Content-Language: deu,eng\r\n"),
    record("https://www.a.example/shop/3?x=1", http: "Content-Language: fr\r\n"),
    record("https://a.example/gone", status: "404 Not Found"),
    record("https://a.example/moved", status: "301 Moved"),
    record("https://a.example/robots.txt", type: "text/plain; charset=utf-8"),
    record("https://a.example/feed", type: "application/rss+xml"),
    WARCText.record(
      "resource", Array("<p>screen</p>".utf8), contentType: "text/html",
      address: "screen.html"),
    record("https://a.example/4", as: "revisit"),
    record("https://a.example/5", as: "metadata"),
  ].flatMap { $0 }

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    var taken: [String]
    var passedOver: [PassedOver: Int]
    let configure: @Sendable (inout FetchOptions) -> Void
  }

  static let always: [PassedOver: Int] = [
    .otherStatus: 2, .otherMedia: 2, .revisitRecord: 1, .otherRecord: 1,
  ]

  static func passed(_ more: [PassedOver: Int]) -> [PassedOver: Int] {
    always.merging(more) { $0 + $1 }
  }

  static let cases = [
    Case(
      testDescription: "as it comes", taken: ["news/1", "news/2", "shop/3", "screen"],
      passedOver: always, configure: { _ in }),
    Case(
      testDescription: "by type", taken: ["screen"],
      passedOver: [.unwantedRecordType: 7, .revisitRecord: 1, .otherRecord: 1],
      configure: { $0.records.types = [.resource] }),
    Case(
      testDescription: "by status", taken: ["gone", "screen"],
      passedOver: [.otherStatus: 4, .otherMedia: 2, .revisitRecord: 1, .otherRecord: 1],
      configure: { $0.records.statuses = ["4xx"] }),
    Case(
      testDescription: "any status",
      taken: ["news/1", "news/2", "shop/3", "gone", "moved", "screen"],
      passedOver: [.otherMedia: 2, .revisitRecord: 1, .otherRecord: 1],
      configure: { $0.records.statuses = ["xxx"] }),
    Case(
      testDescription: "by media type", taken: ["robots", "feed"],
      passedOver: [.otherMedia: 6, .revisitRecord: 1, .otherRecord: 1],
      configure: { $0.records.mediaTypes = ["text/plain", "application/*"] }),
    Case(
      testDescription: "by host", taken: ["news/1"],
      passedOver: passed([.otherHost: 2, .unknownAddress: 1]),
      configure: { $0.select.hosts = ["a.example"] }),
    Case(
      testDescription: "by host and all below", taken: ["news/1", "shop/3"],
      passedOver: passed([.otherHost: 1, .unknownAddress: 1]),
      configure: { $0.select.hosts = ["*.a.example"] }),
    Case(
      testDescription: "but not by host", taken: ["news/1", "shop/3", "screen"],
      passedOver: passed([.otherHost: 1]), configure: { $0.select.exceptHosts = ["b.example"] }),
    Case(
      testDescription: "by address", taken: ["news/1", "news/2"],
      passedOver: passed([.otherAddress: 2]), configure: { $0.select.urls = ["/news/\\d+$"] }),
    Case(
      testDescription: "but not by address", taken: ["news/1", "news/2", "screen"],
      passedOver: passed([.otherAddress: 1]), configure: { $0.select.exceptURLs = ["\\?"] }),
    Case(
      testDescription: "by language, where one is known", taken: ["news/1", "news/2", "screen"],
      passedOver: passed([.otherLanguage: 1]), configure: { $0.select.languages = ["en"] }),
    Case(
      testDescription: "by a language in three letters", taken: ["news/2", "screen"],
      passedOver: passed([.otherLanguage: 2]), configure: { $0.select.languages = ["ger"] }),
  ]

  @Test("What is not wanted is left out and counted by reason", arguments: cases)
  func choice(_ each: Case) throws {
    var options = FetchOptions()
    each.configure(&options)
    let finds = try ContainerFinds(Self.archive, called: "a.warc", options: options)
    #expect(finds.texts.count == each.taken.count)
    for (text, name) in zip(finds.texts, each.taken) { #expect(text.contains(name)) }
    #expect(finds.passedOver == each.passedOver)
    #expect(finds.failures == [])
  }

  @Test("Lines and saved pages are chosen by their addresses; files count as filtered")
  func otherInputs() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      "{\"html\": \"<p>a</p>\", \"url\": \"https://a.example/\"}\n"
        + "{\"html\": \"<p>b</p>\", \"url\": \"https://b.example/\"}\n{\"html\": \"<p>c</p>\"}\n",
      to: "in/a.jsonl")
    try scratch.write(
      "<!-- saved from url=(0018)https://b.example/ --><p>d</p>", to: "in/d.html")
    try scratch.write("<p>e</p>", to: "in/e.html")
    let bench = try PipelineRunTests.Bench(
      scratch, configure: { $0.fetch.select.hosts = ["a.example"] })
    let (end, failures) = try bench.finish()
    let tally = bench.recorder.snapshot
    #expect(end == .finished)
    #expect(failures == [])
    #expect(tally.written == 1)
    #expect(tally.filtered == ["other-host": 1, "unknown-address": 1])
    #expect(
      tally.passedOver == ["pages of other hosts": 1, "pages of unknown address": 1])
    #expect(tally.isBalanced)
  }
}
