// Runs scripts that call the built `winnow`: for arguments that are no text, signals and mounts.

import Foundation
import Testing
import Winnow

/// A folder and a shell in it, in which `winnow` is the built command.
struct ShellRunner: ~Copyable {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
  }

  /// Runs `script` in `sh` within the folder, `timeout` away from hanging.
  ///
  /// - Returns: The script's exit status, output and errors; 124 when it took longer than a minute.
  func run(_ script: String) throws -> CommandRunner.Outcome {
    let output = try folder.write([], to: "shell-output")
    let errors = try folder.write([], to: "shell-errors")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/timeout")
    let start = "winnow() { '\(CommandRunner.executable.path)' \"$@\"; }\n"
    process.arguments = ["-k", "1", "60", "/bin/sh", "-c", start + script]
    process.currentDirectoryURL = folder.url
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    process.environment = [
      "PATH": "/usr/bin:/bin:/usr/sbin:/sbin", "SWIFT_BACKTRACE": "enable=no",
    ].merging(TestMachine.sanitizerEnvironment) { $1 }
    try process.run()
    process.waitUntilExit()
    return CommandRunner.Outcome(
      status: process.terminationStatus, output: [UInt8](try Data(contentsOf: output)),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  /// A page whose content any extractor finds: a few paragraphs of plain prose.
  static func page(_ subject: String) -> String {
    let sentence =
      "The \(subject) stood at the end of the valley, where the river turns north and the road, "
      + "after some miles of gravel, gives up; nobody had painted it for years. "
    let paragraph = "<p>" + String(repeating: sentence, count: 3) + "</p>\n"
    return "<!DOCTYPE html><html><head><title>The \(subject)</title></head><body><article>"
      + "<h1>The \(subject)</h1>\n" + String(repeating: paragraph, count: 4)
      + "</article></body></html>\n"
  }

  /// Writes `count` pages to `in`, and a configuration that reads them.
  func writePages(_ count: Int) throws {
    try writeConfiguration()
    for number in 0..<count {
      try folder.write(Self.page("house \(number)"), to: "in/\(number % 10)/\(number).html")
    }
  }

  func writeConfiguration() throws {
    try folder.write(
      """
      {"stages": [
        {"stage": "fetch", "input": ["in"]}, {"stage": "strip"}, {"stage": "normalize"},
        {"stage": "emit", "output": "out"},
      ]}
      """, to: "pipeline.json")
  }
}

/// What the machine that runs the tests allows.
enum TestMachine {
  static let isRoot = getuid() == 0
  /// Whether `make sanitize` runs the tests: sanitizers take fatal signals for themselves, do not go
  /// with strace, and need more memory than a limit would leave them.
  static let isSanitized = ProcessInfo.processInfo.environment["WINNOW_SANITIZED"] != nil
  /// What commands need then, too.
  static let sanitizerEnvironment =
    isSanitized
    ? ProcessInfo.processInfo.environment.filter {
      ["LD_PRELOAD", "ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"].contains($0.key)
    } : [:]
  /// The same for `env`.
  static let sanitizerAssignments = sanitizerEnvironment.map { "\($0.key)='\($0.value)'" }
    .joined(separator: " ")
}

extension TestMachine {
  /// Whether documents can be made at all; without that, there is nothing to see of their writing.
  static let extracts =
    (try? Extractor().document(from: Page(bytes: Array(ShellRunner.page("mill").utf8)))) != nil
}
