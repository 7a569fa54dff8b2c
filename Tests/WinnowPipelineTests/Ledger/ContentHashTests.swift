// The content hash against published values, and the configuration's digest.

import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("Hashes")
struct ContentHashTests {
  @Test(
    "MurmurHash3 gives the values other implementations give",
    arguments: [
      ("", "00000000000000000000000000000000"),
      ("hello", "cbd8a7b341bd9b025b1e906a48ae1d19"),
      (
        "The quick brown fox jumps over the lazy dog", "e34bbc7bbc071b6c7a433ca9c49a9347"
      ),
    ])
  func known(text: String, expected: String) {
    #expect(ContentHash(Array(text.utf8)).description == expected)
  }

  @Test("Every byte and the length count")
  func differs() {
    var seen: Set<ContentHash> = []
    for length in 0..<40 {
      var bytes = [UInt8](repeating: 0, count: length)
      #expect(seen.insert(ContentHash(bytes)).inserted)
      for index in bytes.indices {
        bytes[index] = 1
        #expect(seen.insert(ContentHash(bytes)).inserted)
        bytes[index] = 0
      }
    }
  }

  @Test("It comes back from its bytes")
  func roundTrip() {
    let hash = ContentHash(Array("page".utf8))
    #expect(ContentHash(bytes: hash.bytes) == hash)
    #expect(ContentHash(bytes: []) == nil)
  }

  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let counts: Bool
    let change: @Sendable (inout PipelineConfiguration) throws -> Void
  }

  @Test(
    "What decides documents counts, and nothing else does",
    arguments: [
      Change(testDescription: "input", counts: false) { $0.fetch.input = [[1]] },
      Change(testDescription: "include", counts: false) { $0.fetch.include = ["*.x"] },
      Change(testDescription: "output", counts: false) { $0.emit.output = [1] },
      Change(testDescription: "prune", counts: false) { $0.emit.prune = .delete },
      Change(testDescription: "workers", counts: false) {
        $0.strip.workers = 9
        $0.emit.workers = 9
        $0.normalize?.workers = 9
      },
      Change(testDescription: "formats", counts: true) { $0.emit.formats = [.json] },
      Change(testDescription: "preset", counts: true) { $0.strip.extraction.preset = .recall },
      Change(testDescription: "limit", counts: true) {
        $0.strip.extraction.limits.pageBytes += 1
      },
      Change(testDescription: "rule", counts: true) {
        $0.strip.extraction.rules.drop = [try Rule(selector: ".x")]
      },
      Change(testDescription: "normalize", counts: true) { $0.normalize = nil },
      Change(testDescription: "normalize.nfc", counts: true) { $0.normalize?.text.nfc = false },
      Change(testDescription: "filter", counts: true) { $0.filter = FilterOptions() },
    ])
  func digest(_ each: Change) throws {
    let before = PipelineConfiguration(normalize: NormalizeOptions())
    var after = before
    try each.change(&after)
    #expect(before.documentDigest == before.documentDigest)
    #expect((after.documentDigest != before.documentDigest) == each.counts)
  }
}
