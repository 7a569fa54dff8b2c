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
  package init(scratch: SharedDescriptor, memoryLimit: Int = 128 << 10) {
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
      state.entries.sort()
      let piece = min(
        Self.largestPiece, max(Self.smallestPiece, memoryLimit / max(1, state.parts.count)))
      let parts = state.file.map { file in
        state.parts.map { PartReader(file: file, range: $0, pieceSize: piece) }
      }
      return (parts ?? []) + [PartReader(sorted: state.entries)]
    }
    // The first entries of all parts, the last of them last.
    var heads: [(entry: PageListEntry, source: Int)] = []
    for index in sources.indices {
      if let entry = try sources[index].next() { heads.append((entry, index)) }
    }
    heads.sort { $0.entry > $1.entry }
    while let (entry, source) = heads.popLast() {
      try body(entry)
      guard let next = try sources[source].next() else { continue }
      var (low, high) = (0, heads.count)
      while low < high {
        let middle = (low + high) / 2
        if heads[middle].entry > next { low = middle + 1 } else { high = middle }
      }
      heads.insert((next, source), at: low)
    }
  }

  /// Bytes that are read from a part at a time, or written to the file.
  private static let smallestPiece = 2048
  private static let largestPiece = 16 << 10

  private func spill(_ state: inout State) throws(SystemError) {
    let file: SharedDescriptor
    if let open = state.file { file = open } else { file = try openFile() }
    state.file = file
    let start = state.parts.last?.upperBound ?? 0
    var end = start
    var bytes: [UInt8] = []
    state.entries.sort()
    for (index, entry) in state.entries.enumerated() {
      entry.append(to: &bytes)
      guard bytes.count >= Self.largestPiece || index == state.entries.count - 1 else { continue }
      try FileCalls.write(bytes, to: file.raw)
      end += bytes.count
      bytes.removeAll(keepingCapacity: true)
    }
    state.parts.append(start..<end)
    state.entries.removeAll(keepingCapacity: true)
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
  private var pieceSize = 0

  init(sorted: [PageListEntry]) {
    self.sorted = sorted[...]
  }

  init(file: SharedDescriptor, range: Range<Int>, pieceSize: Int) {
    self.file = file
    self.range = range
    self.pieceSize = pieceSize
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
        file?.raw ?? -1, at: range.lowerBound, count: min(pieceSize, range.count))
      if piece.isEmpty { throw SystemError(code: EIO) }
      range = (range.lowerBound + piece.count)..<range.upperBound
      buffer = (buffer + piece)[...]
    }
    defer { buffer = buffer.dropFirst(count) }
    return Array(buffer.prefix(count))
  }
}
