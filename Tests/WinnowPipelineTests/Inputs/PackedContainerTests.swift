// Packed containers of every kind: members, frames, dictionaries, and damage to them.

import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("Packed containers", .timeLimit(.minutes(10)))
struct PackedContainerTests {
  static let records = (0..<3).map { WARCText.page("page \($0)") }
  static let texts = (0..<3).map { "<p>page \($0)</p>" }
  /// What records have in common, as a dictionary of raw content.
  static let dictionary = Array(WARCText.page("page 7").dropFirst(3))

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    var name = "a.warc.zst"
    var texts = PackedContainerTests.texts
    var reasons: [String] = []
  }

  static let cases = [
    Case(testDescription: "a frame a record", bytes: records.flatMap { Zstd.packed($0) }),
    Case(testDescription: "one frame", bytes: Zstd.packed(records.flatMap { $0 })),
    Case(testDescription: "whole-file gzip", bytes: Gzip.stored(records.flatMap { $0 })),
    Case(testDescription: "a plain file under a packed name", bytes: records.flatMap { $0 }),
    Case(
      testDescription: "a dictionary",
      bytes: Zstd.skippable(dictionary)
        + records.flatMap { Zstd.packed($0, dictionary: dictionary) }),
    Case(
      testDescription: "a packed dictionary",
      bytes: Zstd.skippable(Zstd.packed(dictionary))
        + records.flatMap { Zstd.packed($0, dictionary: dictionary) }),
    Case(
      testDescription: "other frames without data",
      bytes: Zstd.packed(records[0]) + Zstd.skippable([1, 2, 3], kind: 0x50)
        + Zstd.packed(records[1]) + Zstd.skippable([], kind: 0x5F) + Zstd.packed(records[2])),
    Case(
      testDescription: "junk between frames",
      bytes: Zstd.packed(records[0]) + Array("garbage".utf8) + Zstd.packed(records[1])
        + Zstd.packed(records[2]), reasons: ["damaged-container"]),
    Case(
      testDescription: "a damaged frame",
      bytes: Zstd.packed(records[0]) + damaged(Zstd.packed(records[1])) + Zstd.packed(records[2]),
      texts: [texts[0], texts[2]], reasons: ["damaged-container"]),
    Case(
      testDescription: "a frame cut off",
      bytes: records.flatMap { Zstd.packed($0) } + Zstd.packed(records[0]).dropLast(60),
      reasons: ["damaged-container"]),
    Case(
      testDescription: "a dictionary cut off",
      bytes: Zstd.skippable([UInt8](repeating: 1, count: 90)).dropLast(10), texts: [],
      reasons: ["damaged-container"]),
    Case(
      testDescription: "lines", bytes: Zstd.packed(Array("{\"html\": \"<p>a\"}\n".utf8)),
      name: "a.jsonl.zst", texts: ["<p>a"]),
    Case(
      testDescription: "text of an archive",
      bytes: Zstd.packed(
        WARCText.record("conversion", Array("Text".utf8), contentType: "text/plain")),
      name: "a.wet.zst", texts: ["Text"]),
  ]

  /// Its first block is of the kind that is reserved (RFC 8878, 3.1.1.2.2).
  static func damaged(_ frame: [UInt8]) -> [UInt8] {
    var frame = frame
    // Behind magic number, descriptor and a content size of one or two bytes.
    let block = 4 + 1 + (frame[4] >> 6 == 0 ? 1 : 2)
    frame[block] |= 0b110
    return frame
  }

  @Test("Pages are read whatever a container is packed with", arguments: cases)
  func packed(_ each: Case) throws {
    let finds = try ContainerFinds(each.bytes, called: each.name)
    #expect(finds.texts == each.texts)
    #expect(Set(finds.failures.map { String($0.split(separator: " ")[1]) }) == Set(each.reasons))
    #expect(finds.messages.allSatisfy { $0.contains("byte ") })
    #expect(Set(finds.names).count == finds.names.count)
  }

  @Test("A page is called by the place of its frame")
  func places() throws {
    let frames = Self.records.map { Zstd.packed($0) }
    let start = Zstd.skippable(Self.dictionary).count
    let finds = try ContainerFinds(
      Zstd.skippable(Self.dictionary) + frames.flatMap { $0 }, called: "a.warc.zst")
    #expect(
      finds.names == [
        "c/\(ContainerPlace.padded(start))",
        "c/\(ContainerPlace.padded(start + frames[0].count))",
        "c/\(ContainerPlace.padded(start + frames[0].count + frames[1].count))",
      ])
  }

  @Test("Members longer than any buffer are read, each at its place", arguments: [1, 3])
  func longMembers(count: Int) throws {
    // More than libdeflate is given at once, and text that does not repeat.
    var random = SplitMix(state: 7)
    let texts = (0..<count).map { _ in
      String(decoding: (0..<700_000).map { _ in UInt8(0x61 + random.next() % 26) }, as: UTF8.self)
    }
    let records = texts.map { WARCText.page($0) }
    for members in [records.flatMap { Gzip.stored($0) }, records.flatMap { Zstd.packed($0) }] {
      let finds = try ContainerFinds(members, called: "a.warc.gz")
      #expect(finds.texts == texts.map { "<p>\($0)</p>" })
      #expect(finds.failures == [])
    }
  }
}
