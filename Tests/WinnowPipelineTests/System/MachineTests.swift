// How many cores a run may use is what the system says of this process, not of the machine.

import Foundation
import Testing

@testable import WinnowPipeline

@Suite("The machine")
struct MachineTests {
  @Test("A process has as many cores as nproc counts for it")
  func cores() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["-u", "OMP_NUM_THREADS", "-u", "OMP_THREAD_LIMIT", "nproc"]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let printed = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(Machine.cores == Int(printed.trimmingCharacters(in: .whitespacesAndNewlines)))
  }
}
