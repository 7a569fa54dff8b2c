// The tables of the shipped models, which are part of the binary, and such as were read from a file.

import CTables

/// The bytes of one model's tables.
///
/// `@unchecked Sendable`: nobody writes to the bytes after `init`.
package final class TableBytes: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer
  private let isOwn: Bool

  /// A copy of some bytes.
  package init(_ copied: [UInt8]) {
    let own = UnsafeMutableRawBufferPointer.allocate(byteCount: copied.count, alignment: 64)
    own.copyBytes(from: copied)
    bytes = UnsafeRawBufferPointer(own)
    isOwn = true
  }

  /// Bytes of the binary, which are there as long as the program runs.
  private init(_ constant: tables_bytes) {
    bytes = UnsafeRawBufferPointer(start: constant.bytes, count: constant.count)
    isOwn = false
  }

  deinit {
    if isOwn { bytes.deallocate() }
  }

  static let blocks = TableBytes(tables_of_blocks())
  static let sequence = TableBytes(tables_of_sequence())
  static let residue = TableBytes(tables_of_residue())
}
