// Runs the built `winnow` as a process of its own: arguments in; status, output and errors out.

import Foundation
import Testing

/// The `winnow` that was built with these tests.
enum CommandRunner {
  struct Outcome: Sendable {
    /// The exit status; for a process ended by a signal, 128 and the signal's number.
    let status: Int32
    let output: [UInt8]
    let errors: String

    var outputText: String { String(decoding: output, as: UTF8.self) }
    /// Lines of standard error, without the last line's end.
    var errorLines: [String] {
      errors.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        .dropLast(errors.hasSuffix("\n") || errors.isEmpty ? 1 : 0)
    }
  }

  /// The executable in the build folder, beside the one that runs the tests.
  static let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appendingPathComponent("winnow")

  /// Runs to the end.
  ///
  /// - Parameters:
  ///   - input: Standard input.
  ///   - environment: Added to this process's own.
  ///   - folder: The working directory; this process's own when `nil`.
  ///   - output: A file that standard output goes to in place of `Outcome.output`, such as
  ///     `/dev/full`.
  ///   - executable: Another program in place of `winnow`.
  static func run(
    _ arguments: [String], input: [UInt8] = [], environment: [String: String] = [:],
    in folder: URL? = nil, outputTo output: String? = nil, executable: URL = executable
  ) throws -> Outcome {
    let scratch = try TemporaryFolder()
    // Files, not pipes: nothing waits for anybody to read.
    let inputFile = try scratch.write(input, to: "input")
    let outputFile = try output.map { URL(fileURLWithPath: $0) } ?? scratch.write([], to: "output")
    let errorFile = try scratch.write([], to: "errors")
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if let folder { process.currentDirectoryURL = folder }
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()
    let bySignal = process.terminationReason == .uncaughtSignal
    return Outcome(
      status: process.terminationStatus + (bySignal ? 128 : 0),
      output: output == nil ? [UInt8](try Data(contentsOf: outputFile)) : [],
      errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
  }
}

/// A folder of its own for one test, gone when the value goes.
struct TemporaryFolder: ~Copyable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("winnow-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file below the folder, making folders on the way.
  @discardableResult
  func write(_ bytes: [UInt8], to path: String) throws -> URL {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file
  }

  @discardableResult
  func write(_ text: String, to path: String) throws -> URL {
    try write(Array(text.utf8), to: path)
  }

  /// The bytes of a file below the folder.
  func read(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: url.appendingPathComponent(path)))
  }
}
