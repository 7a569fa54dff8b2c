// A container's file, read forward and unpacked: packed bytes from the disk in, pieces of plain ones
// out, with the places where gzip members begin.
//
// Memory does not depend on the file. A damaged member can be passed over: the next one is looked
// for and tried.

internal import CZlib
internal import Glibc

/// Why a container's bytes end before the file does.
package enum StreamDamage: Error, Equatable, CustomStringConvertible {
  /// The gzip data of the member that begins at `member` are damaged, or end early, at `offset`.
  case gzip(member: Int, offset: Int)
  /// Bytes between or behind gzip members that are none.
  case junk(offset: Int)
  case read(SystemError, offset: Int)

  package var description: String {
    switch self {
    case .gzip(let member, let offset):
      "is damaged or cut off at byte \(offset), in the gzip member that begins at byte \(member)"
    case .junk(let offset): "holds no gzip member at byte \(offset), where one should begin"
    case .read(let error, let offset): "cannot be read at byte \(offset): \(error)"
    }
  }

  /// Whether another reading may go better.
  var isOfDisk: Bool {
    if case .read = self { true } else { false }
  }

  /// Byte of the file.
  var offset: Int {
    switch self {
    case .gzip(_, let offset), .junk(let offset), .read(_, let offset): offset
    }
  }
}

/// Reads one file; to be used by one thread at a time.
final class PackedFile {
  /// What one call of `read` gave.
  struct Piece {
    var count: Int
    /// Where the member begins, when the piece is the first of one.
    var member: Int?
  }

  let isPacked: Bool
  /// Bytes of the file when it was opened.
  let size: Int
  private let file: SharedDescriptor
  /// Packed bytes: `raw[at..<end]` are to be used next, and `raw[0]` stands at `rawStart`.
  private let raw = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: PackedFile.rawSize)
  private var rawStart = 0
  private var at = 0
  private var end = 0
  private var stream = z_stream()
  private var member: Int?

  /// Bytes read from the disk at once.
  private static let rawSize = 1 << 18

  init(_ file: SharedDescriptor) throws(SystemError) {
    self.file = file
    size = try FileCalls.status(of: file.raw).size
    isPacked = Gzip.isGzip(try FileCalls.read(file.raw, at: 0, count: 3))
    // 15: the largest window; 16: expect gzip, check its CRC (zlib.h, inflateInit2).
    guard
      inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw SystemError(code: ENOMEM) }
  }

  deinit {
    inflateEnd(&stream)
    raw.deallocate()
  }

  /// Where the next packed byte stands in the file.
  var offset: Int { rawStart + at }

  /// Puts the next bytes into `target`, as many as are at hand but no more than one member's.
  ///
  /// - Returns: None at the end of the file.
  func read(into target: UnsafeMutableBufferPointer<UInt8>) throws(StreamDamage) -> Piece? {
    isPacked ? try inflate(into: target) : try copy(into: target)
  }

  private func copy(
    into target: UnsafeMutableBufferPointer<UInt8>
  ) throws(StreamDamage) -> Piece? {
    let start = offset
    let count = try read(UnsafeMutableRawBufferPointer(target))
    rawStart += count
    return count == 0 ? nil : Piece(count: count, member: start == 0 ? 0 : nil)
  }

  private func inflate(
    into target: UnsafeMutableBufferPointer<UInt8>
  ) throws(StreamDamage) -> Piece? {
    var begun: Int?
    while true {
      if member == nil {
        guard try beginMember() else { return nil }
        begun = member
      }
      guard let member else { return nil }
      if at == end, try fill() == 0 {
        self.member = nil
        throw .gzip(member: member, offset: offset)
      }
      stream.next_in = raw.baseAddress?.advanced(by: at)
      stream.avail_in = UInt32(end - at)
      stream.next_out = target.baseAddress
      stream.avail_out = UInt32(clamping: target.count)
      let room = Int(stream.avail_out)
      let status = CZlib.inflate(&stream, Z_NO_FLUSH)
      at = end - Int(stream.avail_in)
      let count = room - Int(stream.avail_out)
      if status == Z_STREAM_END {
        self.member = nil
      } else if status != Z_OK && status != Z_BUF_ERROR {
        self.member = nil
        throw .gzip(member: member, offset: offset)
      }
      if count > 0 || status == Z_STREAM_END { return Piece(count: count, member: begun) }
    }
  }

  /// - Returns: `false` at the end of the file; NULs that fill a last block are passed over.
  private func beginMember() throws(StreamDamage) -> Bool {
    while true {
      if end - at < Self.header.count { try refill() }
      if at == end { return false }
      if raw[at..<min(end, at + Self.header.count)].elementsEqual(Self.header) { break }
      guard raw[at] == 0 else { throw .junk(offset: offset) }
      at += 1
    }
    inflateReset(&stream)
    member = offset
    return true
  }

  private static let header: [UInt8] = [0x1F, 0x8B, 8]

  // MARK: Damage

  /// Goes to the next member behind `offset` whose first bytes unpack to what `accepts` takes.
  ///
  /// - Returns: `false` when there is none.
  /// - Complexity: O(bytes up to it), and one short unpacking for each place that looks like one.
  func seekMember(
    after offset: Int, where accepts: (ArraySlice<UInt8>) -> Bool
  ) throws(StreamDamage) -> Bool {
    guard isPacked else { return false }
    seek(to: offset + 1)
    while true {
      if end - at < Self.header.count { try refill() }
      guard end - at >= Self.header.count else {
        at = end
        return false
      }
      guard let found = raw[at..<end].firstIndex(of: Self.header[0]) else {
        at = end
        continue
      }
      at = found
      if end - at < Self.trialSize { try refill() }
      // The bits of the fourth byte that are not in use are 0 (RFC 1952, 2.3.1.2).
      if end - at > Self.header.count,
        raw[at..<(at + Self.header.count)].elementsEqual(Self.header), raw[at + 3] & 0xE0 == 0,
        accepts(trial()[...])
      {
        member = nil
        return true
      }
      if at < end { at += 1 }
    }
  }

  private static let trialSize = 4096

  /// The first bytes that unpack from here.
  private func trial() -> [UInt8] {
    inflateReset(&stream)
    return [UInt8](unsafeUninitializedCapacity: 64) { buffer, filled in
      stream.next_in = raw.baseAddress?.advanced(by: at)
      stream.avail_in = UInt32(end - at)
      stream.next_out = buffer.baseAddress
      stream.avail_out = 64
      let status = CZlib.inflate(&stream, Z_NO_FLUSH)
      filled = status == Z_OK || status == Z_STREAM_END ? 64 - Int(stream.avail_out) : 0
    }
  }

  // MARK: Reading

  /// Goes on reading at a byte of the file.
  func seek(to offset: Int) {
    rawStart = offset
    at = 0
    end = 0
    member = nil
  }

  /// Brings more bytes behind those not used yet.
  private func refill() throws(StreamDamage) {
    if at > 0 {
      let rest = end - at
      let bytes = UnsafeMutableRawBufferPointer(raw)
      bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[at..<end]))
      rawStart += at
      at = 0
      end = rest
    }
    while end < raw.count {
      let free = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(raw)[end...])
      let count = try read(free, at: rawStart + end)
      if count == 0 { return }
      end += count
    }
  }

  /// Replaces the bytes, all of them used, by the next.
  private func fill() throws(StreamDamage) -> Int {
    rawStart += end
    at = 0
    end = 0
    end = try read(UnsafeMutableRawBufferPointer(raw))
    return end
  }

  /// Bytes from any place of the file, as they are stored.
  func bytes(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    try FileCalls.read(file.raw, at: offset, count: count)
  }

  private func read(_ target: UnsafeMutableRawBufferPointer) throws(StreamDamage) -> Int {
    try read(target, at: offset)
  }

  private func read(
    _ target: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(StreamDamage) -> Int {
    do throws(SystemError) {
      return try FileCalls.read(file.raw, at: offset, into: target)
    } catch {
      throw .read(error, offset: offset)
    }
  }
}
