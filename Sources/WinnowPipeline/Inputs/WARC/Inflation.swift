// Deflated bytes in memory, in any of their three wrappings: in and out, kept as far as they are
// whole.

internal import CZlib

enum Inflation {
  enum Wrapping {
    case gzip, zlib, bare

    /// The largest window, and how zlib is told of the wrapping (zlib.h, inflateInit2).
    fileprivate var windowBits: CInt {
      switch self {
      case .gzip: 15 + 16
      case .zlib: 15
      case .bare: -15
      }
    }
  }

  /// Unpacks what can be unpacked; stops behind `limit` bytes.
  ///
  /// - Returns: `nil` when nothing can.
  static func bytes(_ packed: [UInt8], _ wrapping: Wrapping, limit: Int) -> [UInt8]? {
    var stream = z_stream()
    guard
      inflateInit2_(
        &stream, wrapping.windowBits, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    // zlib reads from the input pointer but declares it mutable.
    var input = packed
    input.withUnsafeMutableBufferPointer { input in
      stream.next_in = input.baseAddress
      stream.avail_in = UInt32(clamping: input.count)
      var status = Z_OK
      while status == Z_OK, output.count <= limit {
        output += [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
          stream.next_out = buffer.baseAddress
          stream.avail_out = UInt32(buffer.count)
          status = inflate(&stream, Z_NO_FLUSH)
          filled = buffer.count - Int(stream.avail_out)
        }
      }
    }
    return output.isEmpty ? nil : output
  }
}
