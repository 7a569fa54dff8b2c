// `winnow strip-worker`: the process that `"isolation": "process"` starts for each worker.

import ArgumentParser
import WinnowPipeline

struct StripWorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: StripWorker.command,
    abstract: "Strips the pages that another winnow sends.", shouldDisplay: false)

  func run() {
    StripWorker.run()
  }
}
