// A worker process from within: a configuration and pages in at standard input, documents out at
// standard output, which are one socket.

internal import Glibc
internal import Winnow

package enum StripWorker {
  /// The command's name; people do not call it.
  package static let command = "strip-worker"

  /// Works until the other end is gone.
  package static func run() {
    guard let text = FrameCalls.receive(from: STDIN_FILENO, until: FrameCalls.forever),
      let configuration = try? PipelineConfiguration(checking: text, file: "")
    else { return }
    let limits = configuration.strip.extraction.limits
    limit(memory: limits.memoryBytes)
    let stage = StripStage(configuration.strip)
    while let bytes = FrameCalls.receive(from: STDIN_FILENO, until: FrameCalls.forever) {
      var wire = WireReader(bytes)
      guard let page = try? Page(from: &wire) else { return }
      // The parent ends a page that takes too long; should the parent be gone, this does.
      alarm(UInt32(limits.pageSeconds) + 2)
      let result: Result<Document, PageFailure>
      do throws(PageFailure) {
        result = .success(try stage.process(page))
      } catch {
        result = .failure(error)
      }
      alarm(0)
      guard
        FrameCalls.send(WireAnswer.bytes(result), to: STDOUT_FILENO, until: FrameCalls.forever)
      else { return }
    }
  }

  /// Memory beyond this is refused: of data, so that the program itself does not count.
  private static func limit(memory bytes: Int) {
    var limit = rlimit(rlim_cur: rlim_t(bytes), rlim_max: rlim_t(bytes))
    setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit)
  }
}
