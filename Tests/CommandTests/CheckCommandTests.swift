// `winnow check` as people run it: what it prints where, and the exit status.

import Testing

struct CheckCommandTests {
  private let right = """
    {"stages": [
      {"stage": "fetch", "input": ["in"]}, {"stage": "strip"}, {"stage": "emit", "output": "out"},
    ]}
    """

  @Test func `A right configuration gives one line and 0`() throws {
    let folder = try TemporaryFolder()
    try folder.write(right, to: "pipeline.json")
    let outcome = try CommandRunner.run(["check"], in: folder.url)
    #expect(outcome.status == 0)
    #expect(outcome.outputText == "pipeline.json: 3 stages, no mistakes\n")
    #expect(outcome.errors == "")
  }

  @Test func `Every mistake is a line on standard error, and the status is 1`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      {"stages": [
        {"stage": "fetch", "input": "in"},
        {"stage": "strip", "wokers": 2, "preset": "precise"},
        {"stage": "emit"}
      ]}
      """, to: "news.json")
    let outcome = try CommandRunner.run(["check", "news.json"], in: folder.url)
    #expect(outcome.status == 1)
    #expect(outcome.output == [])
    #expect(
      outcome.errorLines == [
        #"news.json:2:31: fetch.input is "in"; give a list of paths, [ ]"#,
        #"news.json:3:22: strip has no key "wokers"; did you mean "workers"?"#,
        #"news.json:3:45: strip.preset is "precise"; did you mean "precision"?"#,
        #"news.json:4:3: emit has no "output"; give a path"#,
      ])
  }

  @Test func `A missing file is one line and 1`() throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandRunner.run(["check"], in: folder.url)
    #expect(outcome.status == 1)
    #expect(
      outcome.errorLines == ["pipeline.json: No such file or directory; give a readable file"])
  }

  @Test func `A folder is no configuration`() throws {
    let folder = try TemporaryFolder()
    let outcome = try CommandRunner.run(["check", folder.url.path])
    #expect(outcome.status == 1)
    #expect(outcome.errorLines == ["\(folder.url.path): Is a directory; give a readable file"])
  }

  @Test func `The configuration may come from a pipe`() throws {
    let outcome = try CommandRunner.run(["check", "/dev/stdin"], input: Array(right.utf8))
    #expect(outcome.status == 0)
    #expect(outcome.outputText == "/dev/stdin: 3 stages, no mistakes\n")
  }

  @Test func `Nested brackets without end are a mistake, not a crash`() throws {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    let outcome = try CommandRunner.run(["check", "/dev/stdin"], input: deep)
    #expect(outcome.status == 1)
    #expect(outcome.errorLines == ["/dev/stdin:1:513: more than 512 brackets are open"])
  }

  @Test func `Two files are a wrong call, 64`() throws {
    #expect(try CommandRunner.run(["check", "a.json", "b.json"]).status == 64)
  }

  @Test(arguments: [[], ["check"], ["schema"]])
  func `Help has examples`(_ command: [String]) throws {
    let outcome = try CommandRunner.run(command + ["--help"])
    #expect(outcome.status == 0)
    #expect(outcome.outputText.contains("Examples:\n  winnow "))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `Completions are made for every shell`(_ shell: String) throws {
    let outcome = try CommandRunner.run(["--generate-completion-script", shell])
    #expect(outcome.status == 0)
    #expect(outcome.outputText.contains("schema"))
  }
}
