// What docs/cron.md gives people to copy.

import Foundation
import Testing

struct CronGuideTests {
  private static let guide = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("docs/cron.md")

  @Test(.enabled(if: TestMachine.verifiesUnits, "needs systemd-analyze"))
  func `The units for systemd have nothing that systemd warns of`() throws {
    let text = try String(contentsOf: Self.guide, encoding: .utf8)
    let units = text.components(separatedBy: "```ini\n").dropFirst().map {
      $0.components(separatedBy: "```")[0]
    }
    try #require(units.count == 2)
    let shell = try ShellRunner()
    // The command need not be installed where the tests run.
    try shell.folder.write(
      units[0].replacingOccurrences(of: "/usr/local/bin/winnow", with: "/bin/true"),
      to: "winnow.service")
    try shell.folder.write(units[1], to: "winnow.timer")
    let outcome = try shell.run("systemd-analyze verify ./winnow.service ./winnow.timer")
    #expect(outcome.status == 0)
    #expect(outcome.errors == "" && outcome.outputText == "")
  }
}

extension TestMachine {
  fileprivate static let verifiesUnits =
    (try? ShellRunner().run("systemd-analyze --version").status) == 0
}
