// The sequence model says what the trainer says, and its parts do what they promise.

import Foundation
import Testing

@testable import Winnow

@Suite("Sequence model")
struct SequenceModelTests {
  @Test("Scores of the sample pages' blocks equal the trainer's")
  func equalsTrainer() throws {
    let check = try JSONValue(reading: TestFile.bytes("sequence-check.json"), .strict)
    let pages = try #require(check.object)
    #expect(pages.count >= 10)
    for member in pages {
      let (name, expected) = (member.key, member.value)
      let file = SamplePage.folder.appendingPathComponent("pages/\(name)")
      let page = Page(bytes: try [UInt8](Data(contentsOf: file)))
      let scores = try TrainingPage.scores(of: page, .shared).sequence
      let wanted = try #require(expected.array).compactMap(\.number)
      #expect(scores.count == wanted.count, "\(name)")
      for (score, wanted) in zip(scores, wanted) {
        #expect(abs(Double(score) - wanted) < 0.01, "\(name)")
      }
    }
  }

  @Test("Damaged tables are refused")
  func damaged() {
    let bytes = Array(TableBytes.sequence.bytes)
    #expect(throws: TableError.truncated) {
      try SequenceModel(TableBytes(Array(bytes.dropLast(1))))
    }
    #expect(throws: TableError.truncated) { try SequenceModel(TableBytes(Array(bytes.prefix(60)))) }
    #expect(throws: TableError.truncated) { try SequenceModel(TableBytes([])) }
    #expect(throws: TableError.wrongMagic) {
      try SequenceModel(TableBytes([0] + bytes.dropFirst()))
    }
    var otherWidth = bytes
    otherWidth[8] += 1
    #expect(throws: TableError.outOfRange) { try SequenceModel(TableBytes(otherWidth)) }
  }

  @Test("A page without blocks has no scores")
  func empty() throws {
    let scores = try TrainingPage.scores(
      of: Page(bytes: Array("<html><body></body>".utf8)), .shared)
    #expect(scores.sequence.isEmpty)
  }

  @Test("A block's score does not change with what stands beyond the network's reach")
  func reach() throws {
    // Two blocks to either side, in steps of 1, 2, 4 and 8.
    let reach = 2 * (1 + 2 + 4 + 8)
    let inputs = SequenceModel.shared.inputs
    var random = SplitMix(state: 5)
    func rows(_ count: Int) -> [Float] {
      (0..<count * inputs).map { _ in Float.random(in: -1...1, using: &random) }
    }
    var near = rows(2 * reach + 1)
    let far = rows(7)
    // Shares of 0: nothing of the page as a whole is seen.
    func scores(_ rows: [Float]) -> [Float] {
      SequenceModel.shared.logOdds(
        rows: rows, shares: [Float](repeating: 0, count: rows.count / inputs))
    }
    let alone = scores(near)[reach]
    near += far
    #expect(scores(near)[reach] == alone)
    near[0] += 1
    #expect(scores(near)[reach] != alone)
  }
}

@Suite("Token table")
struct TokenTableTests {
  @Test("Every token is found, also where many have the same place, and no other")
  func all() throws {
    var random = SplitMix(state: 9)
    // Half of them alike in the bits that say their places.
    let tokens = (0..<1000).map { place in
      place % 2 == 0
        ? UInt32.random(in: 1...UInt32.max, using: &random) | 1 : UInt32(place) << 16 | 0x2E
    }
    let known = Array(Set(tokens)).sorted()
    let depth = 3
    let numbers = (0..<known.count * depth).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    let table = try TokenTable(known[...], numbers: numbers[...], depth: depth)
    func sum(_ tokens: [UInt32]) -> (known: Int32, sums: [Int32]) {
      var sums = [Int32](repeating: 0, count: 64)
      let known = tokens.withUnsafeBufferPointer { tokens in
        sums.withUnsafeMutableBufferPointer { sums in
          sums.baseAddress.map { table.add(tokens.indices, of: tokens, to: $0) }
        }
      }
      return (known ?? -1, Array(sums[..<depth]))
    }
    for (place, token) in known.enumerated() {
      let expected = numbers[place * depth..<(place + 1) * depth].map {
        Int32(Int8(bitPattern: $0))
      }
      let found = sum([token])
      #expect(found.known == 1 && found.sums == expected, "token \(place)")
    }
    #expect(sum(known).known == Int32(known.count))
    #expect(sum([0, 0x2E, 4]).known == 0)
    #expect(sum([]).known == 0)
    let empty = try TokenTable([], numbers: [], depth: depth)
    let one: [UInt32] = [1]
    var sums = [Int32](repeating: 0, count: 64)
    sums.withUnsafeMutableBufferPointer { sums in
      one.withUnsafeBufferPointer { one in
        #expect(sums.baseAddress.map { empty.add(0..<1, of: one, to: $0) } == 0)
      }
    }
  }

  @Test("A token of 0, which stands for a free place, is refused")
  func zero() {
    #expect(throws: TableError.outOfRange) {
      try TokenTable([7, 0], numbers: [1, 2], depth: 1)
    }
  }
}

@Suite("Tokens")
struct NameTokenTests {
  private func tokens(of html: String) throws -> Set<UInt32> {
    let tree = try parsed(html)
    let node = try #require(tree.nodes.indices.last { tree.nodes[$0].tag == .div })
    var found: Set<UInt32> = []
    NameTokens.forEach(of: node, tree) { found.insert($0) }
    return found
  }

  private func tokens(in text: String) -> [UInt32] {
    var found: [UInt32] = []
    Array(text.utf8).withUnsafeBufferPointer { NameTokens.forEach(in: $0) { found.append($0) } }
    return found
  }

  @Test("Names are known by their words, however these are joined")
  func parts() throws {
    let joined = try tokens(of: "<div class='postBody'>x</div>")
    let parted = try tokens(of: "<div class='post-body'>x</div>")
    let both = joined.intersection(parted)
    // The tag, `post` and `body`.
    #expect(both.count == 3)
    #expect(joined.count == 4)
  }

  @Test("Numbers in names are alike")
  func numbers() throws {
    #expect(
      try tokens(of: "<div id='post-17'>x</div>") == tokens(of: "<div id='post-42'>x</div>"))
    #expect(try tokens(of: "<div id='post-17'>x</div>") != tokens(of: "<div id='post'>x</div>"))
  }

  private func tokens(ofTarget href: String) -> [UInt32] {
    var found: [UInt32] = []
    Array("heron.example".utf8).withUnsafeBufferPointer { host in
      Array(href.utf8).withUnsafeBufferPointer { href in
        let target = LinkAddress(href, pageHost: host)
        NameTokens.forEach(of: target, in: href) { found.append($0) }
      }
    }
    return found
  }

  @Test(
    "Targets are known by their kind, host, the first parts of the path and keys of the query",
    arguments: [
      ("#top", 1), ("/tag/birds", 3), ("https://net.example/share", 3), ("/a/b/c/d/e", 5),
      ("/the-heron-returns-to-the-weir-at-last/", 1), ("/?share=a&nb=1&x&y", 4),
    ])
  func targets(_ href: String, _ count: Int) {
    #expect(tokens(ofTarget: href).count == count)
    #expect(count <= NameTokens.mostOfTarget)
  }

  @Test("Numbers and letter case in targets are alike, sites and keys are not")
  func targetsAlike() {
    #expect(tokens(ofTarget: "/2023/05") == tokens(ofTarget: "/2024/11"))
    #expect(tokens(ofTarget: "/Tag") == tokens(ofTarget: "https://heron.example/tag"))
    #expect(tokens(ofTarget: "/tag") != tokens(ofTarget: "https://net.example/tag"))
    #expect(tokens(ofTarget: "/tag") != tokens(ofTarget: "/?tag"))
  }

  @Test("A role is not a class")
  func roles() throws {
    let role = try tokens(of: "<div role='banner'>x</div>")
    #expect(try tokens(of: "<div class='banner'>x</div>") != role)
  }

  @Test(
    "Texts are known by their first and last words, and short ones whole",
    arguments: [
      ("", 0), ("42 %", 0), ("Share", 2), ("share on X", 4), ("one two three four five six", 7),
      ("one two three four five six seven", 7), ("a b c d e f g h i j k", 9),
    ])
  func words(_ text: String, _ count: Int) {
    #expect(tokens(in: text).count == count)
    #expect(tokens(in: text.uppercased()) == tokens(in: text))
  }

  @Test("Long texts: the middle is not read")
  func longTexts() {
    let start = "First words of a text that "
    let end = String(repeating: "z", count: 80) + " ends like this"
    let one = tokens(in: start + String(repeating: "goes on ", count: 40) + end)
    let other = tokens(in: start + String(repeating: "continues ", count: 70) + end)
    #expect(one == other)
    #expect(one.count == 9)
  }
}
