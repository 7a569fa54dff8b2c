// `winnow schema` as people run it.

import Foundation
import Testing
import WinnowPipeline

struct SchemaCommandTests {
  @Test func `The schema is printed as JSON`() throws {
    let outcome = try CommandRunner.run(["schema"])
    #expect(outcome.status == 0)
    #expect(outcome.output == ConfigurationSchema.text())
    let schema = try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any]
    #expect(schema?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
  }

  @Test func `The description is printed on request`() throws {
    let outcome = try CommandRunner.run(["schema", "--markdown"])
    #expect(outcome.status == 0)
    #expect(outcome.output == ConfigurationGuide.markdown())
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func `A full disk is one line and 1`() throws {
    let outcome = try CommandRunner.run(["schema"], outputTo: "/dev/full")
    #expect(outcome.status == 1)
    #expect(outcome.errorLines == ["winnow: standard output: No space left on device"])
  }

  @Test func `A reader that goes away ends it quietly`() throws {
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let folder = try TemporaryFolder()
    let errors = try folder.write([], to: "errors")
    let process = Process()
    process.executableURL = CommandRunner.executable
    process.arguments = ["schema"]
    process.standardOutput = pipe.fileHandleForWriting
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 1)
    #expect(try folder.read("errors") == [])
  }
}
