// `winnow explain` as people run it: what it prints where, what it writes, and the exit status.

import Foundation
import Testing

struct ExplainCommandTests {
  private let page = """
    <!DOCTYPE html><html><head><title>The otters of Lower Wick</title></head><body>
    <nav><ul><li><a href=/>Home</a></li><li><a href=/news>News</a></li></ul></nav>
    <article><h1>The otters of Lower Wick</h1>
    <p>Two otters have taken over the boathouse at Lower Wick, and the rowing club lets them stay.</p>
    <figure><img src=o.jpg><figcaption>The elder of the two, on the club's best skiff.</figcaption></figure>
    <p>They came with the flood in February, said the boatman, and made their bed in the life vests.</p>
    <p>The club has hung a sign on the door. It asks members to knock, which most of them now do.</p>
    </article><footer><p>&copy; The Wick Gazette \u{1B}[31m</p></footer></body></html>
    """

  @Test func `Without a terminal each block is a line of fields`() throws {
    let folder = try TemporaryFolder()
    try folder.write(page, to: "otters.html")
    let outcome = try CommandRunner.run(["explain", "otters.html"], in: folder.url)
    #expect(outcome.status == 0)
    #expect(outcome.errors == "")
    let lines = outcome.outputText.split(separator: "\n").map { $0.split(separator: "\t") }
    #expect(
      lines.first?.joined(separator: " ")
        == "block decision by role probability words path reasons text")
    #expect(lines.count == 9)
    #expect(lines.contains { $0[1] == "kept" && $0[8].hasPrefix("Two otters have taken over") })
    #expect(lines.contains { $0[1] == "dropped" && $0[8] == "Home" })
    #expect(!outcome.output.contains(0x1B))
  }

  @Test func `What it calls kept is what clean prints`() throws {
    let folder = try TemporaryFolder()
    try folder.write(page, to: "otters.html")
    let explained = try CommandRunner.run(
      ["explain", "otters.html", "--only", "kept"], in: folder.url)
    let cleaned = try CommandRunner.run(["clean", "otters.html"], in: folder.url)
    let kept = explained.outputText.split(separator: "\n").dropFirst()
      .compactMap { $0.split(separator: "\t").last }
    #expect(!kept.isEmpty)
    #expect(kept == cleaned.outputText.split(separator: "\n"))
  }

  @Test func `JSON is one object that any parser reads`() throws {
    let outcome = try CommandRunner.run(
      ["explain", "-", "--json", "--url", "https://example.org/otters"], input: Array(page.utf8))
    #expect(outcome.status == 0)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
    #expect(object["title"] as? String == "The otters of Lower Wick")
    #expect(object["url"] as? String == "https://example.org/otters")
    let blocks = try #require(object["blocks"] as? [[String: Any]])
    #expect(blocks.count == 8)
    #expect(blocks.allSatisfy { ($0["reasons"] as? [Any])?.count == 3 })
    #expect(!outcome.output.contains(0x1B))
  }

  @Test func `The page goes to its file, and nothing is printed`() throws {
    let folder = try TemporaryFolder()
    try folder.write(page, to: "otters.html")
    let outcome = try CommandRunner.run(
      ["explain", "otters.html", "--html", "why.html"], in: folder.url)
    #expect(outcome.status == 0)
    #expect(outcome.output == [] && outcome.errors == "")
    let html = String(decoding: try folder.read("why.html"), as: UTF8.self)
    #expect(html.hasPrefix("<!DOCTYPE html>") && html.hasSuffix("</html>\n"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 2)
    let printed = try CommandRunner.run(["explain", "otters.html", "--html", "-"], in: folder.url)
    #expect(printed.output == (try folder.read("why.html")))
  }

  @Test func `The configuration's options of strip apply`() throws {
    let folder = try TemporaryFolder()
    try folder.write(page, to: "otters.html")
    try folder.write(
      """
      {"stages": [
        {"stage": "fetch", "input": ["in"]},
        {"stage": "strip", "title": true, "preset": "recall"},
        {"stage": "emit", "output": "out"},
      ]}
      """, to: "news.json")
    func decision(on text: String, _ arguments: [String]) throws -> String? {
      let outcome = try CommandRunner.run(["explain", "otters.html"] + arguments, in: folder.url)
      let line = outcome.outputText.split(separator: "\n").first { $0.hasSuffix("\t" + text) }
      return line.map { String($0.split(separator: "\t")[1]) }
    }
    #expect(try decision(on: "The otters of Lower Wick", []) == "dropped")
    #expect(
      try decision(on: "The otters of Lower Wick", ["--configuration", "news.json"]) == "kept"
    )
  }

  @Test(.enabled(if: Terminal.script != nil, "no /usr/bin/script or no terminals"))
  func `On a terminal it is a table as wide as that`() throws {
    let folder = try TemporaryFolder()
    try folder.write(page, to: "otters.html")
    let arguments = [
      "-qec", "stty cols 70; \(CommandRunner.executable.path) explain otters.html", "/dev/null",
    ]
    let script = try #require(Terminal.script)
    for isColored in [false, true] {
      let outcome = try CommandRunner.run(
        arguments, environment: ["NO_COLOR": isColored ? "" : "1", "TERM": "xterm"], in: folder.url,
        executable: script)
      let lines = outcome.outputText.split(whereSeparator: \.isNewline)
      #expect(lines.first == "The otters of Lower Wick")
      #expect(
        lines.contains {
          $0.contains("+   4") && $0.hasSuffix("…" + (isColored ? "\u{1B}[0m" : ""))
        })
      #expect(outcome.output.contains(0x1B) == isColored)
      if !isColored { #expect(lines.allSatisfy { $0.count <= 70 }) }
    }
  }

  @Test func `A page without a document is one line and 3`() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "empty.html")
    let empty = try CommandRunner.run(["explain", "empty.html"], in: folder.url)
    #expect(empty.status == 3)
    #expect(empty.errorLines == ["winnow: empty.html: the page is empty"])
    let missing = try CommandRunner.run(["explain", "no\u{1B}.html"], in: folder.url)
    #expect(missing.status == 3)
    #expect(missing.errorLines == [#"winnow: no\u{1B}.html: vanished before it could be read"#])
    #expect(missing.output == [])
  }

  @Test func `A configuration with mistakes is 1, and nothing is printed`() throws {
    let folder = try TemporaryFolder()
    try folder.write(page, to: "otters.html")
    try folder.write("{", to: "broken.json")
    let outcome = try CommandRunner.run(
      ["explain", "otters.html", "--configuration", "broken.json"], in: folder.url)
    #expect(outcome.status == 1)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.output == [])
  }

  @Test func `What cannot be written is one line and 1`() throws {
    let folder = try TemporaryFolder()
    try folder.write(page, to: "otters.html")
    let html = try CommandRunner.run(
      ["explain", "otters.html", "--html", "no/folder/why.html"], in: folder.url)
    #expect(html.status == 1)
    #expect(html.errorLines == ["winnow: no/folder/why.html: No such file or directory"])
    let full = try CommandRunner.run(
      ["explain", "otters.html"], in: folder.url, outputTo: "/dev/full")
    #expect(full.status == 1)
    #expect(full.errorLines == ["winnow: standard output: No space left on device"])
  }

  @Test(arguments: [
    ["explain"], ["explain", "a", "b"], ["explain", "a", "--only", "some"],
    ["explain", "a", "--json", "--html", "-"],
  ])
  func `A wrong call is 64`(_ arguments: [String]) throws {
    #expect(try CommandRunner.run(arguments).status == 64)
  }
}

/// The program that gives another one a terminal; `nil` where there is none.
private enum Terminal {
  static let script = ["/usr/bin/script"].map { URL(fileURLWithPath: $0) }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) && canBeOpened }

  /// Bare containers have no /dev/pts.
  private static var canBeOpened: Bool { FileManager.default.fileExists(atPath: "/dev/pts/ptmx") }
}
