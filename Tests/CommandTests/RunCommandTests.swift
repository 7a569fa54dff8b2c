// `winnow run` as people run it: exit codes, what is printed, what stands in the output folder.

import Foundation
import Testing
import Winnow

@Suite(.timeLimit(.minutes(10)))
struct RunCommandTests {
  @Test(.enabled(if: TestMachine.extracts))
  func `All went well: 0, a summary, and the documents`() throws {
    let shell = try ShellRunner()
    try shell.writePages(20)
    let outcome = try shell.run("winnow run")
    #expect(outcome.status == 0)
    #expect(outcome.output == [])
    #expect(outcome.errorLines.count == 2)
    #expect(outcome.errorLines.first?.hasPrefix("winnow: 20 pages in ") == true)
    #expect(outcome.errorLines.last == "winnow: report: out/winnow-report.json")
    #expect(try shell.run("find out -name '*.html.txt' | wc -l").outputText == "20\n")
    #expect(
      try shell.run("find out -path '*.winnow*' | sort").outputText
        == "out/.winnow\nout/.winnow/ledger.sqlite\nout/.winnow/lock\n")
    #expect(try shell.run("winnow run --quiet").errors == "")
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `Without a configuration, input and output by option are enough, and less is not`() throws {
    let shell = try ShellRunner()
    try shell.folder.write(ShellRunner.page("mill"), to: "in/mill.html")
    let outcome = try shell.run(
      "winnow run --quiet --input in --output out --format markdown --format json && ls out/mill*")
    #expect(outcome.outputText == "out/mill.html.json\nout/mill.html.md\n")
    #expect(outcome.errors == "")
    let less = try shell.run("winnow run --quiet --input in")
    #expect(less.status == 1)
    #expect(
      less.errorLines == [
        "pipeline.json: No such file or directory, nor both an input and an output by option; "
          + "give a readable file"
      ])
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `The same bytes for any number of workers, and for input and output by option`() throws {
    let shell = try ShellRunner()
    try shell.writePages(60)
    let outcome = try shell.run(
      """
      mv in pages
      for n in 1 2 8; do
        winnow run --quiet --input pages --output out$n --workers $n || exit
        rm -r out$n/winnow-report.json out$n/.winnow
      done
      diff -r out1 out2 && diff -r out1 out8 && ls out1 | wc -l
      """)
    #expect(outcome.outputText == "10\n")
    #expect(outcome.errors == "")
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `Failures are a line each, without control characters, and the code is 3`() throws {
    let shell = try ShellRunner()
    try shell.writeConfiguration()
    let outcome = try shell.run(
      """
      mkdir -p in; cd in
      : > empty.html
      : > "$(printf 'caf\\351\\033[31m.html')"
      ln -s nowhere broken.html
      truncate -s 2G large.html
      mkfifo pipe.html
      cd ..
      winnow run
      """)
    #expect(outcome.status == 3)
    let problems = outcome.errorLines.filter { $0.hasPrefix("winnow: warning: ") }.sorted()
    #expect(
      problems == [
        "winnow: warning: broken.html: is a link that leads to no file",
        #"winnow: warning: caf\xE9\u{1B}[31m.html: the page is empty"#,
        "winnow: warning: empty.html: the page is empty",
        "winnow: warning: large.html: has 2147483648 bytes or more; "
          + "strip.limits.pageMegabytes allows 67108864 bytes",
      ])
    #expect(!outcome.errors.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
    let report = String(decoding: try shell.folder.read("out/winnow-report.json"), as: UTF8.self)
    #expect(report.contains(#""pathHex": "636166e91b5b33316d2e68746d6c""#))
    #expect(report.contains(#""exitCode": 3"#))
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `Many failures of one kind are counted after the twentieth`() throws {
    let shell = try ShellRunner()
    try shell.writeConfiguration()
    let outcome = try shell.run(
      "mkdir in; for n in $(seq 50); do : > in/$n.html; done; winnow run --quiet")
    #expect(outcome.status == 3)
    #expect(outcome.errorLines.count == 21)
    #expect(
      outcome.errorLines.last
        == "winnow: warning: 30 more with the reason empty; see winnow-report.json")
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `As JSON, every line is an object`() throws {
    let shell = try ShellRunner()
    try shell.writeConfiguration()
    let outcome = try shell.run("mkdir in; : > in/a.html; winnow run --log-format json")
    #expect(outcome.status == 3)
    let lines = try outcome.errorLines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(lines.first?["level"] as? String == "warning")
    #expect(lines.first?["path"] as? String == "a.html")
    #expect(lines.first?["reason"] as? String == "empty")
    #expect(lines.count == 4)
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let script: String, status: Int32, line: String
    var testDescription: String { script }
  }

  @Test(arguments: [
    Refusal(
      script: "winnow run --input gone", status: 1,
      line: "winnow: error: input gone: No such file or directory; "
        + "give a folder or a file that can be read"),
    Refusal(
      script: "winnow run --output in", status: 1,
      line: "winnow: error: input in is the output folder too; give another --output"),
    Refusal(
      script: "echo x > file; winnow run --output file/out", status: 1,
      line: "winnow: error: cannot write to file/out: Not a directory; move away what stands there"),
    Refusal(
      script: "winnow run --workers 2000", status: 64,
      line: "Error: --workers is 2000; give 0 to 1024"),
    Refusal(
      script: "winnow run nowhere.json", status: 1,
      line: "nowhere.json: No such file or directory; give a readable file"),
  ])
  func `What cannot be done is said in one line, and nothing is written`(_ each: Refusal) throws {
    let shell = try ShellRunner()
    try shell.writeConfiguration()
    try shell.folder.write(ShellRunner.page("mill"), to: "in/a.html")
    let outcome = try shell.run(each.script)
    #expect(outcome.status == each.status)
    #expect(outcome.errorLines.first == each.line)
    #expect(try shell.run("ls -A in; ls out").outputText == "a.html\n")
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `Paths need not be UTF-8`() throws {
    let shell = try ShellRunner()
    try shell.writeConfiguration()
    let outcome = try shell.run(
      """
      in="$(printf 'caf\\351')"; out="$(printf '\\377\\376')"
      mkdir "$in"; : > "$in/a.html"
      winnow run --quiet --input "$in" --output "$out"
      test -e "$out/winnow-report.json" && echo there
      winnow clean "$in/a.html"
      """)
    #expect(outcome.outputText == "there\n")
    #expect(
      outcome.errorLines == [
        "winnow: warning: a.html: the page is empty", #"winnow: caf\xE9/a.html: the page is empty"#,
      ])
  }

  @Test(.enabled(if: TestMachine.isRoot && TestMachine.extracts, "needs root, to be another user"))
  func `What may not be read is recorded, and the rest is read`() throws {
    let shell = try ShellRunner()
    try shell.writeConfiguration()
    let outcome = try shell.run(
      """
      mkdir -p in/closed in/open out; : > in/closed/a.html; : > in/secret.html; : > in/open/b.html
      chmod 0 in/closed in/secret.html; chmod 777 . out
      setpriv --reuid=65534 --regid=65534 --clear-groups '\(CommandRunner.executable.path)' run --quiet
      """)
    try #require(outcome.status != 126 && outcome.status != 127, "the build folder is not open")
    #expect(outcome.status == 3)
    #expect(
      outcome.errorLines.sorted() == [
        "winnow: warning: closed: cannot be read: Permission denied; give the user that runs winnow "
          + "the right to it",
        "winnow: warning: open/b.html: the page is empty",
        "winnow: warning: secret.html: cannot be read: Permission denied; give the user that runs "
          + "winnow the right to it",
      ])
  }

  @Test(
    .enabled(if: TestMachine.isRoot && TestMachine.extracts, "needs root, to mount"),
    arguments: ["size=200k", "size=4m,nr_inodes=12"])
  func `A full disk ends the run with one line, 1, and no half file`(options: String) throws {
    let shell = try ShellRunner()
    try shell.writePages(400)
    let outcome = try shell.run(
      """
      mkdir out; mount -t tmpfs -o \(options) none out || exit 99
      winnow run --quiet; status=$?
      find out -name '.winnow-tmp*'
      for file in $(find out -name '*.txt'); do tail -c 1 $file | od -An -c; done | sort -u
      umount out
      exit $status
      """)
    #expect(outcome.status == 1)
    #expect(outcome.errorLines.count == 1)
    #expect(
      outcome.errors.hasSuffix(
        ": No space left on device; make room there, and the next run goes on\n"))
    #expect(outcome.outputText == "  \\n\n")
  }

  @Test(.enabled(if: TestMachine.extracts), arguments: [("TERM", 143), ("INT", 130)])
  func `A signal stops the run cleanly`(signal: String, status: Int32) throws {
    let shell = try ShellRunner()
    try shell.writePages(3000)
    let outcome = try shell.run(
      """
      '\(CommandRunner.executable.path)' run &
      until ls out/*/*.txt > /dev/null 2>&1; do :; done
      kill -\(signal) $!
      wait $!; status=$?
      find out -name '.winnow-*'
      echo $(find out -name '*.txt' | wc -l) $(grep -o '"written": [0-9]*' out/*.json | head -1)
      exit $status
      """)
    #expect(outcome.status == status)
    let numbers = outcome.outputText.split { !$0.isNumber }.compactMap { Int($0) }
    #expect(numbers.count == 2 && numbers[0] == numbers[1] && numbers[0] < 3000)
    #expect(outcome.errors.contains("winnow: stopped: "))
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `Killed at any time, it leaves whole files alone, and the next run cleans up`() throws {
    let shell = try ShellRunner()
    try shell.writePages(300)
    let outcome = try shell.run(
      """
      winnow run --quiet --output whole
      for delay in 0.02 0.04 0.06 0.08 0.10 0.15; do
        timeout -s KILL $delay '\(CommandRunner.executable.path)' run --quiet
        for file in $(cd out && find . -name '*.txt'); do cmp out/$file whole/$file; done
      done
      winnow run --quiet; status=$?
      rm -r */winnow-report.json */.winnow; diff -r whole out
      exit $status
      """)
    #expect(outcome.status == 0)
    #expect(outcome.outputText == "")
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `Few descriptors, a closed standard error and no environment do no harm`() throws {
    let shell = try ShellRunner()
    try shell.writePages(100)
    let outcome = try shell.run(
      """
      winnow run --quiet --output whole
      (ulimit -n 24; winnow run --quiet --workers 8) || echo few
      diff -r -x '*winnow*' whole out
      winnow run --output closed 2>&- || echo closed
      winnow run --output full 2>/dev/full || echo full
      env -i \(TestMachine.sanitizerAssignments) '\(CommandRunner.executable.path)' run --quiet \
        --output bare || echo bare
      for each in closed full bare; do diff -r -x '*winnow*' whole $each; done
      """)
    #expect(outcome.outputText == "")
  }
}
