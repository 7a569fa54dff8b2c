// Why a page could not be read.

internal import Glibc

/// A file or folder that gave no page; recorded, never a stopped run.
package enum FetchFailure: RecordedReason, Equatable {
  /// Gone between the listing and the reading.
  case vanished
  /// Not permitted.
  case unreadable(SystemError)
  /// An error of the disk or network, perhaps in mid-file.
  case readError(SystemError)
  /// Changed while it was read, twice.
  case unstable
  /// A pipe, socket, device or folder under a page's name.
  case notAFile
  /// A link to nothing, or in a circle.
  case brokenLink
  case tooLarge(bytes: Int, limit: Int)
  /// A gzip file whose data are damaged or end early, at this byte of the file.
  case damagedGzip(offset: Int)
  /// More files are open than this process may have, and stayed so.
  case noDescriptors

  init(_ error: SystemError) {
    self =
      switch error.code {
      case ENOENT, ENOTDIR: .vanished
      case EACCES, EPERM: .unreadable(error)
      case ELOOP: .brokenLink
      case EMFILE, ENFILE: .noDescriptors
      default: .readError(error)
      }
  }

  package var outcome: Outcome { .failed }

  package var isFinal: Bool {
    switch self {
    case .tooLarge, .damagedGzip: true
    case .vanished, .unreadable, .readError, .unstable, .notAFile, .brokenLink, .noDescriptors:
      false
    }
  }

  package var reason: String {
    switch self {
    case .vanished: "vanished"
    case .unreadable: "unreadable"
    case .readError: "read-error"
    case .unstable: "unstable"
    case .notAFile: "not-a-file"
    case .brokenLink: "broken-link"
    case .tooLarge: "too-large"
    case .damagedGzip: "damaged-gzip"
    case .noDescriptors: "no-descriptors"
    }
  }

  package var description: String {
    switch self {
    case .vanished: "vanished before it could be read"
    case .unreadable(let error): "cannot be read: \(error)"
    case .readError(let error): "cannot be read to its end: \(error)"
    case .unstable: "changed twice while it was read; run again when it is complete"
    case .notAFile: "is no regular file"
    case .brokenLink: "is a link that leads to no file"
    case .tooLarge(let bytes, let limit):
      "has \(bytes) bytes or more; strip.limits.pageMegabytes allows \(limit)"
    case .damagedGzip(let offset): "is gzip data damaged or cut off at byte \(offset)"
    case .noDescriptors: "cannot be opened: too many open files; raise the limit (ulimit -n)"
    }
  }
}
