// A container's unpacked bytes with a view ahead: what readers of records ask for lines, runs of
// bytes, and places that stay the same from run to run.

internal import Glibc

/// Where a byte of a container stands.
///
/// In a packed file the member's first byte and what was unpacked before the byte, in a plain file
/// the byte alone: a record's place is its identity.
package struct ContainerPlace: Equatable, Sendable, CustomStringConvertible {
  /// Byte of the file.
  var offset: Int
  /// Bytes unpacked from the member before it; always 0 in a plain file.
  var inMember: Int

  init(offset: Int, inMember: Int) {
    self.offset = offset
    self.inMember = inMember
  }

  /// The place of a name.
  init?(name: [UInt8]) {
    let numbers = name.split(separator: UInt8(ascii: "-")).map(\.decimal)
    guard 1...2 ~= numbers.count, let offset = numbers[0] else { return nil }
    self.offset = offset
    inMember = numbers.count == 2 ? numbers[1] ?? 0 : 0
  }

  /// A name for it that sorts as the places do: `0000012345`, or `0000012345-0000000678` inside a
  /// member.
  var name: [UInt8] {
    let start = Self.padded(offset)
    return Array((inMember == 0 ? start : "\(start)-\(Self.padded(inMember))").utf8)
  }

  package var description: String {
    inMember == 0 ? "byte \(offset)" : "byte \(inMember) of the member at byte \(offset)"
  }

  /// Ten digits: 10 GB, and beyond them as many as it takes.
  static func padded(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 10 - digits.count)) + digits
  }
}

/// Reads one container forward; to be used by one thread at a time.
///
/// Damage ends the bytes as the end of the file does; `damage` tells which it was.
final class ContainerStream {
  private let file: PackedFile
  /// `memory[start..<end]` is unpacked and not yet used.
  private var memory = UnsafeMutableBufferPointer<UInt8>.allocate(
    capacity: ContainerStream.usualSize)
  private var start = 0
  private var end = 0
  /// The member that `memory[start]` belongs to, and those that begin behind it: the index in
  /// `memory` (may be negative for the first) of a member's first byte, and its place in the file.
  private var members: [(index: Int, offset: Int)] = []
  private var isAtEnd = false
  /// What ended the bytes, if it was not the end of the file.
  private(set) var damage: StreamDamage?

  /// Room for most members as a whole.
  private static let usualSize = 1 << 21
  /// Least room for one piece.
  private static let pieceSize = 1 << 20

  init(_ file: SharedDescriptor) throws(SystemError) {
    self.file = try PackedFile(file)
  }

  deinit { memory.deallocate() }

  var isPacked: Bool { file.packing != nil }
  /// Bytes of the file as it is stored; `nil` for a pipe.
  var size: Int? { file.size }
  /// Bytes of the file used so far, about.
  var bytesStored: Int { file.offset }

  /// Bytes at hand.
  var available: Int { end - start }

  /// Of the next byte.
  var place: ContainerPlace {
    guard let member = members.first else { return ContainerPlace(offset: 0, inMember: 0) }
    let distance = start - member.index
    return isPacked
      ? ContainerPlace(offset: member.offset, inMember: distance)
      : ContainerPlace(offset: member.offset + distance, inMember: 0)
  }

  /// Whether a member begins at the next byte.
  var isAtMemberStart: Bool { members.first?.index == start }

  /// Bytes at hand that belong to the member of the next one.
  var availableInMember: Int { members.count > 1 ? members[1].index - start : available }

  /// Makes `count` bytes available.
  ///
  /// - Returns: `false` when there are fewer; all of them are available then.
  func ensure(_ count: Int) -> Bool {
    while available < count {
      if !more() { return false }
    }
    return true
  }

  /// Lends the bytes at hand.
  func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    body(UnsafeBufferPointer(rebasing: memory[start..<end]))
  }

  func starts(with text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard ensure(count) else { return false }
    let expected = UnsafeBufferPointer(start: text.utf8Start, count: count)
    return withBytes { $0.prefix(count).elementsEqual(expected) }
  }

  /// Uses up to `count` of the bytes at hand.
  func drop(_ count: Int) {
    start += min(count, available)
    while members.count > 1, members[1].index <= start { members.removeFirst() }
  }

  /// Bytes of a plain file, wherever they stand.
  func peek(at offset: Int, count: Int) -> [UInt8] {
    // An error here is met again, and told, when the bytes are read in their turn.
    (try? file.bytes(at: offset, count: count)) ?? []
  }

  /// Whether there is such a line, after the first, within the first `count` bytes at hand; the last
  /// one may be cut off.
  func hasLine(
    before count: Int, where holds: (Slice<UnsafeMutableBufferPointer<UInt8>>) -> Bool
  ) -> Bool {
    let end = min(count, available)
    var from = 0
    while let found = lineFeed(in: from..<end) {
      from = found + 1
      let next = lineFeed(in: from..<end) ?? end
      if holds(memory[(start + from)..<(start + next)]) { return true }
    }
    return false
  }

  /// Copies and uses the next `count` bytes, or those at hand if they are fewer.
  func take(_ count: Int) -> [UInt8] {
    let bytes = Array(memory[start..<(start + min(count, available))])
    drop(count)
    return bytes
  }

  /// Uses `count` bytes without keeping them.
  ///
  /// - Returns: How many there were.
  func skip(_ count: Int) -> Int {
    var rest = count
    while rest > 0 {
      if available == 0, !more() { break }
      let step = min(rest, available)
      drop(step)
      rest -= step
    }
    return count - rest
  }

  // MARK: Lines

  enum Line: Equatable {
    /// Without its LF; a CR before it stays.
    case line([UInt8])
    /// Ended by the end of the bytes.
    case unended([UInt8])
    /// Longer than the limit; it has been passed over.
    case tooLong(bytes: Int)
  }

  /// The next line; `nil` when there are no more bytes.
  ///
  /// - Parameter limit: Bytes of the line without its end; memory may reach three times as many.
  func line(limit: Int) -> Line? {
    var searched = 0
    while true {
      let from = searched
      if let length = lineFeed(in: from..<available) {
        let line =
          length <= limit
          ? Line.line(Array(memory[start..<(start + length)])) : .tooLong(bytes: length)
        drop(length + 1)
        return line
      }
      searched = available
      if searched > limit { return .tooLong(bytes: searched + skipLine()) }
      if !more() {
        return available == 0 ? nil : .unended(take(available))
      }
    }
  }

  /// Uses the bytes up to the next line or member.
  ///
  /// - Returns: How many.
  func skipLine() -> Int {
    var skipped = 0
    while available > 0 || more() {
      let inMember = availableInMember
      if let length = lineFeed(in: 0..<inMember) {
        drop(length + 1)
        return skipped + length + 1
      }
      drop(inMember)
      skipped += inMember
      if inMember > 0, isAtMemberStart { return skipped }
    }
    return skipped
  }

  /// Uses the bytes up to the next line, over the ends of members.
  ///
  /// - Returns: `false` when there were none.
  func skipWholeLine() -> Bool {
    guard ensure(1) else { return false }
    while available > 0 || more() {
      if let length = lineFeed(in: 0..<available) {
        drop(length + 1)
        return true
      }
      drop(available)
    }
    return true
  }

  /// Goes on at a place where reading has been before.
  func seek(to place: ContainerPlace) {
    // What stands at the beginning may be needed to read the rest: a dictionary.
    _ = ensure(1)
    members = []
    start = 0
    end = 0
    damage = nil
    isAtEnd = false
    file.seek(to: place.offset)
    _ = skip(place.inMember)
  }

  /// Where the first LF stands, counted from the next byte.
  private func lineFeed(in range: Range<Int>) -> Int? {
    guard !range.isEmpty, let base = memory.baseAddress else { return nil }
    let from = base + start + range.lowerBound
    // `range` lies within the bytes at hand.
    guard let found = memchr(from, 0x0A, range.count) else { return nil }
    return range.lowerBound + (UnsafeRawPointer(found) - UnsafeRawPointer(from))
  }

  // MARK: Damage

  /// Goes on behind damage, at the next member whose first bytes `accepts` takes.
  ///
  /// - Returns: `false` when there is none; there are no more bytes then.
  func resume(where accepts: (ArraySlice<UInt8>) -> Bool) -> Bool {
    let from: Int
    switch damage {
    case .packing(_, let member, _): from = member
    case .junk(_, let offset): from = offset
    case .read, nil: return false
    }
    damage = nil
    members = []
    start = 0
    end = 0
    do throws(StreamDamage) {
      isAtEnd = try !file.seekMember(after: from, where: accepts)
    } catch {
      damage = error
      isAtEnd = true
    }
    return !isAtEnd
  }

  private func more() -> Bool {
    if isAtEnd { return false }
    makeRoom()
    let room = UnsafeMutableBufferPointer(rebasing: memory[end...])
    do throws(StreamDamage) {
      guard let piece = try file.read(into: room) else {
        isAtEnd = true
        return false
      }
      if let member = piece.member {
        // An empty member leaves no trace.
        if members.last?.index == end { members.removeLast() }
        members.append((end, member))
        drop(0)
      }
      end += piece.count
      return true
    } catch {
      damage = error
      isAtEnd = true
      return false
    }
  }

  /// Room for a piece: by moving what is at hand to the front, else in twice the memory.
  private func makeRoom() {
    if memory.count - end >= Self.pieceSize { return }
    let count = available
    let isHalfEmpty = count <= memory.count / 2
    // Back to the usual size when a long record has gone by.
    let size = isHalfEmpty ? max(Self.usualSize, min(memory.count, count * 4)) : memory.count * 2
    let target = size == memory.count ? memory : .allocate(capacity: size)
    UnsafeMutableRawBufferPointer(target).copyMemory(
      from: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[start..<end]))
    if target.baseAddress != memory.baseAddress {
      memory.deallocate()
      memory = target
    }
    for index in members.indices { members[index].index -= start }
    end = count
    start = 0
  }
}
