// Runs whose pages are stripped by worker processes: what a page that kills or never ends does to
// them, and that nothing else is different.

import Foundation
import Testing

@Suite(.timeLimit(.minutes(10)), .enabled(if: TestMachine.extracts && !TestMachine.isSanitized))
struct IsolationRunTests {
  private func shell() throws -> ShellRunner {
    let shell = try ShellRunner()
    try shell.writePages(20)
    try shell.folder.write(
      """
      {"stages": [
        {"stage": "fetch", "input": ["in"]},
        {"stage": "strip", "isolation": "process", "workers": 2, "limits": {"pageSeconds": 5}},
        {"stage": "normalize"}, {"stage": "emit", "output": "out", "formats": ["text", "json"]},
      ]}
      """, to: "process.json")
    try shell.folder.write("", to: "in/empty.html")
    _ = try shell.run("sed 's/\"process\"/\"none\"/' process.json > none.json")
    return shell
  }

  @Test func `The documents are the same, and a second run does nothing`() throws {
    let shell = try shell()
    let outcome = try shell.run(
      """
      winnow run --quiet none.json --output whole 2>/dev/null; echo $?
      winnow run --quiet process.json; echo $?
      diff -r -x '*winnow*' whole out && echo same
      winnow run --quiet none.json; echo $?
      """)
    #expect(outcome.outputText == "3\n3\nsame\n0\n")
    #expect(outcome.errorLines == ["winnow: warning: empty.html: the page is empty"])
  }

  @Test func `A page that crashes or never ends fails alone, in the same run`() throws {
    let shell = try shell()
    // SIGSTOP: as good as a call that never returns.
    for (signal, says) in [
      (11, "its worker process died of it (signal 11)"),
      (19, "the page took longer than 5.0 seconds; strip.limits.pageSeconds allows more"),
    ] {
      let outcome = try shell.run(
        """
        rm -rf in/empty.html out
        WINNOW_TEST_CRASH='\(signal):house 7<' winnow run --quiet process.json; echo $?
        find out -name '*.txt' | wc -l
        winnow run --quiet process.json; echo $?
        winnow run --quiet process.json --retry-failed; echo $?
        find out -name '*.txt' | wc -l
        """)
      #expect(outcome.outputText == "3\n19\n0\n0\n20\n")
      #expect(outcome.errorLines == ["winnow: warning: 7/7.html: \(says)"])
    }
  }
}
