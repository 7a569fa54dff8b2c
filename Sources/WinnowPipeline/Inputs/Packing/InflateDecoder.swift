// Gzip members, unpacked: by libdeflate where one is at hand as a whole, else by zlib.

internal import CZlib
internal import Glibc

final class InflateDecoder: MemberDecoder {
  private var stream = z_stream()
  private let members: DeflateMembers?
  /// Members one after another that were not at hand as a whole.
  private var misses = 0
  private var attempts = 0

  /// After so many misses a file is taken for one of large members, and only one member in so many
  /// is tried at once.
  private static let patience = 4

  init() throws(SystemError) {
    // 15: the largest window; 16: expect gzip, check its CRC (zlib.h, inflateInit2).
    guard
      inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw SystemError(code: ENOMEM) }
    members = DeflateMembers()
  }

  deinit { inflateEnd(&stream) }

  func begin() { inflateReset(&stream) }

  func step(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) -> MemberStep {
    let available = UInt32(clamping: input.count)
    let room = UInt32(clamping: output.count)
    // zlib reads from the input pointer but declares it mutable.
    stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
    stream.avail_in = available
    stream.next_out = output.baseAddress
    stream.avail_out = room
    let status = inflate(&stream, Z_NO_FLUSH)
    let isSound = status == Z_OK || status == Z_BUF_ERROR
    return MemberStep(
      used: Int(available - stream.avail_in), written: Int(room - stream.avail_out),
      state: status == Z_STREAM_END ? .ended : isSound ? .goesOn : .damaged)
  }

  func whole(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) -> MemberStep? {
    attempts += 1
    guard let members, misses < Self.patience || attempts % Self.patience == 0 else { return nil }
    guard let (used, written) = members.unpack(input, into: output) else {
      misses += 1
      return nil
    }
    misses = 0
    return MemberStep(used: used, written: written, state: .ended)
  }

  func take(dictionary: [UInt8]) {}
}
