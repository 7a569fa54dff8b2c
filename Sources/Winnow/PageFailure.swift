// Why a page has no document.

/// A page that cannot become a document: recorded with its reason, never a stopped run.
public enum PageFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// Nothing but white space.
  case empty
  /// The bytes are something else: `kind` says what, such as `PNG image` or `binary data`.
  case notHTML(kind: String)
  case tooLarge(bytes: Int, limit: Int)
  case outOfMemory
  /// The parser gave no tree.
  case noTree
  /// The page took longer than it may.
  case overran(seconds: Double)
  /// The page would take more memory than it may; bytes, about.
  case tooMuchMemory(bytes: Int, limit: Int)
  /// A process that had only this page in hand died of it; the signal, 0 if there was none.
  case crashed(signal: Int32)

  /// A short stable word for counts and reports.
  public var reason: String {
    switch self {
    case .empty: "empty"
    case .notHTML: "not-html"
    case .tooLarge: "too-large"
    case .outOfMemory: "out-of-memory"
    case .noTree: "no-tree"
    case .overran: "timed-out"
    case .tooMuchMemory: "out-of-memory"
    case .crashed: "crashed"
    }
  }

  public var description: String {
    switch self {
    case .empty: "the page is empty"
    case .notHTML(let kind): "not a web page but \(kind)"
    case .tooLarge(let bytes, let limit):
      "the page has \(bytes) bytes, more than \(limit); strip.limits.pageMegabytes allows more"
    case .outOfMemory: "not enough memory to parse the page"
    case .noTree: "the parser found no element in the page"
    case .overran(let seconds):
      "the page took longer than \(seconds) seconds; strip.limits.pageSeconds allows more"
    case .tooMuchMemory(let bytes, let limit):
      "the page needs about \(bytes >> 20) megabytes of memory, more than \(limit >> 20); "
        + "strip.limits.memoryMegabytes allows more"
    case .crashed(let signal):
      "its worker process died of it" + (signal == 0 ? "" : " (signal \(signal))")
    }
  }
}
