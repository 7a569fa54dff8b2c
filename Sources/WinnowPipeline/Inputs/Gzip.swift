// Gzip (RFC 1952): packed bytes in, the page out. The only file that calls zlib.

internal import CZlib

enum Gzip {
  /// Whether the bytes begin as a gzip file with deflate does, whatever the file is called.
  static func isGzip(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 3 && bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8
  }

  /// Unpacks all members of a gzip file one after another.
  ///
  /// Bytes behind the last member are passed over, as gzip does. Memory stays below twice `limit`,
  /// whatever the data claim.
  ///
  /// - Parameter limit: Most bytes that may come out.
  static func unpack(_ packed: [UInt8], limit: Int) throws(FetchFailure) -> [UInt8] {
    var stream = z_stream()
    // 15: the largest window; 16: expect gzip, check its CRC (zlib.h, inflateInit2).
    guard
      inflateInit2_(
        &stream, 15 + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .readError(SystemError(code: 12)) }
    defer { inflateEnd(&stream) }

    var output: [UInt8] = []
    output.reserveCapacity(min(limit, sizeHint(packed)))
    // zlib reads from the input pointer but declares it mutable in this version's default build.
    var input = packed
    var used = 0
    var damage: FetchFailure?
    input.withUnsafeMutableBufferPointer { input in
      member: while used < input.count {
        stream.next_in = input.baseAddress?.advanced(by: used)
        let given = UInt32(clamping: input.count - used)
        stream.avail_in = given
        var status = Z_OK
        while status == Z_OK {
          let room = min(max(output.count, 1 << 16), limit + 1 - output.count)
          if room == 0 { break }
          let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
            stream.next_out = buffer.baseAddress
            stream.avail_out = UInt32(clamping: room)
            status = inflate(&stream, Z_NO_FLUSH)
            filled = room - Int(stream.avail_out)
          }
          output += chunk
          if output.count > limit { break }
        }
        used += Int(given - stream.avail_in)
        if output.count > limit {
          damage = .tooLarge(bytes: output.count, limit: limit)
          return
        }
        guard status == Z_STREAM_END else {
          damage = .damagedGzip(offset: used)
          return
        }
        let rest = input[used...]
        guard rest.count >= 2, rest.starts(with: [0x1F, 0x8B]) else { return }
        guard inflateReset(&stream) == Z_OK else { return }
      }
    }
    if let damage { throw damage }
    return output
  }

  /// A first guess at the unpacked size: what the trailer says, if deflate can reach it at all.
  private static func sizeHint(_ packed: [UInt8]) -> Int {
    guard packed.count >= 18 else { return 0 }
    let stated = packed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    // Text shrinks to about a fifth; a larger claim may be a lie, and memory grows as needed.
    return min(stated, packed.count * 8)
  }
}
