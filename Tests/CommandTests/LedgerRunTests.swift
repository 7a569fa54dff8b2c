// Runs that follow on one another, as cron starts them: what is done again, what a killed or crashed
// run leaves to the next, who may write at a time, and in which order the disk is written.

import Foundation
import Testing
import Winnow

@Suite(.timeLimit(.minutes(10)))
struct LedgerRunTests {
  /// Pages last changed an hour ago.
  private func shell(pages: Int) throws -> ShellRunner {
    let shell = try ShellRunner()
    try shell.writePages(pages)
    _ = try shell.run("find in -type f | xargs touch -d '1 hour ago'")
    return shell
  }

  private let binary = "'\(CommandRunner.executable.path)'"

  @Test(.enabled(if: TestMachine.extracts))
  func `The second run does nothing, and says nothing`() throws {
    let shell = try shell(pages: 20)
    let outcome = try shell.run(
      """
      winnow run --quiet && ls -Rl --time-style=full-iso out | grep txt > before
      winnow run --quiet && ls -Rl --time-style=full-iso out | grep txt | diff before -
      grep -A 11 '"pages"' out/winnow-report.json
      """)
    #expect(outcome.errors == "")
    #expect(outcome.outputText.contains(#""unchanged": 20,"#))
    #expect(outcome.outputText.contains(#""written": 0,"#))
  }

  @Test(.enabled(if: TestMachine.extracts && TestMachine.traces, "needs strace"))
  func `Unchanged pages are not opened`() throws {
    let shell = try shell(pages: 20)
    let outcome = try shell.run(
      """
      winnow run --quiet
      strace -f -qq -e trace=open,openat -o trace \(binary) run --quiet
      grep -c '[0-9][.]html"' trace
      """)
    #expect(outcome.outputText == "0\n")
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `A dry run says what would be done and why, and touches nothing`() throws {
    let shell = try shell(pages: 3)
    let outcome = try shell.run(
      """
      winnow run --dry-run | sort; ls
      winnow run --quiet
      echo more >> in/0/0.html; cp in/1/1.html in/new.html; rm in/2/2.html
      find out -printf '%p %s %T@ %C@ %i\\n' | sort > before
      winnow run --dry-run | sort
      find out -printf '%p %s %T@ %C@ %i\\n' | sort | diff before -
      """)
    #expect(
      outcome.outputText == """
        new\t0/0.html
        new\t1/1.html
        new\t2/2.html
        in
        pipeline.json
        shell-errors
        shell-output
        changed\t0/0.html
        gone\t2/2.html
        new\tnew.html

        """)
    #expect(
      outcome.errorLines == [
        "winnow: dry run: 3 new", "winnow: dry run: 1 changed, 1 gone, 1 new, 1 unchanged",
      ])
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `While a run goes on, a second ends at once with 75, or waits when it is told to`() throws {
    let shell = try shell(pages: 2)
    let outcome = try shell.run(
      """
      mkdir -p out/.winnow
      (flock 9; echo 'process 1, since yesterday' >&9; touch locked; until test -e done; do :; done) \
        9<> out/.winnow/lock &
      until test -e locked; do :; done
      winnow run --quiet; echo $?
      ls out
      (winnow run --quiet --wait 50; echo $? > second) &
      touch done; wait
      cat second; ls out
      """)
    #expect(
      outcome.errorLines == [
        "winnow: error: another run writes to out (process 1, since yesterday); "
          + "wait until it has ended, or give --wait"
      ])
    #expect(outcome.outputText == "75\n0\n0\n1\nwinnow-report.json\n")
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `A run that was stopped by a signal is told from one that goes on, and from a killed one`()
    throws
  {
    let shell = try shell(pages: 1)
    let outcome = try shell.run(
      """
      WINNOW_TEST_CRASH='19:house 0' \(binary) run --quiet & first=$!  # 19 is SIGSTOP.
      until grep -q '^State:.T' /proc/$first/status; do :; done
      winnow run --quiet 2>&1 | sed "s/$first/NUMBER/g; s/since [^,]*/since THEN/"
      winnow status out | grep -oE 'goes on|was killed'
      kill -KILL $first; wait $first
      winnow status out | grep -oE 'goes on|was killed'
      """)
    #expect(
      outcome.outputText == """
        winnow: error: another run writes to out (process NUMBER, since THEN, is stopped: \
        `kill -CONT NUMBER` lets it go on); wait until it has ended, or give --wait
        goes on
        was killed

        """)
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `What looks like a slip of the pen is told, and its documents are kept`() throws {
    let shell = try shell(pages: 3)
    let outcome = try shell.run(
      """
      winnow run --quiet
      mv in away; mkdir in
      winnow run --quiet; echo $?
      sed 's/"out"/"out", "prune": "delete"/' pipeline.json > delete.json
      winnow run --quiet --input away/0 delete.json; echo $?
      find out -name '*.txt' | wc -l
      winnow run --quiet --input away/0 delete.json; echo $?
      find out -name '*.txt' | wc -l
      """)
    #expect(outcome.outputText == "0\n0\n4\n0\n1\n")
    #expect(
      outcome.errorLines == [
        "winnow: warning: no page was found in in, where earlier runs found 3; their documents are "
          + "kept; look whether the input is there",
        "winnow: warning: 3 pages of earlier runs are not in away/0; their documents are kept this "
          + "time, since the run before had other inputs, and the next run removes them; if two "
          + "configurations share the output, give each its own",
      ])
  }

  @Test(.enabled(if: TestMachine.isRoot && TestMachine.extracts, "needs root, to be another user"))
  func `An output folder in which nothing may be made ends the run before any work`() throws {
    let shell = try shell(pages: 3)
    let outcome = try shell.run(
      """
      mkdir -p out/.winnow; chmod 777 . out/.winnow; chmod 755 out
      setpriv --reuid=65534 --regid=65534 --clear-groups \(binary) run --quiet; echo $?
      ls out
      """)
    try #require(outcome.outputText != "126\n", "the build folder is not open")
    #expect(outcome.outputText == "1\n")
    #expect(
      outcome.errorLines == [
        "winnow: error: cannot write to out: Permission denied; give the user that runs winnow the "
          + "right to it"
      ])
  }

  @Test(.enabled(if: TestMachine.extracts && TestMachine.traces, "needs strace"))
  func `Bytes, names, folders and ledger reach the disk in this order`() throws {
    let shell = try shell(pages: 12)
    let outcome = try shell.run(
      """
      strace -f -qq -y -e trace=write,pwrite64,syncfs,fsync,renameat,renameat2,rename -o trace \
        \(binary) run --quiet
      cat trace
      """)
    try #require(outcome.status == 0)
    let calls = outcome.outputText.split(separator: "\n").map(String.init)
    func places(_ matches: (String) -> Bool) -> [Int] {
      calls.indices.filter { matches(calls[$0]) }
    }
    let writes = places { $0.contains("write(") && $0.contains(".winnow-tmp-") }
    let syncs = places { $0.contains("syncfs(") }
    let renames = places { $0.contains("rename") && $0.contains(".txt\"") }
    let folders = places { $0.contains("fsync(") && $0.contains("/out/") }
    let rows = places { $0.contains("pwrite64(") && $0.contains("ledger.sqlite-wal") }
    try #require(renames.count == 12 && folders.count == 10)
    let (firstRename, lastRename) = (try #require(renames.first), try #require(renames.last))
    // Every document was written before the sync that comes before the first name.
    let sync = try #require(syncs.last { $0 < firstRename })
    let documents = writes.filter { $0 < firstRename }
    #expect(documents.count == 12 && documents.allSatisfy { $0 < sync })
    #expect(folders.allSatisfy { $0 > lastRename })
    // The ledger speaks of them only after the folders are safe.
    let lastFolder = try #require(folders.last)
    #expect(rows.contains { $0 > lastFolder })
    #expect(!rows.contains { $0 > sync && $0 < lastFolder })
  }

  @Test(.enabled(if: TestMachine.extracts && !TestMachine.isSanitized))
  func `A page that crashes the program is found, left out, and tried again on demand`() throws {
    let shell = try shell(pages: 40)
    let outcome = try shell.run(
      """
      winnow run --quiet --output whole
      export WINNOW_TEST_CRASH='11:house 7<'
      for n in 1 2; do winnow run --quiet; echo $?; done
      winnow run --quiet; echo $?
      find out -name '*.txt' | wc -l
      winnow run --quiet; echo $?
      unset WINNOW_TEST_CRASH
      winnow run --quiet; echo $?
      winnow run --quiet --retry-failed; echo $?
      diff -r -x '*winnow*' whole out
      """)
    #expect(outcome.outputText == "139\n139\n3\n39\n0\n0\n0\n")
    #expect(
      outcome.errorLines.filter { $0.hasPrefix("winnow") } == [
        "winnow: warning: 7/7.html: is left out: runs died of it; "
          + "`winnow run --retry-failed` tries it again"
      ])
  }

  @Test(.enabled(if: TestMachine.extracts && !TestMachine.isSanitized))
  func `A record that crashes the program is left out by its name, and its container is not`()
    throws
  {
    let shell = try shell(pages: 3)
    let lines = (0..<90).map { number in
      var writer = JSONWriter()
      writer.beginObject()
      writer.member("html", ShellRunner.page("line \(number)"))
      writer.endObject()
      return String(decoding: writer.bytes, as: UTF8.self) + "\n"
    }
    try shell.folder.write(lines.joined(), to: "in/a.jsonl")
    let outcome = try dying(shell, of: "11:line 40<", times: 2)
    #expect(outcome.outputText == "139\n139\n3\n92\n0\n0\n")
    #expect(
      outcome.errorLines == [
        "winnow: warning: a.jsonl/0000000041: is left out: runs died of it; "
          + "`winnow run --retry-failed` tries it again"
      ])
  }

  /// Runs that die as often as `times` where `crash` says, those after them, and what a retry without
  /// the crash leaves, beside what a run without it would have.
  private func dying(_ shell: borrowing ShellRunner, of crash: String, times: Int) throws
    -> CommandRunner.Outcome
  {
    try shell.run(
      """
      touch -d '1 hour ago' in/a.jsonl
      winnow run --quiet --output whole
      export WINNOW_TEST_CRASH='\(crash)'
      for n in $(seq \(times)); do winnow run --quiet 2>/dev/null; echo $?; done
      winnow run --quiet; echo $?
      find out -name '*.txt' | wc -l
      winnow run --quiet; echo $?
      unset WINNOW_TEST_CRASH
      winnow run --quiet --retry-failed; echo $?
      diff -r -x '*winnow*' whole out
      """)
  }

  @Test(.enabled(if: TestMachine.extracts && !TestMachine.isSanitized))
  func `A container that runs die of while they read it is left out as a whole`() throws {
    let shell = try shell(pages: 3)
    try shell.folder.write("{\"text\": \"One line of text.\"}\n", to: "in/a.jsonl")
    let outcome = try dying(shell, of: "11:file:a.jsonl", times: 3)
    #expect(outcome.outputText == "139\n139\n139\n3\n3\n0\n0\n")
    #expect(
      outcome.errorLines == [
        "winnow: warning: a.jsonl: is left out: runs died of it; "
          + "`winnow run --retry-failed` tries it again"
      ])
  }

  @Test(.enabled(if: TestMachine.extracts && !TestMachine.isSanitized))
  func `A page that gets every run killed is left out after the fourth`() throws {
    let shell = try shell(pages: 10)
    let outcome = try shell.run(
      """
      export WINNOW_TEST_CRASH='9:house 7<'
      for n in 1 2 3 4 5; do winnow run --quiet 2>/dev/null; echo $?; done
      """)
    #expect(outcome.outputText == "137\n137\n137\n137\n3\n")
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `A damaged ledger stops a run before it begins, and can be rebuilt`() throws {
    let shell = try shell(pages: 5)
    let outcome = try shell.run(
      """
      winnow run --quiet
      printf XXXXXXXX | dd of=out/.winnow/ledger.sqlite conv=notrunc status=none
      winnow run --quiet; echo $?
      winnow ledger rebuild out 2>/dev/null; echo $?
      winnow run --quiet; echo $?
      ls out/.winnow | wc -l
      """)
    #expect(outcome.outputText == "1\n0\n0\n3\n")
    #expect(
      outcome.errorLines == [
        "winnow: error: ledger out/.winnow/ledger.sqlite is damaged: it does not begin like an "
          + "SQLite database; `winnow ledger rebuild out` puts it aside and starts a new one, "
          + "the documents stay"
      ])
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `Metrics that cannot be written are a line, and the run is as good as it was`() throws {
    let outcome = try shell(pages: 1).run("winnow run --quiet --metrics-file gone/m.prom")
    #expect(outcome.status == 0)
    #expect(
      outcome.errorLines == [
        "winnow: error: cannot write gone/m.prom: No such file or directory; make the folder, or "
          + "give another path; the documents are as they should be"
      ])
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `Status, failures and metrics tell what the runs did`() throws {
    let shell = try shell(pages: 3)
    let outcome = try shell.run(
      """
      mkdir in/bad; : > in/bad/a.html; : > in/bad/b.html; ln -s nowhere in/c.html
      winnow run --quiet --metrics-file m.prom 2>/dev/null
      grep -v '^#' m.prom | grep -v seconds
      winnow status | sed -n '/^pages/,$p'
      winnow failures
      winnow failures --retry
      winnow run --dry-run 2>/dev/null | sort
      """)
    #expect(
      outcome.outputText == """
        winnow_run_pages{output="out",outcome="found"} 5
        winnow_run_pages{output="out",outcome="written"} 3
        winnow_run_pages{output="out",outcome="filtered"} 0
        winnow_run_pages{output="out",outcome="failed"} 3
        winnow_run_pages{output="out",outcome="quarantined"} 0
        winnow_run_pages{output="out",outcome="unchanged"} 0
        winnow_run_pages{output="out",outcome="gone"} 0
        winnow_run_pages{output="out",outcome="pruned"} 0
        winnow_run_failures{output="out",reason="broken-link"} 1
        winnow_run_failures{output="out",reason="empty"} 2
        winnow_run_bytes{output="out",kind="read"} \(Self.bytesRead(pages: 3))
        winnow_run_bytes{output="out",kind="written"} \(try Self.bytesWritten(shell, pages: 3))
        winnow_run_exit_code{output="out"} 3
        pages: 3 failed, 3 written
        to be tried again by the next run: 1

        pages without a document, by reason:
          2\tfailed\tempty
          1\tfailed\tbroken-link

        folders with the most failed pages:
          2\tbad
          1\t.
        bad/a.html\tempty\tthe page is empty
        bad/b.html\tempty\tthe page is empty
        c.html\tbroken-link\tis a link that leads to no file
        unfinished\tbad/a.html
        unfinished\tbad/b.html
        unreadable\tc.html

        """)
    #expect(outcome.errors == "winnow: the next run tries 3 pages again\n")
  }

  private static func bytesRead(pages: Int) -> Int {
    (0..<pages).reduce(0) { $0 + ShellRunner.page("house \($1)").utf8.count }
  }

  private static func bytesWritten(_ shell: borrowing ShellRunner, pages: Int) throws -> Int {
    try (0..<pages).reduce(0) { try $0 + shell.folder.read("out/\($1)/\($1).html.txt").count }
  }

  @Test
  func `Without a ledger, what looks into it says so and makes nothing`() throws {
    let shell = try ShellRunner()
    let outcome = try shell.run(
      "for what in status failures 'failures --retry'; do winnow $what out; echo $?; done; ls")
    #expect(outcome.outputText == "1\n1\n1\nshell-errors\nshell-output\n")
    #expect(
      Set(outcome.errorLines) == [
        "winnow: error: there is no ledger out/.winnow/ledger.sqlite; give the output folder of a "
          + "run, which makes it"
      ])
  }
}

extension TestMachine {
  /// Whether there is an strace, and it may trace.
  static let traces =
    !isSanitized && (try? ShellRunner().run("strace -o /dev/null true").status) == 0
}
