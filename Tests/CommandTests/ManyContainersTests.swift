// Several containers in one run, read at once: the same documents in the same order for any number of
// workers, and nothing lost when one is damaged.

import Foundation
import Testing
import Winnow

@Suite(.timeLimit(.minutes(2)), .enabled(if: TestMachine.extracts))
struct ManyContainersTests {
  /// Two web archives, two zips, two files of lines and a page, four pages each but the last; the
  /// third record of `a.warc.gz` is damaged on demand.
  private static func fill(_ folder: borrowing TemporaryFolder, damaged: Bool) throws {
    for (index, letter) in ["a", "b"].enumerated() {
      let pages = (0..<4).map { ShellRunner.page("house \(index)-\($0)") }
      try folder.write(ContainerFiles.lines(pages), to: "in/\(letter).jsonl")
      let names = (0..<4).map { "page-\($0).html" }
      try folder.write(
        ContainerFiles.zipArchive(Array(zip(names, pages))), to: "in/\(letter).zip")
      for (number, record) in ContainerFiles.webArchive(pages).enumerated() {
        try folder.write(record, to: "records/\(letter)/\(ContainerFiles.padded(number))")
      }
    }
    try folder.write(ShellRunner.page("gate"), to: "in/page.html")
    try folder.write(
      """
      {"stages": [
        {"stage": "fetch", "input": ["in"]}, {"stage": "strip", "scope": "whole"},
        {"stage": "emit", "output": "out", "formats": ["text", "jsonl"]},
      ]}
      """, to: "pipeline.json")
    if damaged {
      try folder.write(Array("junk".utf8), to: "records/a/\(ContainerFiles.padded(2))x")
    }
  }

  private static let pack =
    """
    for each in a b; do
      for record in records/$each/*; do gzip -nc $record; done > in/$each.warc.gz
    done

    """
  private static let runs =
    """
    for n in 1 2 8; do
      winnow run --quiet --output out$n --workers $n; echo $?
      find out$n -type f -path '*.winnow*' -delete; rm out$n/winnow-report.json
    done
    diff -r out1 out2 && diff -r out1 out8
    find out1 -maxdepth 1 -name '*.jsonl' -type f -exec cat {} + | wc -l
    find out1 -name '*.txt' | wc -l

    """

  @Test func `Workers make no difference to documents, rows and their order`() throws {
    let shell = try ShellRunner()
    try Self.fill(shell.folder, damaged: false)
    let outcome = try shell.run(Self.pack + Self.runs)
    #expect(outcome.errors == "")
    #expect(outcome.outputText == "0\n0\n0\n25\n25\n")
  }

  @Test func `A damaged container costs none of the others' pages, for any number of workers`()
    throws
  {
    let shell = try ShellRunner()
    try Self.fill(shell.folder, damaged: true)
    // A web archive with junk in it, a zip cut short, a line that is no JSON.
    let outcome = try shell.run(
      Self.pack + """
        truncate -s -600 in/b.zip
        sed -i '3s/.*/{"html": /' in/a.jsonl

        """ + Self.runs)
    let lines = outcome.outputText.split(separator: "\n").map(String.init)
    #expect(Array(lines.prefix(3)) == ["3", "3", "3"])
    #expect(lines.last == "23")
    // Of the zip, the page that is cut and the file itself.
    for (name, count) in [("a.jsonl/0000000003", 1), ("a.warc.gz/", 1), ("b.zip", 2)] {
      #expect(
        outcome.errorLines.filter { $0.hasPrefix("winnow: warning: \(name)") }.count == 3 * count)
    }
    #expect(outcome.errorLines.filter { $0.hasPrefix("winnow: warning: ") }.count == 12)
  }

  @Test func `A file that is named, and whose name tells nothing, is told by its first bytes`()
    throws
  {
    let shell = try ShellRunner()
    try ContainerFiles.write(to: shell.folder)
    let outcome = try shell.run(
      """
      gzip -c three.jsonl > c4-train.json.gz; mv three.warc crawl; mv three.zip pages.cbz
      for each in c4-train.json.gz crawl pages.cbz; do
        winnow run --quiet --input $each --output out-$each; ls out-$each/$each | wc -l
      done
      """)
    #expect(outcome.errors == "")
    #expect(outcome.outputText == "3\n3\n3\n")
  }

  @Test func `Lines of other fields and arrays are told what to do`() throws {
    let shell = try ShellRunner()
    try shell.folder.write(#"{"url": "https://example.org/", "content": "x"}"#, to: "a.jsonl")
    try shell.folder.write(#"[{"html": "<p>x</p>"}]"#, to: "b.json")
    let outcome = try shell.run(
      "winnow run --quiet --input a.jsonl --output a; winnow run --quiet --input b.json --output b")
    #expect(
      outcome.errorLines.filter { $0.hasPrefix("winnow: warning: ") } == [
        "winnow: warning: a.jsonl/0000000001: line 1, at byte 0, has no string called html or text "
          + "but url, content; fetch.lines names the fields",
        "winnow: warning: b.json/0000000001: line 1, at byte 0, is no object, { }; an array needs a "
          + "line for each element (jq -c '.[]')",
      ])
  }
}
