// One run as its user meets it: a configuration in; progress, problems, summary, report and an exit
// status out.

import Logging
import WinnowPipeline

struct RunSession {
  private let configuration: PipelineConfiguration
  private let policy: RunPolicy
  /// Nanoseconds to wait for another run.
  private let wait: UInt64
  private let maxLoss: Percentage?
  private let metricsFile: [UInt8]?
  private let showsProgress: Bool
  private let errors: StandardError
  private let logger: Logger
  private let signals = StopSignals()

  init(
    _ configuration: PipelineConfiguration, policy: RunPolicy, wait: UInt64,
    maxLoss: Percentage?, metricsFile: [UInt8]?, quiet: Bool,
    log: StandardErrorLog, errors: StandardError
  ) {
    self.configuration = configuration
    self.policy = policy
    self.wait = wait
    self.maxLoss = maxLoss
    self.metricsFile = metricsFile
    self.errors = errors
    showsProgress = !quiet && log.format == .text
    var logger = Logger(label: "winnow") { _ in log }
    logger.logLevel = quiet ? .warning : .info
    self.logger = logger
  }

  func run() -> ExitStatus {
    do {
      let inputs = try InputRoot.open(configuration.fetch)
      let output = try OutputFolder(configuration.emit.output)
      try InputRoot.check(inputs, against: output)
      try output.claim(wait: wait)
      let pages = try Ledger(in: output.ownPath)
      if let maxLoss {
        let kept = try KeptText(configuration, ledger: pages, output: output)
        if kept.loss > maxLoss.value { throw ExcessiveLoss(kept: kept, limit: maxLoss) }
      }
      let ledger = try RunLedger(
        pages, output: output, configuration: configuration, policy: policy)
      return try run(RunPlan(configuration, inputs: inputs, output: output), ledger)
    } catch let error as OutputError {
      logger.error("\(error)")
      if case .busy = error { return .busy }
      return .fatal
    } catch LedgerError.busy(let path) {
      logger.error("\(LedgerError.busy(path: path))")
      return .busy
    } catch {
      logger.error("\(error)")
      return .fatal
    }
  }

  private func run(_ plan: RunPlan, _ ledger: RunLedger) throws -> ExitStatus {
    let problems = ProblemLog(logger)
    let recorder = RunRecorder(scratch: plan.output.root) { problems.add($0) }
    let run = PipelineRun(plan, recorder: recorder, ledger: ledger)
    signals.watch(stop: { run.stop() }, quit: { plan.output.removeUnfinished() })

    let start = Clock.monotonic()
    let progress = showsProgress ? ProgressDisplay(recorder, on: errors) : nil
    progress?.begin(plan)
    let end = run.run()
    progress?.end()

    let tally = recorder.snapshot
    let elapsed = Clock.monotonic() - start
    let status = ExitStatus(end, tally, stoppedBy: signals.received)
    problems.finish()
    // Should a page have been lost count of, the run must not pass for a good one.
    if end == .finished && !tally.isBalanced {
      let met = tally.found + tally.unreadable
      logger.error(
        """
        \(met) pages were met and \(tally.ended) accounted for; this is a mistake in winnow, \
        please report it
        """)
    }
    if end == .finished { warnOfGone(tally, ledger) }
    let ended = Clock.timestamp()
    let record = RunRecord(
      tally, end: end, exit: status, started: ledger.started, ended: ended, elapsed: elapsed)
    writeMetrics(record, tally)
    defer {
      // A run that cannot put down its end counts as killed: the next one looks for leftovers.
      try? ledger.finish(record)
    }
    if case .lost(let message) = end {
      logger.error("\(message)")
      return .fatal
    }
    let report = RunReport(
      inputs: plan.inputs.map(\.path), output: plan.output.path, end: end, exit: status,
      started: ledger.started, ended: ended, elapsed: elapsed, tally: tally,
      stages: recorder.stageCosts, shards: try ledger.shards())
    try report.write(to: plan.output, lists: recorder)
    summarize(tally, end: end, elapsed: elapsed, status: status, output: plan.output.path)
    return status
  }

  /// Tells of pages that are gone in a way which may be a mistake.
  private func warnOfGone(_ tally: RunTally, _ ledger: RunLedger) {
    guard tally.gone > 0, policy.seesAll else { return }
    let inputs = configuration.fetch.input.map { EscapedPath($0).description }
      .joined(separator: ", ")
    if tally.found == 0 {
      logger.warning(
        """
        no page was found in \(inputs), where earlier runs found \(tally.gone); their documents \
        are kept; look whether the input is there
        """)
    } else if ledger.hasOtherInputs && configuration.emit.prune == .delete {
      logger.warning(
        """
        \(tally.gone) pages of earlier runs are not in \(inputs); their documents are kept this \
        time, since the run before had other inputs, and the next run removes them; if two \
        configurations share the output, give each its own
        """)
    }
  }

  private func writeMetrics(_ record: RunRecord, _ tally: RunTally) {
    guard let metricsFile else { return }
    let text = RunMetrics.text(
      record, failures: tally.failed, bytes: (tally.bytesRead, tally.bytesWritten),
      endTime: Clock.wall(), output: configuration.emit.output)
    do throws(SystemError) {
      try WholeFile.write(Array(text.utf8), to: metricsFile)
    } catch {
      // The documents are more than their numbers: the run is as good as it was.
      logger.error(
        """
        cannot write \(EscapedPath(metricsFile).description): \(error)\(error.remedy); the \
        documents are as they should be
        """)
    }
  }

  private func summarize(
    _ tally: RunTally, end: RunEnd, elapsed: UInt64, status: ExitStatus, output: [UInt8]
  ) {
    let report = EscapedPath(output + Array("/\(RunReport.fileName)".utf8)).description
    let lines = RunSummary.lines(tally, end: end, elapsed: elapsed, report: report)
    for line in lines { logger.info("\(line)") }
  }
}

/// A changed configuration would keep less than it may.
struct ExcessiveLoss: Error, CustomStringConvertible {
  let kept: KeptText
  let limit: Percentage

  var description: String { kept.description(limit: limit.text) }
}
