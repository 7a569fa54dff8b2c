// The reading of one page's file: a path in, the page's bytes out, unpacked if they are gzip.

internal import Glibc

/// A page's file as it was read.
package struct ReadFile: Sendable {
  /// Unpacked.
  package let bytes: [UInt8]
  /// Bytes read from the disk.
  package let stored: Int
  let stamp: FileStamp
  /// Of the bytes on the disk.
  let content: ContentHash
}

package enum InputFile {
  /// Reads a whole file into memory.
  ///
  /// The file is opened so that a pipe or device under its name can neither block nor be read. Its
  /// size is looked at before its content, and its status again after; a file that changed
  /// meanwhile is read once more.
  ///
  /// - Parameters:
  ///   - path: Below `folder`, or absolute.
  ///   - isLink: Whether a link at the end of the path may be followed.
  ///   - limit: Most bytes of the page, packed and unpacked.
  package static func read(
    _ path: [UInt8], in folder: CInt, isLink: Bool, limit: Int
  ) throws(FetchFailure) -> ReadFile {
    let now = Clock.wall()
    let (stored, status) = try readStable(path, in: folder, isLink: isLink, limit: limit)
    let bytes = Gzip.isGzip(stored) ? try Gzip.unpack(stored, limit: limit) : stored
    return ReadFile(
      bytes: bytes, stored: stored.count, stamp: FileStamp(status, now: now),
      content: ContentHash(stored))
  }

  /// Reads all that an open descriptor gives, such as standard input.
  package static func read(
    descriptor: CInt, limit: Int
  ) throws(FetchFailure) -> (bytes: [UInt8], stored: Int) {
    do {
      let stored = try readAll(descriptor, expecting: 1 << 16, limit: limit)
      guard stored.count <= limit else {
        throw FetchFailure.tooLarge(bytes: stored.count, limit: limit)
      }
      return (Gzip.isGzip(stored) ? try Gzip.unpack(stored, limit: limit) : stored, stored.count)
    } catch let error as SystemError {
      throw FetchFailure(error)
    } catch let error as FetchFailure {
      throw error
    } catch {
      throw .readError(SystemError(code: EIO))
    }
  }

  private static func readStable(
    _ path: [UInt8], in folder: CInt, isLink: Bool, limit: Int
  ) throws(FetchFailure) -> (bytes: [UInt8], status: FileStatus) {
    for _ in 0..<2 {
      if let result = try readOnce(path, in: folder, isLink: isLink, limit: limit) {
        return result
      }
    }
    throw .unstable
  }

  /// Opens a file to be read piece by piece, and tells its status.
  static func open(
    _ path: [UInt8], in folder: CInt, isLink: Bool
  ) throws(FetchFailure) -> (file: SharedDescriptor, status: FileStatus) {
    do throws(SystemError) {
      let file = try openFile(path, in: folder, isLink: isLink)
      let status = try FileCalls.status(of: file.raw)
      if status.kind == .file { return (SharedDescriptor(file), status) }
    } catch {
      throw FetchFailure(error)
    }
    throw .notAFile
  }

  private static func openFile(
    _ path: [UInt8], in folder: CInt, isLink: Bool
  ) throws(SystemError) -> Descriptor {
    let flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | (isLink ? 0 : O_NOFOLLOW)
    return try FileCalls.open(path, in: folder, flags: flags)
  }

  /// - Returns: `nil` when the file changed while it was read.
  private static func readOnce(
    _ path: [UInt8], in folder: CInt, isLink: Bool, limit: Int
  ) throws(FetchFailure) -> (bytes: [UInt8], status: FileStatus)? {
    do {
      let file = try openFile(path, in: folder, isLink: isLink)
      let before = try FileCalls.status(of: file.raw)
      guard before.kind == .file else { throw FetchFailure.notAFile }
      guard before.size <= limit else {
        throw FetchFailure.tooLarge(bytes: before.size, limit: limit)
      }
      // No further than it was long: one that grows could be read for ever.
      let bytes = try readAll(file.raw, expecting: before.size, limit: before.size)
      let after = try FileCalls.status(of: file.raw)
      return after == before && bytes.count == before.size ? (bytes, before) : nil
    } catch let error as SystemError {
      throw FetchFailure(error)
    } catch let error as FetchFailure {
      throw error
    } catch {
      throw .readError(SystemError(code: EIO))
    }
  }

  /// Reads to the end, or to one byte more than `limit`.
  private static func readAll(
    _ descriptor: CInt, expecting size: Int, limit: Int
  ) throws(SystemError) -> [UInt8] {
    var bytes: [UInt8] = []
    // One byte more than expected, so that one call sees the end.
    var room = min(size, limit) + 1
    while true {
      var count = 0
      var failure: SystemError?
      let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
        do throws(SystemError) {
          let target = UnsafeMutableRawBufferPointer(buffer)
          while count < room {
            let rest = UnsafeMutableRawBufferPointer(rebasing: target[count..<room])
            let got = try FileCalls.read(descriptor, into: rest)
            if got == 0 { break }
            count += got
          }
        } catch {
          failure = error
        }
        filled = count
      }
      if let failure { throw failure }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      if count < room || bytes.count > limit { return bytes }
      room = min(max(bytes.count, 1 << 16), limit + 1 - bytes.count)
    }
  }
}
