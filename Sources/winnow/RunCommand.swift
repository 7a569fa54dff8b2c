// `winnow run`: folders of saved pages in, clean documents out.

import ArgumentParser
import Glibc
import Logging
import Winnow
import WinnowPipeline

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Reads saved pages and writes clean documents.",
    discussion: """
      Reads what pipeline.json says, unless the options below say otherwise; it may be absent when \
      they name input and output. Each document is \
      written to the page's path below the output folder, with an extension added to the name. The \
      report of the run stands there too, in winnow-report.json.

      Examples:
        winnow run                                        ./pipeline.json
        winnow run news.json --workers 4                  another configuration
        winnow run --input pages --output out             other folders
        winnow run --input crawl.warc.gz --output out --format jsonl
        find pages -name '*.htm*' -print0 | winnow run --files-from -
        zcat crawl.jsonl.gz | winnow run --input -        a page or a container through a pipe
        winnow run --quiet --log-format json              from cron

      Pages that an earlier run did are passed over, unless they, the configuration or their \
      documents have changed.

      Exit status: 0 when every page was handled, 3 when some failed or were cut short by a limit \
      (the report names them), 1 when the run could not go on, 64 when the command was called \
      wrongly, 75 when another run writes to the same folder, 130 or 143 when it was stopped by \
      Ctrl-C or SIGTERM. A second signal stops it at once. No file is ever left half written.
      """)

  @Argument(
    help: ArgumentHelp("The configuration.", valueName: "pipeline.json"),
    completion: .file(extensions: ["json", "jsonc"]))
  var file: String?

  @Option(
    help: ArgumentHelp(
      "A folder of pages, a page or a container, in place of the configuration's; - for standard "
        + "input; may be repeated.",
      valueName: "path"), completion: .file())
  var input: [PathArgument] = []

  @Option(
    help: """
      What standard input holds, if its first bytes do not tell: html, text, mhtml, warc, jsonl or \
      archive (zip, tar).
      """)
  var inputFormat: InputForm?

  @Option(
    help: ArgumentHelp(
      "A list of files to read, in place of the configuration's input: a path a line, or each with "
        + "a NUL behind it; - for standard input. Nothing is pruned then.", valueName: "file"),
    completion: .file())
  var filesFrom: PathArgument?

  @Option(
    help: ArgumentHelp(
      "The folder for documents, in place of the configuration's.", valueName: "folder"),
    completion: .directory)
  var output: PathArgument?

  @Option(
    help: ArgumentHelp(
      "The form of documents, in place of the configuration's: text, markdown, json, html, tei, "
        + "jsonl or csv; may be repeated.",
      valueName: "format"))
  var format: [OutputFormat] = []

  @Option(help: "Workers of the stages that compute; 0 for one a core.")
  var workers: Int?

  @Flag(help: "Do all pages, also those that have not changed since an earlier run.")
  var force = false

  @Flag(help: "Do pages again that failed or were quarantined, changed or not.")
  var retryFailed = false

  @Flag(help: "Print what would be done with which page, and why; touch nothing.")
  var dryRun = false

  @Flag(
    help: """
      Read the documents of earlier runs to see whether they were altered, instead of trusting \
      their size and time.
      """)
  var verify = false

  @Option(
    help: ArgumentHelp(
      "Wait for another run that writes to the same folder, at most so long.",
      valueName: "seconds"))
  var wait = 0

  @Option(
    help: ArgumentHelp(
      "Stop before anything is written when the configuration or the release has changed and would "
        + "keep less text than the documents hold, by more than this, over a sample of the pages.",
      valueName: "percent"))
  var maxLoss: Percentage?

  @Option(
    help: ArgumentHelp(
      "Write the run's numbers to this file for Prometheus (node_exporter's text files).",
      valueName: "file.prom"), completion: .file())
  var metricsFile: PathArgument?

  @Flag(help: "Print nothing but problems.")
  var quiet = false

  @Option(help: "The form of what is printed: text or json.")
  var logFormat = LogFormat.text

  func validate() throws {
    if filesFrom != nil && !input.isEmpty {
      throw ValidationError("--files-from and --input exclude each other")
    }
    if maxLoss != nil, filesFrom?.isStandardStream == true {
      throw ValidationError(
        "--max-loss reads the list before the run does; give --files-from a file, not -")
    }
    if let workers, !(0...1024).contains(workers) {
      throw ValidationError("--workers is \(workers); give 0 to 1024")
    }
    if !(0...86_400).contains(wait) {
      throw ValidationError("--wait is \(wait); give 0 to 86400 seconds")
    }
  }

  func run() throws {
    var overrides = ConfigurationOverrides()
    overrides.input = input.map(\.bytes)
    overrides.list = filesFrom?.bytes
    overrides.pipedForm = inputFormat
    overrides.output = output?.bytes
    overrides.formats = format
    overrides.workers = workers
    let configuration = try ConfigurationLoader.load(file, overrides: overrides)

    let errors = StandardError()
    var policy = RunPolicy()
    policy.forces = force
    policy.retriesFailed = retryFailed
    policy.verifies = verify
    // A list, or standard input, names some of the pages: what it leaves out is not gone.
    let isWhole = filesFrom == nil && !configuration.fetch.input.contains(InputRoot.standardInput)
    policy.seesAll = isWhole
    policy.prune = isWhole ? configuration.emit.prune : .keep
    let log = StandardErrorLog(logFormat, to: errors)
    if policy.prune != configuration.emit.prune && !quiet {
      Logger(label: "winnow") { _ in log }.notice(
        """
        emit.prune is not followed: \(filesFrom == nil ? "standard input" : "--files-from") names \
        some of the pages, and others are not gone
        """)
    }
    if dryRun {
      try DryRunPrinter.run(configuration, policy: policy, maxLoss: maxLoss)
      return
    }
    let session = RunSession(
      configuration, policy: policy, wait: UInt64(wait) * 1_000_000_000, maxLoss: maxLoss,
      metricsFile: metricsFile?.bytes, quiet: quiet,
      log: log, errors: errors)
    throw ExitCode(session.run().rawValue)
  }
}

extension LogFormat: ExpressibleByArgument {}
extension InputForm: ExpressibleByArgument {}
