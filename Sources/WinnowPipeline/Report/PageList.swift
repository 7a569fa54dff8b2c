// A list of pages with something to tell of each: entries in, in any order; out, sorted by path.
//
// Memory stays bounded: what exceeds it is sorted and put into a file that has no name, and the
// parts are merged when the list is read.

internal import Glibc
internal import Synchronization

/// One page of a list.
package struct PageListEntry: Sendable, Equatable {
  package let path: [UInt8]
  /// The stage at which the page's way ended.
  package let stage: String
  package let reason: String
  package let message: String
}

/// Collects entries from many threads.
package final class PageList: Sendable {
  private let memoryLimit: Int
  private let scratch: SharedDescriptor
  private let state = Mutex(State())

  private struct State {
    var entries: [PageListEntry] = []
    /// Bytes the entries hold.
    var bytes = 0
    /// The file, once there is one, and the sorted parts in it.
    var file: SharedDescriptor?
    var parts: [Range<Int>] = []
  }

  /// - Parameters:
  ///   - scratch: A folder for the file.
  ///   - memoryLimit: Most bytes of entries kept in memory.
  package init(scratch: SharedDescriptor, memoryLimit: Int = 4 << 20) {
    self.scratch = scratch
    self.memoryLimit = memoryLimit
  }

  package func add(_ entry: PageListEntry) throws(SystemError) {
    // The lock is held across the write, which comes once in `memoryLimit` bytes: whoever else has
    // something to add must wait for the memory anyway.
    let result = state.withLock { state -> Result<Void, SystemError> in
      state.entries.append(entry)
      state.bytes += entry.size
      guard state.bytes > memoryLimit else { return .success(()) }
      do throws(SystemError) {
        try spill(&state)
        return .success(())
      } catch {
        return .failure(error)
      }
    }
    try result.get()
  }

  /// Hands out all entries, by path, then by the other fields.
  package func forEach(
    _ body: (PageListEntry) throws(SystemError) -> Void
  ) throws(SystemError) {
    var sources = state.withLock { state in
      let rest = PartReader(sorted: state.entries.sorted())
      let parts = state.file.map { file in state.parts.map { PartReader(file: file, range: $0) } }
      return (parts ?? []) + [rest]
    }
    var heads: [PageListEntry?] = []
    for index in sources.indices { heads.append(try sources[index].next()) }
    // The parts are few (one in `memoryLimit` bytes): looking at each head is cheap enough.
    while let least = heads.indices.filter({ heads[$0] != nil })
      .min(by: { Self.precedes(heads[$0], heads[$1]) }), let entry = heads[least]
    {
      try body(entry)
      heads[least] = try sources[least].next()
    }
  }

  private static func precedes(_ one: PageListEntry?, _ other: PageListEntry?) -> Bool {
    guard let one, let other else { return one != nil }
    return one < other
  }

  private func spill(_ state: inout State) throws(SystemError) {
    let file: SharedDescriptor
    if let open = state.file { file = open } else { file = try openFile() }
    state.file = file
    var bytes: [UInt8] = []
    for entry in state.entries.sorted() { entry.append(to: &bytes) }
    try FileCalls.write(bytes, to: file.raw)
    let start = state.parts.last?.upperBound ?? 0
    state.parts.append(start..<(start + bytes.count))
    state.entries.removeAll()
    state.bytes = 0
  }

  /// The file loses its name at once, and so is gone with the process, however that ends.
  private func openFile() throws(SystemError) -> SharedDescriptor {
    let number = UInt64(UInt(bitPattern: ObjectIdentifier(self)))
    let name = Array("\(OutputFolder.temporaryPrefix)\(getpid())-list-\(number)".utf8)
    let file = try FileCalls.open(
      name, in: scratch.raw, flags: O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: 0o600)
    try FileCalls.remove(name, in: scratch.raw)
    return SharedDescriptor(file)
  }
}

extension PageListEntry: Comparable {
  package static func < (one: Self, other: Self) -> Bool {
    if one.path != other.path { return one.path.lexicographicallyPrecedes(other.path) }
    return (one.stage, one.reason, one.message) < (other.stage, other.reason, other.message)
  }

  fileprivate var size: Int {
    path.count + stage.utf8.count + reason.utf8.count + message.utf8.count + 128
  }

  /// As four fields, each behind its length in four bytes.
  fileprivate func append(to bytes: inout [UInt8]) {
    for field in [path, Array(stage.utf8), Array(reason.utf8), Array(message.utf8)] {
      let length = UInt32(field.count)
      bytes += (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * UInt32($0))) }
      bytes += field
    }
  }
}

/// Reads a sorted part from memory or, in pieces, from the file.
private struct PartReader {
  private var sorted: ArraySlice<PageListEntry> = []
  private var file: SharedDescriptor?
  private var range = 0..<0
  private var buffer: ArraySlice<UInt8> = []

  /// Bytes read at a time.
  private static let pieceSize = 1 << 16

  init(sorted: [PageListEntry]) {
    self.sorted = sorted[...]
  }

  init(file: SharedDescriptor, range: Range<Int>) {
    self.file = file
    self.range = range
  }

  mutating func next() throws(SystemError) -> PageListEntry? {
    guard file != nil else { return sorted.popFirst() }
    if buffer.isEmpty && range.isEmpty { return nil }
    let path = try field()
    let stage = try field()
    let reason = try field()
    let message = try field()
    return PageListEntry(
      path: path, stage: String(decoding: stage, as: UTF8.self),
      reason: String(decoding: reason, as: UTF8.self),
      message: String(decoding: message, as: UTF8.self))
  }

  private mutating func field() throws(SystemError) -> [UInt8] {
    let length = try take(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    return try take(length)
  }

  private mutating func take(_ count: Int) throws(SystemError) -> [UInt8] {
    while buffer.count < count {
      let piece = try FileCalls.read(
        file?.raw ?? -1, at: range.lowerBound, count: min(Self.pieceSize, range.count))
      if piece.isEmpty { throw SystemError(code: EIO) }
      range = (range.lowerBound + piece.count)..<range.upperBound
      buffer = (buffer + piece)[...]
    }
    defer { buffer = buffer.dropFirst(count) }
    return Array(buffer.prefix(count))
  }
}
