// Elements that the parser is not told of: the tree is the one that it would have made of them.

import Testing

@testable import Winnow

@Suite("Leaves")
struct LeafTests {
  private func both(_ html: String) throws -> (PageTree, told: PageTree) {
    var limits = ExtractionOptions.Limits()
    limits.seconds = 60
    let page = Array(html.utf8)
    return (
      try PageParser.parse(page, limits: limits),
      try PageParser.parse(page, limits: limits, findsLeaves: false)
    )
  }

  private static let pages = [
    "a link in a link, which ends the first": "<div><a href=x>a<a href=y>b</a>c</a>d",
    "a link in a link that is not told yet": "<div><a> <a>b</a></a>",
    "a link that a block keeps open": "<div><a><div>b</a></div><a>c</a><a>d</a>",
    "before the body": "<b>a</b><p>b",
    "between head and body": "<html><head></head><i>a</i><p>b",
    "after the body": "<body><p>a</p></body><b>b</b>",
    "directly in the body": "<body><div>a</div><b>b</b> <i>c</i>d",
    "nothing in it": "<p>a<b></b>c<i class=x></i></p>",
    "white space in it": "<p><b> </b>\n<i>\n</i></p>",
    "one end tag for another": "<p><b>a</i>b</b>c<x-y>d</x-z>e</p>",
    "a comment and a meta in it": "<p><b>a<!-- b -->c</b><span>d<meta name=e>f</span>g</p>",
    "raw text in it": "<p><a>b<script>c</script>d</a>e",
    "never closed": "<p>a<b>c",
    "in a table": "<table><b>a</b><tr><i>b</i><td><a>c</a></table><a>d</a>",
    "in a list and in white space that counts":
      "<ul><li><a>b</a> <a>c</a><pre><b>d</b>\n\n<i>e</i></pre>",
    "an end tag without a start tag": "<p></b><b>a</b></b></p><em>b</em>",
    "foreign": "<p><b><svg><a>b</a></svg>c</b><math><mi>x</mi></math>",
  ]

  @Test("An element is what the parser would have made of it", arguments: pages)
  func alike(_ name: String, _ html: String) throws {
    let (tree, told) = try both(html)
    #expect(tree.sketch == told.sketch, "\(name)")
    #expect(tree.isAlike(told), "\(name)")
  }

  @Test("Of many in a row none is lost", arguments: [449, 450, 451, 500, 501, 999, 1000, 2400])
  func many(_ count: Int) throws {
    let words = (0..<count).map { "<b>\($0)</b>" }
    let (tree, told) = try both("<div><pre>\(words.joined(separator: " "))</pre></div>")
    #expect(tree.isAlike(told))
    #expect(
      tree.collapsedText(of: 0) == (0..<count).map { "\($0)" }.joined(separator: " "))
  }

  @Test("The limits hold for them")
  func limits() throws {
    let deep = String(repeating: "<div>", count: 20) + "<b>a</b>"
    #expect(try parsed(deep) { $0.depth = 10 }.degradations == [.depth])
    let many = "<div>" + String(repeating: "<b>a</b>", count: 200)
    let tree = try parsed(many) { $0.nodes = 100 }
    #expect(tree.degradations == [.nodes])
    #expect(tree.nodes.count <= 101)
    #expect(tree.faults.isEmpty)
  }

  @Test("Random markup gives the same tree with them and without")
  func random() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    for round in 0..<1500 {
      let page = RandomMarkup.page(&random, length: 5 + round % 200)
      let (tree, told) = try both(page)
      #expect(tree.isAlike(told), "seed \(seed), round \(round): \(page)")
    }
  }
}
