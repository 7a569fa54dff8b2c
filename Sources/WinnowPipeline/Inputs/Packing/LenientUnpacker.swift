// Packed bytes in memory that may be cut off or damaged: in and out, kept as far as they are whole.

internal import CZlib

enum LenientUnpacker {
  enum Wrapping {
    case gzip, zlib, zstd
    /// Deflate's data alone.
    case bare
  }

  /// Unpacks what can be unpacked; stops behind `limit` bytes.
  ///
  /// - Returns: `nil` when nothing can.
  static func bytes(_ packed: [UInt8], _ wrapping: Wrapping, limit: Int) -> [UInt8]? {
    switch wrapping {
    case .gzip:
      if let whole = Unpacker.wholeGzip(packed, limit: limit) { return whole }
      return inflated(packed, windowBits: 15 + 16, limit: limit)
    case .zlib: return inflated(packed, windowBits: 15, limit: limit)
    case .bare: return inflated(packed, windowBits: -15, limit: limit)
    case .zstd: return zstd(packed, limit: limit)
    }
  }

  /// - Parameter windowBits: The largest window, and how zlib is told of the wrapping (zlib.h,
  ///   inflateInit2).
  private static func inflated(_ packed: [UInt8], windowBits: CInt, limit: Int) -> [UInt8]? {
    var stream = z_stream()
    guard
      inflateInit2_(&stream, windowBits, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    packed.withUnsafeBufferPointer { input in
      // zlib reads from the input pointer but declares it mutable.
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
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

  private static func zstd(_ packed: [UInt8], limit: Int) -> [UInt8]? {
    guard let decoder = try? ZstdDecoder() else { return nil }
    var output: [UInt8] = []
    packed.withUnsafeBufferPointer { input in
      var used = 0
      var isMoving = true
      while isMoving, output.count <= limit {
        output += [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
          let step = decoder.step(UnsafeBufferPointer(rebasing: input[used...]), into: buffer)
          used += step.used
          filled = step.written
          isMoving = step.state == .goesOn && step.used + step.written > 0
        }
      }
    }
    return output.isEmpty ? nil : output
  }
}
