// Owned file descriptors: opened here, closed when their owner goes.

internal import Glibc

/// An open file or folder; closed at the end of its life.
///
/// `raw` does not keep it open: bind the descriptor to a name that lives as long as `raw` is used.
package struct Descriptor: ~Copyable, Sendable {
  package let raw: CInt

  init(owning raw: CInt) {
    self.raw = raw
  }

  deinit { _ = Glibc.close(raw) }

  /// Closes now, so that an error which only `close` tells (a full disk on NFS) is not lost.
  consuming func close() throws(SystemError) {
    let status = Glibc.close(raw)
    discard self
    // Linux frees the descriptor even on EINTR: never call close again.
    if status != 0 && errno != EINTR { throw .last }
  }

  /// Writes all bytes.
  func write(_ bytes: [UInt8]) throws(SystemError) {
    try FileCalls.write(bytes, to: raw)
  }

  /// Gives the descriptor up without closing it.
  consuming func release() -> CInt {
    let raw = raw
    discard self
    return raw
  }
}

/// A descriptor several owners share, such as a folder in which many files are opened.
package final class SharedDescriptor: Sendable {
  package let descriptor: Descriptor

  init(_ descriptor: consuming Descriptor) {
    self.descriptor = descriptor
  }

  package var raw: CInt { descriptor.raw }
}

/// What tells one file or folder from any other on this machine.
package struct FileIdentity: Hashable, Sendable {
  package let device: UInt64
  package let inode: UInt64
}
