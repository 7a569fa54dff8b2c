// The records of a WARC or ARC file: a container's bytes in, records and damage out.
//
// Goes on behind damage at the next line that begins a record, or the next gzip member that does.
// Every step uses up bytes, so that no file makes it run for ever.

/// What a web archive holds next.
enum WARCEvent: Equatable {
  /// Its block comes next in the stream; what of it is not used is passed over.
  case record(WARCRecord)
  /// Bytes that are no record, or not a whole one.
  case damage(WARCDamage, at: ContainerPlace)
}

package enum WARCDamage: Sendable, Equatable, CustomStringConvertible {
  /// The length in the header is absent, negative, no number or larger than an `Int`.
  case length
  /// More header bytes or fields than are read.
  case header
  /// No record begins where one should.
  case junk
  /// The block ends before its length.
  case short(missing: Int)
  case packing(StreamDamage)

  package var description: String {
    switch self {
    case .length: "the record has no usable length"
    case .header: "the record's header is too long or breaks off"
    case .junk: "no record begins where one should"
    case .short(let missing): "the record's block ends \(missing) bytes early"
    case .packing(let damage): damage.description
    }
  }
}

/// Reads one file forward.
struct WARCReader {
  let stream: ContainerStream
  /// Of the block in hand, not yet used.
  private var blockRest = 0
  private var block: WARCRecord?
  private var isForgiven = false
  private var isARC: Bool?

  /// Bytes and fields of a header; crawlers write some thirty lines.
  private static let headerBytes = 1 << 16
  private static let headerFields = 1000

  init(_ stream: ContainerStream) {
    self.stream = stream
  }

  /// Goes on at a record; called before any is read.
  mutating func seek(to place: ContainerPlace) {
    isARC = beginsARC()
    stream.seek(to: place)
  }

  /// - Returns: `nil` at the end.
  mutating func next() -> WARCEvent? {
    if let cut = passBlock() { return cut }
    while true {
      skipBlankLines()
      guard stream.ensure(1) else { return end() }
      let place = stream.place
      if isARC == nil { isARC = !stream.starts(with: "WARC/") && beginsARC() }
      if stream.starts(with: "WARC/") { return header(at: place) }
      if isARC == true, let event = arcLine(at: place) { return event }
      resync()
      return .damage(.junk, at: place)
    }
  }

  // MARK: Blocks

  /// Lends up to `count` bytes of the block, without using them.
  mutating func peek<Result>(
    _ count: Int, _ body: (Slice<UnsafeBufferPointer<UInt8>>) -> Result
  ) -> Result {
    let count = inBlock(min(count, blockRest))
    return stream.withBytes { body($0.prefix(count)) }
  }

  /// Takes the whole block. It is shorter than it says when the data end before; the next event
  /// tells of that.
  mutating func takeBlock() -> [UInt8] {
    let count = inBlock(blockRest)
    let bytes = stream.take(count)
    blockRest -= count
    return bytes
  }

  /// Uses the whole block in pieces.
  ///
  /// - Returns: `false` when the data end before it does; the next event tells of that.
  mutating func readBlock(_ body: (UnsafeBufferPointer<UInt8>) -> Void) -> Bool {
    while blockRest > 0 {
      let step = inBlock(min(blockRest, 1 << 16))
      if step == 0 { return false }
      stream.withBytes { body(UnsafeBufferPointer(rebasing: $0.prefix(step))) }
      stream.drop(step)
      blockRest -= step
    }
    return true
  }

  /// Lets a block be shorter than it says: what it holds is whole by its own account.
  mutating func forgiveShortBlock() { isForgiven = true }

  /// Makes `count` bytes of the block available, or as many as there are: a block also ends where
  /// the next record begins a member of its own.
  private func inBlock(_ count: Int) -> Int {
    if stream.isAtMemberStart, stream.starts(with: "WARC/") { return 0 }
    while stream.available < count, stream.ensure(stream.available + 1) {
      if stream.availableInMember < stream.available, nextMemberBeginsRecord {
        return min(count, stream.availableInMember)
      }
    }
    if stream.availableInMember < count, nextMemberBeginsRecord { return stream.availableInMember }
    return min(count, stream.available)
  }

  private var nextMemberBeginsRecord: Bool {
    let start = stream.availableInMember
    guard stream.available > start, stream.ensure(start + 5) || stream.available > start else {
      return false
    }
    return stream.withBytes { Self.beginsRecord($0[start...].prefix(5)) }
  }

  private static func beginsRecord(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.starts(with: "WARC/".utf8)
  }

  /// Passes over what is left of the block in hand.
  private mutating func passBlock() -> WARCEvent? {
    defer {
      block = nil
      blockRest = 0
      isForgiven = false
    }
    guard !readBlock({ _ in }), let block else { return nil }
    if isForgiven { return nil }
    return .damage(.short(missing: blockRest), at: block.place)
  }

  // MARK: Headers

  private mutating func header(at place: ContainerPlace) -> WARCEvent {
    var fields = HeaderFields()
    var used = 0
    var isFirst = true
    while used <= Self.headerBytes, fields.fields.count <= Self.headerFields {
      // A header that breaks off where the next begins.
      if !isFirst, stream.starts(with: "WARC/1.") { return .damage(.header, at: place) }
      guard case .line(let line) = stream.line(limit: Self.headerBytes - used) else { break }
      used += line.count + 1
      if line.isEmpty || line == [0x0D] { return begin(fields, at: place) }
      if !isFirst { fields.add(line: line[...]) }
      isFirst = false
    }
    resync()
    return .damage(.header, at: place)
  }

  private mutating func begin(_ fields: HeaderFields, at place: ContainerPlace) -> WARCEvent {
    guard let record = WARCRecord(fields, at: place) else {
      resync()
      return .damage(.length, at: place)
    }
    return begin(record)
  }

  private mutating func begin(_ record: WARCRecord) -> WARCEvent {
    if isTooLong(record) {
      resync()
      return .damage(.length, at: record.place)
    }
    block = record
    blockRest = record.length
    return .record(record)
  }

  /// Whether a record's length reaches over records that begin before its end.
  ///
  /// Looked for only when something else than a record stands behind the block. In a packed file
  /// that is asked when records share a member, and for blocks that fit in memory; a member of its
  /// own ends the block in any case.
  private func isTooLong(_ record: WARCRecord) -> Bool {
    let checked = min(record.length, Self.checkedBytes)
    if stream.isPacked {
      guard record.place.inMember > 0, isARC != true, checked == record.length else {
        return false
      }
      _ = stream.ensure(checked + 64)
      let isEnded = stream.withBytes {
        $0.count <= checked || Self.endsBlock($0[checked...].prefix(64))
      }
      if isEnded { return false }
    } else {
      let end = stream.place.offset.addingReportingOverflow(record.length)
      // Of a pipe, nothing is known beyond what has come.
      let isInFile = !end.overflow && end.partialValue <= stream.size ?? 0
      if isInFile,
        isARC == true || Self.endsBlock(stream.peek(at: end.partialValue, count: 64)[...])
      {
        return false
      }
    }
    _ = stream.ensure(checked)
    let isARC = isARC == true
    return stream.hasLine(before: checked) { line in
      isARC
        ? WARCRecord.arc(line: Array(line.prefix(Self.arcLineBytes))[...], at: record.place)
          != .other
        : line.starts(with: "WARC/1.".utf8)
    }
  }

  private static let checkedBytes = 1 << 23

  /// Whether what follows a block is as it should be: line ends, then a record or nothing.
  private static func endsBlock(_ bytes: some Collection<UInt8>) -> Bool {
    let rest = bytes.drop { $0 == 0x0D || $0 == 0x0A }
    return rest.isEmpty || beginsRecord(rest)
  }

  // MARK: ARC

  /// An ARC file begins with the record that describes it.
  private func beginsARC() -> Bool { stream.starts(with: "filedesc:") }

  /// The event of a line that begins an ARC record; `nil` when the next line does not.
  private mutating func arcLine(at place: ContainerPlace) -> WARCEvent? {
    switch peekARCLine(at: place) {
    case .record(let record):
      _ = stream.skipLine()
      return begin(record)
    case .broken:
      _ = stream.skipLine()
      resync()
      return .damage(.length, at: place)
    case .other:
      return nil
    }
  }

  private func peekARCLine(at place: ContainerPlace) -> WARCRecord.ARCLine {
    _ = stream.ensure(Self.arcLineBytes)
    return stream.withBytes { bytes in
      let head = bytes.prefix(Self.arcLineBytes)
      guard let end = head.firstIndex(of: 0x0A) else { return .other }
      return WARCRecord.arc(line: Array(head[..<end])[...], at: place)
    }
  }

  private static let arcLineBytes = 1 << 13

  // MARK: Finding the next record

  private func skipBlankLines() {
    while stream.ensure(1) {
      let blank = stream.withBytes { bytes in
        bytes.firstIndex { $0 != 0x0D && $0 != 0x0A } ?? bytes.count
      }
      if blank == 0 { return }
      stream.drop(blank)
    }
  }

  /// Goes to the next line or member that begins a record, at least one line further.
  private func resync() {
    while stream.skipLine() > 0 {
      if stream.starts(with: "WARC/1.") || stream.starts(with: "WARC/0.") { return }
      if isARC == true, stream.ensure(1), peekARCLine(at: stream.place) != .other { return }
    }
  }

  /// The bytes have ended: the end of the file, or damage that may be passed.
  private mutating func end() -> WARCEvent? {
    guard let damage = stream.damage else { return nil }
    let place = ContainerPlace(offset: damage.offset, inMember: 0)
    let isARC = isARC == true
    _ = stream.resume { bytes in
      isARC
        ? bytes.allSatisfy { 0x20...0x7E ~= $0 || $0.isHeaderSpace } && !bytes.isEmpty
        : Self.beginsRecord(bytes)
    }
    return .damage(.packing(damage), at: place)
  }
}
