// `winnow clean` as people run it.

import Testing
import Winnow

struct CleanCommandTests {
  @Test(.enabled(if: TestMachine.extracts))
  func `The document goes to standard output, from a file or from standard input`() throws {
    let shell = try ShellRunner()
    try shell.folder.write(ShellRunner.page("mill"), to: "page.html")
    let file = try shell.run("winnow clean page.html")
    #expect(file.status == 0)
    #expect(file.outputText.contains("The mill stood at the end of the valley"))
    #expect(file.errors == "")
    #expect(try shell.run("winnow clean - < page.html").output == file.output)
    #expect(try shell.run("gzip -c page.html | winnow clean -").output == file.output)
  }

  @Test(.enabled(if: TestMachine.extracts), arguments: OutputFormat.allCases)
  func `Every format is the library's`(format: OutputFormat) throws {
    let shell = try ShellRunner()
    try shell.folder.write(ShellRunner.page("mill"), to: "page.html")
    let outcome = try shell.run(
      "winnow clean --format \(format.rawValue) --url https://example.org/a page.html")
    var document = try Extractor().document(
      from: Page(
        bytes: Array(ShellRunner.page("mill").utf8), url: "https://example.org/a"))
    TextNormalizer().normalize(&document)
    #expect(outcome.output == format.header + format.render(document, id: "page.html"))
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `A page that fails is a line, and the code is 3`() throws {
    let shell = try ShellRunner()
    let outcome = try shell.run(": > empty.html; winnow clean gone.html empty.html")
    #expect(outcome.status == 3)
    #expect(outcome.output == [])
    #expect(
      outcome.errorLines == [
        "winnow: gone.html: vanished before it could be read",
        "winnow: empty.html: the page is empty",
      ])
  }

  @Test(.enabled(if: TestMachine.extracts))
  func `Output that cannot be written is an error`() throws {
    let shell = try ShellRunner()
    try shell.folder.write(ShellRunner.page("mill"), to: "page.html")
    let outcome = try shell.run("winnow clean page.html > /dev/full")
    #expect(outcome.status == 1)
    #expect(outcome.errorLines == ["winnow: standard output: No space left on device"])
  }

  @Test func `Called without a page, it says so and gives 64`() throws {
    let shell = try ShellRunner()
    #expect(try shell.run("winnow clean").status == 64)
  }
}
