// Why a document could not be written.

internal import Glibc

/// A write that failed: for one page, or for all that follow.
package enum OutputError: RecordedReason, Equatable {
  /// Something else stands where this document, or a folder above it, has to be.
  case conflict(path: [UInt8], SystemError)
  /// The output folder takes no more: full, read-only, not permitted, gone or broken.
  case lost(path: [UInt8], SystemError)
  /// Another run writes to the output folder.
  ///
  /// - Parameter holder: What it says of itself; may be empty.
  case busy(path: [UInt8], holder: String)

  /// Rows of JSON lines or CSV that an earlier run wrote cannot be read any more.
  case rowsLost(path: [UInt8])
  /// The ledger took nothing; a sentence says why.
  case ledger(String)

  init(_ error: SystemError, at path: [UInt8]) {
    switch error.code {
    case ENOTDIR, ELOOP, EISDIR, EEXIST, ENOTEMPTY, ENAMETOOLONG:
      self = .conflict(path: path, error)
    default:
      self = .lost(path: path, error)
    }
  }

  package var outcome: Outcome { .failed }

  package var isFinal: Bool { false }

  package var reason: String {
    switch self {
    case .conflict: "output-conflict"
    case .lost: "output-lost"
    case .busy: "output-busy"
    case .rowsLost: "rows-lost"
    case .ledger: "ledger-lost"
    }
  }

  package var endsRun: Bool {
    switch self {
    case .conflict: false
    case .lost, .busy, .rowsLost, .ledger: true
    }
  }

  package var description: String {
    switch self {
    case .conflict(let path, let error):
      "cannot be written to \(EscapedPath(path)): \(error); move what stands there"
    case .lost(let path, let error):
      "cannot write to \(EscapedPath(path)): \(error)\(error.remedy)"
    case .rowsLost(let path):
      "a file of rows in \(EscapedPath(path)) cannot be read; the next run does its pages again"
    case .ledger(let why): why
    case .busy(let path, let holder):
      "another run writes to \(EscapedPath(path))\(holder.isEmpty ? "" : " (\(holder))"); "
        + "wait until it has ended, or give --wait"
    }
  }
}
