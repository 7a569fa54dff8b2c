// Loading a configuration file: where its paths start, and what the command line replaces.

import Foundation
import Testing

@testable import WinnowPipeline

struct ConfigurationFileTests {
  private let text = """
    {"stages": [
      {"stage": "fetch", "input": ["in", "/abs", "../up"]}, {"stage": "strip", "workers": 3},
      {"stage": "normalize"}, {"stage": "emit", "output": "out"},
    ]}
    """

  private func withFile<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("winnow-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("mine.json")
    try Data(text.utf8).write(to: file)
    return try body(file.path)
  }

  @Test func `Relative paths start at the folder of the file`() throws {
    try withFile { file in
      let folder = file.dropLast("mine.json".count)
      let configuration = try ConfigurationFile.load(file)
      #expect(
        configuration.fetch.input.map { String(decoding: $0, as: UTF8.self) } == [
          "\(folder)in", "/abs", "\(folder)../up",
        ])
      #expect(String(decoding: configuration.emit.output, as: UTF8.self) == "\(folder)out")
    }
  }

  @Test func `The command line replaces input, output and workers, its paths as they are`() throws {
    try withFile { file in
      var overrides = ConfigurationOverrides()
      overrides.input = [Array("here".utf8), [0xFF]]
      overrides.output = Array("there".utf8)
      overrides.workers = 7
      let configuration = try ConfigurationFile.load(file, overrides: overrides)
      #expect(configuration.fetch.input == [Array("here".utf8), [0xFF]])
      #expect(configuration.emit.output == Array("there".utf8))
      #expect(configuration.strip.workers == 7)
      #expect(configuration.normalize?.workers == 7)
      #expect(configuration.fetch.workers == FetchOptions().workers)
      #expect(configuration.emit.workers == EmitOptions().workers)
    }
  }

  @Test func `Without overrides the file's workers stay`() throws {
    try withFile { file in
      let configuration = try ConfigurationFile.load(file)
      #expect(configuration.strip.workers == 3)
      #expect(configuration.normalize?.workers == NormalizeOptions().workers)
    }
  }

  @Test(arguments: [
    ("/nonexistent/p.json", "/nonexistent/p.json: No such file or directory; give a readable file"),
    ("/", "/: Is a directory; give a readable file"),
    (
      "/dev/zero",
      "/dev/zero: longer than 16 megabytes, so not a configuration; give a readable file"
    ),
  ])
  func `A file that cannot be read is one line`(file: String, line: String) {
    #expect {
      try ConfigurationFile.load(file)
    } throws: { "\($0)" == line }
  }
}
