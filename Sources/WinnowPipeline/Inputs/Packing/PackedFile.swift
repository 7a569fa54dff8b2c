// A container's file, read forward and unpacked: packed bytes from the disk in, pieces of plain ones
// out, with the places where members begin.
//
// Memory does not depend on the file. A damaged member can be passed over: the next one is looked
// for and tried.

internal import Glibc

/// Why a container's bytes end before the file does.
package enum StreamDamage: Error, Equatable, CustomStringConvertible {
  /// The packed data of the member that begins at `member` are damaged, or end early, at `offset`.
  case packing(Packing, member: Int, offset: Int)
  /// Bytes between or behind members that are none.
  case junk(Packing, offset: Int)
  case read(SystemError, offset: Int)

  package var description: String {
    switch self {
    case .packing(let packing, let member, let offset):
      "is damaged or cut off at byte \(offset), in the \(packing) member that begins at byte "
        + "\(member)"
    case .junk(let packing, let offset):
      "holds no \(packing) member at byte \(offset), where one should begin"
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
    case .packing(_, _, let offset), .junk(_, let offset), .read(_, let offset): offset
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

  let packing: Packing?
  private let source: RawBytes
  /// `nil` in a plain file.
  private let decoder: (any MemberDecoder)?
  private var member: Int?
  /// Whether the next piece of a plain file is the first, or the first behind a jump.
  private var isFirst = true

  init(_ file: SharedDescriptor) throws(SystemError) {
    source = try RawBytes(file)
    try source.refill()
    packing = Packing(source.bytes.prefix(Packing.startLength))
    decoder = try packing.map { (packing) throws(SystemError) in try packing.makeDecoder() }
  }

  /// Bytes of the file when it was opened; `nil` for a pipe.
  var size: Int? { source.size }
  /// Where the next packed byte stands in the file.
  var offset: Int { source.offset }

  /// Puts the next bytes into `target`, as many as are at hand but no more than one member's.
  ///
  /// - Returns: None at the end of the file.
  func read(into target: UnsafeMutableBufferPointer<UInt8>) throws(StreamDamage) -> Piece? {
    guard let packing, let decoder else { return try copy(into: target) }
    return try unpack(packing, decoder, into: target)
  }

  private func copy(
    into target: UnsafeMutableBufferPointer<UInt8>
  ) throws(StreamDamage) -> Piece? {
    let start = source.offset
    if source.bytes.isEmpty { try refill() }
    let isFirst = isFirst
    self.isFirst = false
    let bytes = source.bytes
    let count = min(bytes.count, target.count)
    if count == 0 { return nil }
    UnsafeMutableRawBufferPointer(target).copyMemory(
      from: UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes.prefix(count))))
    source.drop(count)
    return Piece(count: count, member: isFirst ? start : nil)
  }

  private func unpack(
    _ packing: Packing, _ decoder: any MemberDecoder,
    into target: UnsafeMutableBufferPointer<UInt8>
  ) throws(StreamDamage) -> Piece? {
    var begun: Int?
    while true {
      if member == nil {
        guard try beginMember(packing, decoder) else { return nil }
        begun = member
        if let step = decoder.whole(source.bytes, into: target) {
          source.drop(step.used)
          member = nil
          return Piece(count: step.written, member: begun)
        }
      }
      guard let member else { return nil }
      if source.bytes.isEmpty { try refill() }
      // What the decoder holds back comes out even when nothing more goes in.
      let step = decoder.step(source.bytes, into: target)
      source.drop(step.used)
      if step.state != .goesOn { self.member = nil }
      // Nothing in and nothing out: the file ends too early.
      let isStuck = step.state == .goesOn && step.used == 0 && step.written == 0
      if step.state == .damaged || isStuck {
        self.member = nil
        throw .packing(packing, member: member, offset: source.offset)
      }
      if step.written > 0 || step.state == .ended {
        return Piece(count: step.written, member: begun)
      }
    }
  }

  /// - Returns: `false` at the end of the file; NULs that fill a last block are passed over.
  private func beginMember(
    _ packing: Packing, _ decoder: any MemberDecoder
  ) throws(StreamDamage) -> Bool {
    while true {
      // A member is best had as a whole.
      if source.bytes.count < RawBytes.size / 2 { try refill() }
      guard let first = source.bytes.first else { return false }
      if packing.begins(source.bytes.prefix(Packing.startLength)) { break }
      if packing == .zstd, Packing.beginsSkippableFrame(source.bytes.prefix(4)) {
        try passFrame(decoder)
      } else {
        guard first == 0 else { throw .junk(packing, offset: source.offset) }
        source.drop(1)
      }
    }
    decoder.begin()
    member = source.offset
    return true
  }

  /// Passes over a frame without data; the one at the file's beginning may hold the dictionary.
  private func passFrame(_ decoder: any MemberDecoder) throws(StreamDamage) {
    let start = source.offset
    guard source.bytes.count >= 8 else { throw .packing(.zstd, member: start, offset: start) }
    let isDictionary = start == 0 && source.bytes[0] == Self.dictionaryStart
    var rest = source.bytes[4..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
    source.drop(8)
    let isKept = isDictionary && rest <= ZstdDecoder.longestDictionary
    var dictionary: [UInt8] = []
    while rest > 0 {
      if source.bytes.isEmpty { try refill() }
      let step = min(rest, source.bytes.count)
      guard step > 0 else { throw .packing(.zstd, member: start, offset: source.offset) }
      if isKept { dictionary += source.bytes.prefix(step) }
      source.drop(step)
      rest -= step
    }
    if isKept { decoder.take(dictionary: dictionary) }
  }

  /// The first byte of the frame that holds a dictionary.
  ///
  /// Source: IIPC, "Zstandard Compression for WARC Files 1.0".
  private static let dictionaryStart: UInt8 = 0x5D

  // MARK: Damage

  /// Goes to the next member behind `offset` whose first bytes unpack to what `accepts` takes.
  ///
  /// - Returns: `false` when there is none.
  /// - Complexity: O(bytes up to it), and one short unpacking for each place that looks like one.
  func seekMember(
    after offset: Int, where accepts: (ArraySlice<UInt8>) -> Bool
  ) throws(StreamDamage) -> Bool {
    guard let packing, let decoder else { return false }
    source.seek(to: offset + 1)
    while true {
      if source.bytes.count < Packing.startLength { try refill() }
      guard source.bytes.count >= Packing.startLength else {
        source.drop(source.bytes.count)
        return false
      }
      guard let found = source.bytes.firstIndex(of: packing.firstByte) else {
        source.drop(source.bytes.count)
        continue
      }
      source.drop(found)
      if source.bytes.count < Self.trialSize { try refill() }
      if packing.begins(source.bytes.prefix(Packing.startLength)), accepts(trial(decoder)[...]) {
        member = nil
        return true
      }
      source.drop(1)
    }
  }

  private static let trialSize = 4096

  /// The first bytes that unpack from here.
  private func trial(_ decoder: any MemberDecoder) -> [UInt8] {
    decoder.begin()
    return [UInt8](unsafeUninitializedCapacity: 64) { buffer, filled in
      var used = 0
      // A decoder may want several steps before anything comes out.
      while filled < buffer.count {
        let step = decoder.step(
          UnsafeBufferPointer(rebasing: source.bytes[used...]),
          into: UnsafeMutableBufferPointer(rebasing: buffer[filled...]))
        used += step.used
        filled += step.written
        if step.state == .damaged { filled = 0 }
        if step.state != .goesOn || step.used == 0 && step.written == 0 { return }
      }
    }
  }

  /// Goes on at a byte of the file where a member begins.
  func seek(to offset: Int) {
    source.seek(to: offset)
    member = nil
    isFirst = true
  }

  private func refill() throws(StreamDamage) {
    do throws(SystemError) {
      try source.refill()
    } catch {
      throw .read(error, offset: source.offset)
    }
  }

  /// Bytes from any place of a file, as they are stored; none of a pipe.
  func bytes(at offset: Int, count: Int) throws(SystemError) -> [UInt8] {
    try source.peek(at: offset, count: count)
  }
}
