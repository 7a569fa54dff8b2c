// What must hold for every page: random markup, cut pages, and the pages of other test suites.

import Testing

@testable import Winnow

@Suite("Any page")
struct RandomPageTests {
  /// What does not hold of a page's tree and blocks.
  private func faults(_ page: [UInt8]) throws -> [String] {
    let tree = try parsed(bytes: page)
    return tree.faults + BlockBuilder.blocks(of: tree).faults(in: tree)
  }

  @Test("Trees and blocks of random markup are sound")
  func random() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    for round in 0..<300 {
      let page = RandomMarkup.page(&random, length: 10 + round)
      let faults = try faults(Array(page.utf8))
      #expect(faults.isEmpty, "seed \(seed), round \(round): \(page)")
    }
  }

  @Test("A page cut off anywhere is sound")
  func cut() throws {
    let page = Array(
      """
      <!DOCTYPE html><html><head><title>T &amp; t</title><script>a<!--<script>--></script></head>
      <body class="a" id='b'><!-- c --><p hidden>d<br/>e&nbsp;f<svg><g/></svg><xmp><i></xmp>
      <select><option>g</select></body></html>
      """.utf8)
    for length in 0...page.count {
      #expect(try faults(Array(page[..<length])).isEmpty, "the first \(length) bytes")
    }
  }

  @Test(
    "Pages of other test suites are sound",
    .enabled(if: sharedCorpus("outside") != nil, "needs ../shared/corpus"),
    arguments: ["outside/libxml2-html", "outside/encoding-sniffer"])
  func others(_ path: String) throws {
    let folder = try #require(sharedCorpus(path))
    let names = folderEntries(folder)
    #expect(names.count > 10)
    for name in names {
      let bytes = fileBytes("\(folder)/\(name)")
      let text = String(decoding: bytes, as: UTF8.self).replacing("\0", with: "\u{FFFD}")
      #expect(try faults(Array(text.utf8)).isEmpty, "\(name)")
    }
  }
}
