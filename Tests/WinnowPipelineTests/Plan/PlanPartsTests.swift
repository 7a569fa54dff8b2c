// The parts of a plan: the sample of the inputs, and the lines that differ.

import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("A plan", .timeLimit(.minutes(10)))
struct PlanPartsTests {
  @Test("The least ranks stay, whatever order they come in")
  func leastRanks() {
    var random = SystemRandomNumberGenerator()
    for count in [0, 1, 2, 7, 50] {
      let ranks = (0..<UInt64(50)).shuffled(using: &random)
      var least = LeastRanks<UInt64>(count)
      for rank in ranks { least.add(rank, rank: rank) }
      #expect(least.elements.sorted() == Array(0..<UInt64(count)), "\(ranks)")
    }
  }

  private func sample(_ scratch: ScratchFolder, _ size: Int) throws -> [String] {
    var fetch = FetchOptions()
    fetch.input = [scratch.path("in")]
    return try PageSample(of: fetch, size: size, output: nil).files
      .map { String(decoding: $0.page.bytes, as: UTF8.self) }
  }

  @Test("A sample is the same every time, spread out, and hardly changes with new files")
  func sample() throws {
    let scratch = try ScratchFolder()
    for number in 0..<200 { try scratch.write("x", to: "in/\(number % 10)/\(number).html") }
    let first = try sample(scratch, 40)
    #expect(first.count == 40)
    #expect(try sample(scratch, 40) == first)
    #expect(Set(first.map { $0.prefix(1) }).count == 10)
    for number in 200..<210 { try scratch.write("x", to: "in/\(number).html") }
    let second = try sample(scratch, 40)
    #expect(Set(first).intersection(second).count >= 30)
    #expect(try sample(scratch, 1000).count == 210)
  }

  @Test("Of a container, as many pages are taken as the sample lacks, from its first part")
  func container() throws {
    let scratch = try ScratchFolder()
    let lines = (0..<1000).map { "{\"text\": \"line \($0)\"}\n" }.joined()
    try scratch.write(lines, to: "in/a.jsonl")
    try scratch.write("x", to: "in/b.html")
    var fetch = FetchOptions()
    fetch.input = [scratch.path("in")]
    var configuration = PipelineConfiguration()
    configuration.fetch = fetch
    let chain = PageChain(configuration)
    let sample = try PageSample(of: fetch, size: 12, output: nil)
    let pages = sample.files.flatMap { PageSample.pages(of: $0, by: chain).map(\.page.bytes) }
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(pages.count == 12)
    #expect(pages.last == "b.html")
    // 20 pages are read for each that is taken.
    #expect(pages.dropLast().allSatisfy { $0 < "a.jsonl/0000000221" })
  }

  @Test("Lines that are taken and added are told in the texts' order")
  func lines() {
    let changes = LineChanges(
      from: Array("one\n\ntwo\nthree\nfour\n".utf8), to: Array("one\nTWO\nfour\nfive\n".utf8))
    #expect(changes.removed == ["two", "three"])
    #expect(changes.added == ["TWO", "five"])
    let long = (0..<15_000).map { "line \($0)" }
    let old = Array(long.joined(separator: "\n").utf8)
    let new = Array((long.dropLast() + ["other"]).joined(separator: "\n").utf8)
    let many = LineChanges(from: old, to: new)
    #expect(many.removed == ["line 14999"])
    #expect(many.added == ["other"])
  }

  @Test("Effects name the rules by their lists and count the words they decided on")
  func effects() throws {
    let page = Page(bytes: Array(Self.page.utf8))
    var options = ExtractionOptions()
    options.rules = try RuleSet(
      keep: [Rule(selector: "nav")],
      drop: [Rule(phrase: "no such text"), Rule(phrase: "gives up")])
    let effects = try StripEffects(of: page, options).effects
    let dropped = try #require(effects[.rule(.drop, 1)])
    #expect(dropped.words == -16 * dropped.blocks && dropped.blocks > 0)
    #expect(effects[.rule(.drop, 0)] == nil)
    #expect(effects[.rule(.keep, 0)] == StripEffects.Effect(blocks: 2, words: 2))
    #expect(try StripEffects(of: page, ExtractionOptions()).effects[.rule(.drop, 1)] == nil)
  }

  private static let page =
    "<html><body><nav><ul><li><a href=/>Home</a><li><a href=/x>Contact</a></ul></nav><article>"
    + String(
      repeating:
        "<p>The house stood in the valley where the road, after miles of gravel, gives up early.</p>",
      count: 5) + "</article></body></html>"
}
