// Kept blocks carry their role, their structure and the marks inside them.

import Testing

@testable import Winnow

/// All blocks of a page as document blocks, chosen or not.
private func assembled(
  _ html: String, _ change: (inout ExtractionOptions) -> Void = { _ in }
) throws -> [DocumentBlock] {
  var options = ExtractionOptions()
  change(&options)
  let reading = try PageReading(of: Page(bytes: Array(html.utf8)), options)
  var assembler = DocumentAssembler(
    reading.outline, headings: reading.features.headings, url: nil, options)
  return reading.outline.blocks.indices.map { assembler.block(at: $0, assembler.place(of: $0)) }
}

struct RoleCase: Sendable, CustomTestStringConvertible {
  let html: String
  let roles: [Role]
  var testDescription: String { html }
}

@Suite("Document blocks")
struct DocumentAssemblerTests {
  @Test(
    "A block's markup tells its role",
    arguments: [
      RoleCase(html: "<p>Plain text", roles: [.body]),
      RoleCase(html: "<title>Tea</title><h1>Tea</h1><h2>Water</h2>", roles: [.title, .heading]),
      RoleCase(
        html: "<title>Tea - Guide to drinks and their making</title><h1>Tea<a href=#tea>¶</a></h1>",
        roles: [.title]),
      RoleCase(
        html: "<title>Green tea</title><p>Hot</p><td><b>Green tea</b></td><p>Green tea</p>",
        roles: [.body, .title, .body]),
      RoleCase(
        html: "<title>Green tea</title><h1>Drinks</h1><p>Green tea</p>", roles: [.heading, .body]),
      RoleCase(html: "<ul><li>one<li>two</ul>", roles: [.listItem, .listItem]),
      RoleCase(html: "<dl><dt>term<dd>meaning</dl>", roles: [.listItem, .listItem]),
      RoleCase(html: "<blockquote><p>quoted</blockquote>", roles: [.quote]),
      RoleCase(html: "<pre>let x = 1</pre>", roles: [.code]),
      RoleCase(
        html: "<figure><img src=a><figcaption>A heron</figcaption></figure>", roles: [.caption]),
      RoleCase(
        html: "<table><tr><th>a<th>b<tr><td>1<td>2</table>",
        roles: [.tableCell, .tableCell, .tableCell, .tableCell]),
      RoleCase(html: "<p class=byline>By Ada Pike</p>", roles: [.byline]),
      RoleCase(html: "<time datetime=2024-05-01>1 May</time>", roles: [.date]),
      RoleCase(
        html: """
          <p>one<p>two<p>three<p>four<div id=comments><p>I agree</div>
          """, roles: [.body, .body, .body, .body, .comment]),
    ])
  func roles(_ each: RoleCase) throws {
    #expect(try assembled(each.html).map(\.role) == each.roles)
  }

  @Test("Links and emphasis are marked where they stand")
  func marks() throws {
    let block = try #require(
      assembled("<p> One <a href='/x'>two <em>three</em></a>, <b>four</b> <code>five()</code>")
        .first)
    #expect(block.text == "One two three, four five()")
    #expect(
      block.marks == [
        InlineMark(.link("/x"), 4..<13), InlineMark(.emphasis, 8..<13),
        InlineMark(.strong, 15..<19), InlineMark(.code, 20..<26),
      ])
  }

  @Test("Links are left out when they are not wanted")
  func withoutLinks() throws {
    let blocks = try assembled("<p>One <a href='/x'>two</a>") { $0.includesLinks = false }
    #expect(blocks.map(\.marks) == [[]])
  }

  @Test("Images are marked when they are wanted")
  func images() throws {
    let html = "<p>A <img src=/heron.jpg alt='a heron'> bird"
    #expect(try assembled(html).map(\.marks) == [[]])
    let block = try #require(assembled(html) { $0.includesImages = true }.first)
    #expect(block.marks.map(\.kind) == [.image(source: "/heron.jpg", alternative: "a heron")])
  }

  @Test("Items of nested lists know the lists around them")
  func lists() throws {
    let blocks = try assembled("<ul><li>a<ol start=3><li>b<li>c</ol><li>d</ul>")
    let kinds = blocks.map { $0.containers.map(\.kind) }
    #expect(
      kinds == [
        [.list(start: nil), .item],
        [.list(start: nil), .item, .list(start: 3), .item],
        [.list(start: nil), .item, .list(start: 3), .item],
        [.list(start: nil), .item],
      ])
    #expect(blocks[1].containers[2].identity == blocks[2].containers[2].identity)
    #expect(blocks[1].containers[3].identity != blocks[2].containers[3].identity)
  }

  @Test("A table that lays a page out is no table")
  func layout() throws {
    let story = String(
      repeating: "<p>A paragraph of the story that goes on for a while.</p>", count: 9)
    let blocks = try assembled("<table><tr><td>Menu<td>\(story)</table>")
    #expect(blocks.allSatisfy { $0.containers.isEmpty && $0.role == .body })
  }

  @Test("Code keeps its lines and its indentation, and names its language")
  func code() throws {
    let block = try #require(
      assembled("<pre><code class='hl language-swift'>if a {\n  b()\r\n}\n</code></pre>").first)
    #expect(block.text == "if a {\n  b()\n}")
    #expect(block.codeLanguage == "swift")
  }

  @Test("Lines that a highlighter wraps in elements stay lines of one block")
  func highlighted() throws {
    let blocks = try assembled("<pre><div>let a = 1</div><div>let b = 2</div></pre>")
    #expect(blocks.map(\.text) == ["let a = 1\nlet b = 2"])
  }

  @Test("A heading's link to itself is no part of it")
  func permalink() throws {
    let html = "<h2>The file<a href='#file'>¶</a></h2><p>Press <a href='#x'>#</a> to go on.</p>"
    #expect(try assembled(html).map(\.text) == ["The file", "Press # to go on."])
  }

  @Test("A line break stays a line break")
  func lineBreaks() throws {
    #expect(try assembled("<p>one<br>two").map(\.text) == ["one\ntwo"])
  }
}
