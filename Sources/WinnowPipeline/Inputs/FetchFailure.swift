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
  /// A packed page whose data are damaged or end early, at this byte of the file.
  case damagedPacking(Packing, offset: Int)
  /// A container whose bytes are damaged; what stands before it was read.
  case damagedContainer(StreamDamage)
  /// An archive, or an entry of it.
  case damagedArchive(ArchiveDamage)
  /// An archive that gives more than it may, in all or for its size; it was read so far.
  case unpacksTooFar(bytes: Int)
  case encrypted
  /// A container that changed while it was read.
  case changed
  case damagedRecord(WARCDamage, ContainerPlace)
  /// A record whose bytes are not those that were written.
  case wrongDigest(DigestMismatch, ContainerPlace)
  /// A page that `fetch.select` does not want.
  case unwanted(Unwanted)
  /// A line of JSON that is no page; lines count from 1.
  case badLine(number: Int, ContainerPlace, LineFault)
  /// A stored response whose body is packed in a way that cannot be unpacked.
  case unsupportedEncoding(String)
  /// A MIME message in which no part is a page.
  case noRootPart
  /// A mirror's list of its sites, which is nobody's page.
  case mirrorIndex
  /// A 7z archive in a pipe: its table stands at the end.
  case needsFile
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

  package var outcome: Outcome {
    switch self {
    case .mirrorIndex, .unwanted: .filtered
    default: .failed
    }
  }

  package var isFinal: Bool {
    switch self {
    case .damagedContainer(let damage): !damage.isOfDisk
    case .tooLarge, .damagedPacking, .damagedArchive, .unpacksTooFar, .encrypted, .damagedRecord,
      .wrongDigest, .unwanted, .badLine, .unsupportedEncoding, .noRootPart, .mirrorIndex,
      .needsFile:
      true
    case .vanished, .unreadable, .readError, .unstable, .changed, .notAFile, .brokenLink,
      .noDescriptors:
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
    case .damagedPacking(let packing, _): "damaged-\(packing)"
    case .damagedContainer: "damaged-container"
    case .damagedArchive: "damaged-container"
    case .unpacksTooFar: "unpacks-too-far"
    case .encrypted: "encrypted"
    case .changed: "unstable"
    case .damagedRecord: "damaged-record"
    case .wrongDigest: "wrong-digest"
    case .unwanted(let reason): reason.rawValue
    case .badLine: "bad-line"
    case .unsupportedEncoding: "unsupported-encoding"
    case .noRootPart: "no-page"
    case .mirrorIndex: "mirror-index"
    case .needsFile: "needs-file"
    case .noDescriptors: "no-descriptors"
    }
  }

  package var description: String {
    switch self {
    case .vanished: "vanished before it could be read"
    case .unreadable(let error): "cannot be read: \(error)\(error.remedy)"
    case .readError(let error): "cannot be read to its end: \(error)\(error.remedy)"
    case .unstable: "changed twice while it was read; run again when it is complete"
    case .notAFile: "is no regular file"
    case .brokenLink: "is a link that leads to no file"
    case .tooLarge(let bytes, let limit):
      "has \(bytes) bytes or more; strip.limits.pageMegabytes allows \(limit) bytes"
    case .damagedPacking(let packing, let offset):
      "is \(packing) data damaged or cut off at byte \(offset)"
    case .damagedContainer(let damage): damage.description
    case .damagedArchive(let damage): damage.description
    case .unpacksTooFar(let bytes):
      "unpacks to more than \(bytes) bytes, and what follows was not read; "
        + "fetch.archives.unpackedGigabytes allows more, but not 1000 times the archive's size"
    case .encrypted: "is encrypted; unpack it first"
    case .changed: "changed while it was read; run again when it is complete"
    case .damagedRecord(let damage, let place): "\(damage), at \(place)"
    case .wrongDigest(let mismatch, let place): "\(mismatch), at \(place)"
    case .unwanted(let reason):
      "is left out by fetch.select: \(reason.rawValue)"
    case .badLine(let number, let place, let fault): "line \(number), at \(place), \(fault)"
    case .unsupportedEncoding(let encoding):
      "its body is packed as \(EscapedPath(Array(encoding.utf8))), which cannot be unpacked"
    case .noRootPart: "is a MIME message in which no part is a page"
    case .mirrorIndex: "is a mirror's list of its sites, written by HTTrack"
    case .needsFile:
      "is a 7z archive, which cannot be read through a pipe; write it to a file and read that"
    case .noDescriptors: "cannot be opened: too many open files; raise the limit (ulimit -n)"
    }
  }
}
