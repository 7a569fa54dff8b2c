// One run as its user meets it: a configuration in; progress, problems, summary, report and an exit
// status out.

import Logging
import WinnowPipeline

struct RunSession {
  private let configuration: PipelineConfiguration
  private let isQuiet: Bool
  private let showsProgress: Bool
  private let errors: StandardError
  private let logger: Logger
  private let signals = StopSignals()

  init(
    _ configuration: PipelineConfiguration, quiet: Bool, log: StandardErrorLog,
    errors: StandardError
  ) {
    self.configuration = configuration
    self.isQuiet = quiet
    self.errors = errors
    showsProgress = !quiet && log.format == .text
    var logger = Logger(label: "winnow") { _ in log }
    logger.logLevel = quiet ? .warning : .info
    self.logger = logger
  }

  func run() -> ExitStatus {
    do {
      let inputs = try InputRoot.open(configuration.fetch.input)
      let output = try OutputFolder(configuration.emit.output)
      defer { output.finish() }
      try InputRoot.check(inputs, against: output)
      return try run(RunPlan(configuration, inputs: inputs, output: output))
    } catch OutputError.busy(let path) {
      logger.error("\(OutputError.busy(path: path))")
      return .busy
    } catch {
      logger.error("\(error)")
      return .fatal
    }
  }

  private func run(_ plan: RunPlan) throws(OutputError) -> ExitStatus {
    let problems = ProblemLog(logger)
    let recorder = RunRecorder(scratch: plan.output.root) { problems.add($0) }
    let run = PipelineRun(plan, recorder: recorder)
    signals.watch(stop: { run.stop() }, quit: { plan.output.removeUnfinished() })

    let started = Clock.timestamp()
    let start = Clock.monotonic()
    let progress = showsProgress ? ProgressDisplay(recorder, on: errors) : nil
    progress?.begin(plan)
    let end = run.run()
    progress?.end()

    let tally = recorder.snapshot
    let elapsed = Clock.monotonic() - start
    let status = ExitStatus(end, tally, stoppedBy: signals.received)
    problems.finish()
    if case .lost(let message) = end {
      logger.error("\(message)")
      return .fatal
    }
    let report = RunReport(
      inputs: plan.inputs.map(\.path), output: plan.output.path, end: end, exit: status,
      started: started, ended: Clock.timestamp(), elapsed: elapsed, tally: tally,
      stages: recorder.stageCosts)
    try report.write(to: plan.output, lists: recorder)
    summarize(tally, end: end, elapsed: elapsed, status: status, output: plan.output.path)
    return status
  }

  private func summarize(
    _ tally: RunTally, end: RunEnd, elapsed: UInt64, status: ExitStatus, output: [UInt8]
  ) {
    let report = EscapedPath(output + Array("/\(RunReport.fileName)".utf8)).description
    let lines = RunSummary.lines(tally, end: end, elapsed: elapsed, report: report)
    for line in lines { logger.info("\(line)") }
  }
}
