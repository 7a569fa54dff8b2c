// The lock that keeps a second run out of an output folder.

internal import Glibc

/// A run's claim on an output folder: a lock on the file `lock` in the run's own folder.
///
/// The lock ends with its process, however that ends; what stands in the file says who has it, and
/// claims nothing by itself. The file stays: removing it would let two runs lock two files.
final class OutputLock: Sendable {
  private static let name = Array("lock".utf8)
  /// Microseconds between two attempts.
  private static let pause: useconds_t = 50_000
  /// Nanoseconds to try in any case: a killed process holds its locks until it is gone, which
  /// takes a moment.
  private static let patience: UInt64 = 500_000_000

  private let file: Descriptor

  /// - Parameters:
  ///   - folder: The run's own folder.
  ///   - path: The output folder's, for messages.
  ///   - wait: Nanoseconds to wait for another run.
  init(in folder: SharedDescriptor, at path: [UInt8], wait: UInt64) throws(OutputError) {
    let deadline = Clock.monotonic() + max(wait, Self.patience)
    do throws(SystemError) {
      file = try FileCalls.open(
        Self.name, in: folder.raw, flags: O_RDWR | O_CREAT | O_NOFOLLOW)
    } catch {
      throw .lost(path: path, error)
    }
    while flock(file.raw, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      // A file system without locks: better to go on without than not at all.
      guard errno == EWOULDBLOCK else { break }
      guard Clock.monotonic() < deadline else {
        throw .busy(path: path, holder: Self.holder(file.raw))
      }
      usleep(Self.pause)
    }
    do throws(SystemError) {
      guard ftruncate(file.raw, 0) == 0 else { throw .last }
      try file.write(Array("process \(getpid()), since \(Clock.timestamp())\n".utf8))
    } catch {
      throw .lost(path: path, error)
    }
  }

  /// What the run that has the lock wrote of itself; empty when that cannot be read.
  private static func holder(_ file: CInt) -> String {
    let text = (try? FileCalls.read(file, at: 0, count: 100)) ?? []
    return EscapedPath(Array(text.prefix { $0 != UInt8(ascii: "\n") })).description
  }
}
