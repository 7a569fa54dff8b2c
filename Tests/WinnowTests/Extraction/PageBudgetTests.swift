// Pages over their budgets of time and memory.

import Testing

@testable import Winnow

@Suite("A page's budget")
struct PageBudgetTests {
  private static let many = Page(
    bytes: Array(String(repeating: "<p>Some words, and more of them.", count: 20_000).utf8))

  @Test("A page that takes longer than it may is a failure that names the option")
  func time() throws {
    var options = ExtractionOptions()
    options.limits.pageSeconds = 0
    let failure = #expect(throws: PageFailure.self) {
      try Extractor(options).document(from: Self.many)
    }
    #expect(failure == .overran(seconds: 0))
    #expect(failure?.description.contains("strip.limits.pageSeconds") == true)
  }

  @Test("A page whose blocks need too much memory is a failure, before that memory is taken")
  func memoryOfBlocks() throws {
    var options = ExtractionOptions()
    options.limits.memoryBytes = 32 << 20
    let failure = #expect(throws: PageFailure.self) {
      try Extractor(options).document(from: Self.many)
    }
    guard case .tooMuchMemory(let bytes, let limit) = failure else {
      Issue.record("\(String(describing: failure))")
      return
    }
    // 20,000 blocks with some hundred numbers each.
    #expect(limit == 32 << 20 && bytes > 32 << 20 && bytes < 64 << 20)
  }

  @Test("Parsing stops at the budget of memory; the page is called cut there")
  func memoryOfParsing() throws {
    var limits = ExtractionOptions.Limits()
    limits.memoryBytes = 1 << 20
    let tree = try PageParser.parse(Self.many.bytes, limits: limits)
    #expect(tree.degradations == [.memory])
    #expect(tree.footprint < 2 << 20)
  }
}
