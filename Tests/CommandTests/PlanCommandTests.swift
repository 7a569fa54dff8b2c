// Edits of a configuration as people make them: what `plan` tells before, what `--max-loss` stops,
// and what a configuration's own tests say.

import Foundation
import Testing
import Winnow

@Suite(.timeLimit(.minutes(10)), .enabled(if: TestMachine.extracts))
struct PlanCommandTests {
  private static let stages =
    #"{"stages": [{"stage": "fetch", "input": ["in"]}, {"stage": "strip"#

  /// A configuration whose `strip` has these keys besides.
  private func configuration(_ keys: String, tests: String = "[]") -> String {
    Self.stages + #"", \#(keys)}, {"stage": "normalize"}, {"stage": "emit", "output": "out"}],"#
      + "\n\"tests\": \(tests)}"
  }

  private func shell() throws -> ShellRunner {
    let shell = try ShellRunner()
    try shell.writePages(12)
    let mill = ShellRunner.page("house 3").replacingOccurrences(
      of: "</article>",
      with: "<p>The miller, who was honest, sold his mill in the end.</p></article>")
    try shell.folder.write(mill, to: "in/3/3.html")
    _ = try shell.run("find in -type f | xargs touch -d '1 hour ago'")
    return shell
  }

  @Test func `Plan names the documents that change, the rule's words and the lines`() throws {
    let shell = try shell()
    try shell.folder.write(
      configuration(#""drop": [{"phrase": "honest"}, {"phrase": "no such words"}]"#),
      to: "new.json")
    let outcome = try shell.run(
      """
      winnow run --quiet
      find out -printf '%p %s %T@ %C@ %i\\n' | sort > before
      winnow plan new.json
      find out -printf '%p %s %T@ %C@ %i\\n' | sort | diff before -
      """)
    #expect(outcome.errors == "")
    let words = 12 * 390 + 11
    let lines = outcome.outputText.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.first == "the last run -> new.json, over 12 pages of 12 files")
    #expect(
      lines.dropFirst().first
        == "documents: 11 the same, 1 changed, 0 new, 0 lost; 0 pages without one")
    #expect(lines.contains { $0.hasPrefix("words: ") && $0.contains("(-11, -0.") }, "\(words)")
    #expect(
      lines.contains(#"         -        -11  strip.drop {"phrase":"honest"}"#)
        && lines.contains(
          #"         -          0  strip.drop {"phrase":"no such words"}  (holds for no block)"#)
    )
    #expect(lines.contains { $0.hasPrefix("3/3.html: ") })
    #expect(lines.contains("  - The miller, who was honest, sold his mill in the end."))
  }

  @Test func `Plan takes another old configuration and prints JSON`() throws {
    let shell = try shell()
    try shell.folder.write(configuration(#""drop": [{"phrase": "honest"}]"#), to: "new.json")
    let outcome = try shell.run("winnow plan pipeline.json --against new.json --sample 1000 --json")
    #expect(outcome.status == 0 && outcome.errors == "")
    let json = try JSONValue(reading: outcome.output)
    #expect(json["pages"]?.integer == 12)
    let change = try #require(json["changes"]?.array?.first)
    #expect(change["path"]?.string == "3/3.html")
    #expect(
      change["added"]?.array?.first?.string
        == "The miller, who was honest, sold his mill in the end.")
    let influence = try #require(json["influences"]?.array?.first)
    #expect(influence["old"]?["words"]?.integer == -11)
    #expect(influence["new"] == nil)
  }

  @Test func `Plan without an earlier run asks for the old configuration`() throws {
    let shell = try shell()
    let outcome = try shell.run("winnow plan pipeline.json; echo $?; ls")
    #expect(outcome.outputText.hasPrefix("1\n") && !outcome.outputText.contains("out\n"))
    #expect(
      outcome.errorLines == [
        "winnow: error: the output folder out has no configuration of an earlier run; give the "
          + "old one with --against"
      ])
  }

  @Test func `A run that would lose too much text stops before it writes`() throws {
    let shell = try shell()
    try shell.folder.write(configuration(#""drop": [{"selector": "p"}]"#), to: "new.json")
    try shell.folder.write(configuration(#""drop": [{"phrase": "honest"}]"#), to: "mild.json")
    let outcome = try shell.run(
      """
      winnow run --quiet --max-loss 20%; echo $?
      find out -name '*.txt' -printf '%p %s %T@ %i\\n' | sort > before
      winnow run --quiet --max-loss 20% new.json; echo $?
      winnow run --dry-run --max-loss 20% new.json 2>&1 > /dev/null | grep -c 'words'
      find out -name '*.txt' -printf '%p %s %T@ %i\\n' | sort | diff before - && echo same
      winnow run --quiet --max-loss 20 mild.json; echo $?
      winnow run --quiet --max-loss 100% new.json; echo $?
      winnow run --quiet --max-loss 101% new.json 2>/dev/null; echo $?
      """)
    #expect(outcome.outputText == "0\n1\n1\nsame\n0\n0\n64\n")
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.contains("--max-loss allows 20%"))
    #expect(outcome.errors.contains("No document was touched"))
  }

  @Test func `Tests in a configuration are tried, and told by line and column`() throws {
    let shell = try shell()
    try shell.folder.write(
      configuration(
        #""drop": [{"phrase": "honest"}]"#,
        tests: """
          [{"page": "in/3/3.html", "has": ["nobody had\\n painted it", "sold his mill"],
            "lacks": ["who was honest", "gravel"]},
           {"page": "in/none.html", "lacks": ["x"]}]
          """), to: "sub/new.json")
    let outcome = try shell.run(
      """
      mv in sub; winnow check sub/new.json; winnow check --tests sub/new.json; echo $?
      sed -i 's/, "sold his mill"//; s/, "gravel"//; s/none/1\\/1/' sub/new.json
      winnow check --tests sub/new.json
      """)
    #expect(
      outcome.errorLines == [
        #"sub/new.json:2:70: tests[0].has[1]: "sold his mill" is not in the document of sub/in/3/3.html; `winnow explain` tells why"#,
        #"sub/new.json:3:31: tests[0].lacks[1]: "gravel" is in the document of sub/in/3/3.html; `winnow explain` tells why"#,
        "sub/new.json:4:11: tests[1].page: sub/in/none.html: vanished before it could be read",
      ])
    #expect(
      outcome.outputText == """
        sub/new.json: 4 stages, no mistakes
        1
        sub/new.json: 4 stages, no mistakes; 2 tests hold

        """)
  }
}
