// `winnow residue`: texts that people already have in, how much residue stands in them out.

import ArgumentParser
import Glibc
import WinnowPipeline

struct ResidueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "residue",
    abstract: "Measures residue in texts that you already have.",
    discussion: """
      Reads JSON Lines (*.jsonl, a text in the member "text" of each object, its address in "url") \
      and text files; in folders, all files called *.jsonl and *.txt, packed or not. Changes nothing.

      Examples:
        winnow residue corpus.jsonl
        winnow residue out/ --lines 100

      Exit status: 0 when all was read, 3 when some files or lines could not be, 1 when an input \
      could not be opened, 64 when the command was called wrongly.
      """)

  @Argument(help: ArgumentHelp("Files and folders.", valueName: "path"), completion: .file())
  var paths: [PathArgument]

  @Option(
    help: ArgumentHelp(
      "How many of the most frequent lines, and of the sites, to show.", valueName: "n"))
  var lines = 20

  private static let patterns = ["**/*.jsonl", "**/*.jsonl.gz", "**/*.txt", "**/*.txt.gz"]
  /// Most bytes of a file, unpacked.
  private static let fileLimit = 4 << 30

  func run() throws {
    let roots: [InputRoot]
    do { roots = try InputRoot.open(paths.map(\.bytes)) } catch {
      StandardStreams.errorLine("winnow: \(error)")
      throw ExitCode.failure
    }
    var survey = ResidueSurvey()
    var unread = 0
    for root in roots {
      let rules = PathRules(include: Self.patterns, exclude: [])
      var walk = FolderWalk(root, rules: rules, output: nil) { event in
        switch event {
        case .page(let file, let path): unread += add(file, path, to: &survey)
        case .failure(let path, let failure):
          StandardStreams.errorLine("winnow: \(EscapedPath(path.bytes)): \(failure)")
          unread += 1
        case .passedOver: break
        }
        return true
      }
      _ = walk.run()
    }
    try OutputPrinter.print(report(survey))
    if unread > 0 {
      StandardStreams.errorLine("winnow: \(unread) files or lines could not be read")
      throw ExitCode(ExitStatus.incomplete.rawValue)
    }
  }

  private func add(_ file: FoundFile, _ path: PagePath, to survey: inout ResidueSurvey) -> Int {
    do {
      let bytes = try InputFile.read(
        file.path, in: file.root.raw, isLink: file.isLink, limit: Self.fileLimit
      ).bytes
      let name = String(decoding: file.path, as: UTF8.self)
      return survey.add(
        file: bytes, isJSONLines: name.hasSuffix(".jsonl") || name.hasSuffix(".jsonl.gz"))
    } catch {
      StandardStreams.errorLine("winnow: \(EscapedPath(path.bytes)): \(error)")
      return 1
    }
  }

  private func report(_ survey: ResidueSurvey) -> String {
    let all = survey.kinds.values.reduce(0, +)
    let share = survey.documentsWithResidue * 1000 / max(1, survey.documents)
    var text = """
      \(survey.documents) documents, \(survey.documentsWithResidue) with residue \
      (\(share / 10).\(share % 10)%), \(all) lines

      """
    for (kind, count) in survey.kinds.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      text += "  \(count)\t\(kind)\n"
    }
    let sites = survey.sites.filter { $0.value.lines > 0 }
      .sorted { ($1.value.lines, $0.key) < ($0.value.lines, $1.key) }
    if !sites.isEmpty { text += "\nsites: lines, documents with residue of all\n" }
    for (host, site) in sites.prefix(lines) {
      text += "  \(site.lines)\t\(site.withResidue) of \(site.documents)\t\(host)\n"
    }
    let frequent = survey.mostFrequentLines(lines)
    if !frequent.isEmpty { text += "\nmost frequent lines\n" }
    for (line, count) in frequent { text += "  \(count)\t\(line)\n" }
    return text
  }
}
