// `winnow run --input -` and `winnow clean -`: what comes through a pipe, and what is said of it.

import Foundation
import Testing
import Winnow

@Suite(.timeLimit(.minutes(2)), .enabled(if: TestMachine.extracts))
struct PipedRunTests {
  /// A run over a pipe's bytes; `out` begins empty.
  private static let run = "winnow run --quiet --input - --output out"

  @Test func `A page is called stdin, and the second run reads the pipe again`() throws {
    let shell = try ShellRunner()
    try shell.folder.write(ShellRunner.page("mill"), to: "mill.html")
    try shell.folder.write(ShellRunner.page("ferry"), to: "ferry.html")
    let outcome = try shell.run(
      "\(Self.run) < mill.html && grep -c mill out/stdin.txt && "
        + "cat ferry.html | \(Self.run) && grep -c ferry out/stdin.txt && grep -c mill out/stdin.txt"
    )
    #expect(outcome.outputText == "4\n4\n0\n")
    #expect(outcome.errors == "")
  }

  struct Piped: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What comes before `winnow run`, from the files of `write`.
    let source: String
    var options = ""
    /// What stands in `out` then, without its first folder.
    let documents: [String]
  }

  /// `three.jsonl`, `three.warc`, `pages/`, as `ContainerFiles` makes them.
  @Test(
    "Containers are told by their first bytes, packed or not",
    arguments: [
      Piped(
        testDescription: "JSON Lines", source: "cat three.jsonl",
        documents: ["0000000001", "0000000002", "0000000003"]),
      Piped(
        testDescription: "JSON Lines in gzip", source: "gzip -c three.jsonl",
        documents: ["0000000001", "0000000002", "0000000003"]),
      Piped(
        testDescription: "JSON Lines in two members of gzip",
        source: "{ head -n 1 three.jsonl | gzip; tail -n +2 three.jsonl | gzip; }",
        documents: ["0000000001", "0000000002", "0000000003"]),
      Piped(
        testDescription: "a web archive", source: "cat three.warc",
        documents: ContainerFiles.places()),
      Piped(
        testDescription: "a web archive in one member of gzip", source: "gzip -c three.warc",
        documents: ["0000000000"] + ContainerFiles.places().dropFirst().map { "0000000000-" + $0 }),
      Piped(
        testDescription: "a tar archive", source: "tar -C pages -cf - a.html b.html c.html",
        documents: ["a.html", "b.html", "c.html"]),
      Piped(
        testDescription: "a tar archive in gzip",
        source: "tar -C pages -czf - a.html b.html c.html",
        documents: ["a.html", "b.html", "c.html"]),
      Piped(
        testDescription: "a zip archive", source: "cat three.zip",
        documents: ["a.html", "b.html", "c.html"]),
      Piped(
        testDescription: "JSON Lines by option, behind a blank line",
        source: "{ echo; cat three.jsonl; }", options: "--input-format jsonl",
        documents: ["0000000002", "0000000003", "0000000004"]),
    ])
  func containers(_ each: Piped) throws {
    let shell = try ShellRunner()
    try ContainerFiles.write(to: shell.folder)
    let outcome = try shell.run(
      "\(each.source) | \(Self.run) \(each.options) && cd out/stdin && find . -type f | LC_ALL=C sort"
    )
    #expect(outcome.errors == "")
    #expect(
      outcome.outputText == each.documents.map { "./\($0).txt\n" }.sorted().joined())
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/zstd")))
  func `A container in zstd is unpacked as it comes`() throws {
    let shell = try ShellRunner()
    try ContainerFiles.write(to: shell.folder)
    let outcome = try shell.run(
      "zstd -qc three.jsonl | \(Self.run) && ls out/stdin && "
        + "zstd -qc pages/a.html | winnow clean - | grep -c mill")
    #expect(outcome.outputText == "0000000001.txt\n0000000002.txt\n0000000003.txt\n4\n")
    #expect(outcome.errors == "")
  }

  struct Unreadable: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let source: String
    let line: String
    let status: Int32
  }

  @Test(
    "What cannot be read is one line that names it, and the code tells",
    arguments: [
      Unreadable(
        testDescription: "nothing", source: "true |",
        line: "winnow: warning: stdin: the page is empty", status: 3),
      Unreadable(
        testDescription: "a folder", source: "< pages",
        line: "winnow: error: input -: Is a directory; give a folder or a file that can be read",
        status: 1),
      Unreadable(
        testDescription: "a picture", source: "printf '\\211PNG\\r\\n\\032\\n\\0\\0\\0\\rIHDR' |",
        line: "winnow: warning: stdin: not a web page but PNG image", status: 3),
      Unreadable(
        testDescription: "7z", source: "printf '7z\\274\\257\\047\\034\\0\\4' |",
        line: "winnow: warning: stdin: is a 7z archive, which cannot be read through a pipe; "
          + "write it to a file and read that", status: 3),
      Unreadable(
        testDescription: "a gzip member that ends early",
        source: "gzip -c pages/a.html | head -c 200 |",
        line: "winnow: warning: stdin: is damaged or cut off at byte 200, in the gzip member that "
          + "begins at byte 0", status: 3),
    ])
  func unreadable(_ each: Unreadable) throws {
    let shell = try ShellRunner()
    try ContainerFiles.write(to: shell.folder)
    let isPipe = each.source.hasSuffix("|")
    let outcome = try shell.run(
      isPipe ? "\(each.source) \(Self.run)" : "\(Self.run) \(each.source)")
    #expect(outcome.status == each.status)
    // With --quiet, the line itself, and how many of its kind there were.
    #expect(outcome.errorLines.filter { !$0.hasPrefix("winnow: failed: ") } == [each.line])
    #expect(try shell.run("find out -name '*.txt'").outputText == "")
  }

  @Test func `Records before the damage are kept, and the damage is told with its byte`() throws {
    let shell = try ShellRunner()
    try ContainerFiles.write(to: shell.folder)
    let outcome = try shell.run(
      """
      for n in 1 2 3; do sed -n ${n}p three.jsonl | gzip; done > members.gz
      size=$(stat -c %s members.gz)
      head -c $((size - 20)) members.gz | winnow run --quiet --input - --output out
      echo $?; ls out/stdin
      """)
    #expect(outcome.outputText == "3\n0000000001.txt\n0000000002.txt\n")
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.hasPrefix("winnow: warning: stdin"))
  }

  @Test func `Clean reads a page from a pipe, packed or not, and names what it cannot read`() throws
  {
    let shell = try ShellRunner()
    try ContainerFiles.write(to: shell.folder)
    let outcome = try shell.run(
      """
      cat pages/a.html | winnow clean - | grep -c mill
      gzip -c pages/a.html | winnow clean - | grep -c mill
      gzip -c pages/a.html | head -c 200 | winnow clean -
      echo $?
      winnow clean - < /dev/null
      echo $?
      """)
    #expect(outcome.outputText == "4\n4\n3\n3\n")
    #expect(outcome.errorLines.count == 2)
    #expect(outcome.errorLines.allSatisfy { $0.hasPrefix("winnow: -: ") })
  }
}
