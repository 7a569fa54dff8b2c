// The shards of an output folder, made of all rows there are: the ledger's rows in, files out.
//
// Rows stand in the order of their pages' paths, and files end where the rows themselves say
// (ShardCut). So the shards follow from the documents alone, whatever runs made them, and a file in
// which nothing has changed is kept as it is.

internal import Winnow

/// Why shards could not be made.
enum ShardFailure: Error, CustomStringConvertible {
  case output(OutputError)
  case ledger(LedgerError)

  var description: String {
    switch self {
    case .output(let error): "\(error)"
    case .ledger(let error): "\(error)"
    }
  }
}

struct ShardBuilder {
  private let store: RowStore
  private var parts: [Int64: PartRecord] = [:]
  /// Open files that rows are read from: the rows that wait, and the shard in hand.
  private var readers: [Int64: ShardReader] = [:]
  private var targets: [Int64: [UInt8]] = [:]

  /// Makes the shards of every format, if any row has come, gone or changed.
  ///
  /// - Complexity: Reads and writes the shards in which something changed.
  static func build(_ store: RowStore) throws(ShardFailure) {
    store.close()
    do {
      var builder = ShardBuilder(store)
      try builder.build()
    } catch let error as OutputError {
      throw .output(error)
    } catch let error as LedgerError {
      throw .ledger(error)
    } catch let error as RowsLost {
      // Their pages are done again by the next run.
      do throws(LedgerError) { try store.ledger.lose(part: error.part) } catch {
        throw .ledger(error)
      }
      throw .output(.rowsLost(path: store.output.path))
    } catch {
      throw .output(.ledger("\(error)"))
    }
  }

  private init(_ store: RowStore) {
    self.store = store
  }

  private mutating func build() throws {
    let all = try store.ledger.parts()
    if all.isEmpty { return }
    for part in all { parts[part.id] = part }
    let counts = try store.ledger.rowCounts()
    guard isDue(all, counts) else { return }
    for format in OutputFormat.allCases where format.isRow { try build(format) }
    readers = [:]
    try finish()
  }

  private func isDue(_ all: [PartRecord], _ counts: [Int64: Int]) -> Bool {
    all.contains { part in
      guard let format = part.format else { return true }
      return counts[part.id] != part.rows || part.path != part.target
        || part.packing != ShardNames.packing(of: format, store.options)
        || part.limit != store.options.shardBytes
    }
  }

  // MARK: Cutting

  private mutating func build(_ format: OutputFormat) throws {
    var cut = ShardCut(limit: store.options.shardBytes)
    var rows: [PlacedRow] = []
    var number = 1
    var last: [UInt8]?
    func end(_ builder: inout ShardBuilder) throws {
      if rows.isEmpty { return }
      try builder.makeShard(of: format, number, rows)
      number += 1
      rows.removeAll(keepingCapacity: true)
      cut.begin()
    }
    while true {
      let batch = try store.ledger.rows(of: format, after: last, limit: 1000)
      guard let final = batch.last else { break }
      last = final.path
      for row in batch {
        if cut.isFull(for: row.length) { try end(&self) }
        rows.append(row)
        if cut.add(row.path, length: row.length) { try end(&self) }
      }
    }
    try end(&self)
  }

  /// Keeps a file that holds just these rows, or writes one.
  private mutating func makeShard(
    of format: OutputFormat, _ number: Int, _ rows: [PlacedRow]
  ) throws {
    let packing = ShardNames.packing(of: format, store.options)
    let name = ShardNames.name(format, number, packing)
    if let part = parts[rows[0].part], part.format == format, part.packing == packing,
      part.rows == rows.count, rows.allSatisfy({ $0.part == part.id })
    {
      targets[part.id] = name
      return
    }
    let id = try store.ledger.nextPart()
    let place = OutputPath(bytes: ShardNames.workshop(id))
    var plain = format.header.count
    var hash = PiecewiseHash()
    let packer = try Packer(packing)
    var lost: RowsLost?
    func write(_ file: inout OutputFile) throws(SystemError) {
      var pending = format.header
      for row in rows {
        do throws(SystemError) {
          pending += try bytes(of: row)
        } catch {
          lost = RowsLost(part: row.part)
          throw error
        }
        plain += row.length
        if pending.count >= Self.pieceSize {
          let packed = packer.pack(pending, isLast: false)
          hash.add(packed)
          try file.write(packed)
          pending.removeAll(keepingCapacity: true)
        }
      }
      let packed = packer.pack(pending, isLast: true)
      hash.add(packed)
      try file.write(packed)
    }
    do throws(OutputError) {
      try store.output.replace(place) { (file) throws(SystemError) in try write(&file) }
    } catch {
      if let lost { throw lost }
      throw error
    }
    guard let status = store.output.status(of: place) else {
      throw OutputError.rowsLost(path: store.output.path)
    }
    let part = PartRecord(
      id: id, format: format, path: place.bytes, target: place.bytes, rows: rows.count,
      packing: packing, plain: plain, limit: store.options.shardBytes, size: status.size,
      modified: status.modified,
      hash: hash.finish())
    try store.ledger.add(part, rows: rows, from: format.header.count)
    parts[id] = part
    targets[id] = name
  }

  /// Bytes that are packed and written at once.
  private static let pieceSize = 1 << 18

  private mutating func bytes(of row: PlacedRow) throws(SystemError) -> [UInt8] {
    guard let part = parts[row.part] else { throw SystemError.noData }
    do {
      let reader: ShardReader
      if let open = readers[row.part] {
        reader = open
      } else {
        // Shards are read one after the other, in the order of the rows.
        if part.format != nil { readers = readers.filter { parts[$0.key]?.format == nil } }
        reader = try ShardReader(
          store.output.openFile(OutputPath(bytes: part.path)), part.packing, part: part.id)
        readers[row.part] = reader
      }
      return try reader.row(at: row.offset, length: row.length)
    } catch let error as SystemError {
      throw error
    } catch {
      throw SystemError.noData
    }
  }

  // MARK: Names

  private mutating func finish() throws {
    for part in parts.values where targets[part.id] == nil { targets[part.id] = [] }
    try store.ledger.setTargets(targets, limit: store.options.shardBytes)
    let placed = try store.ledger.parts()
    try ShardPlacement(store.output).place(placed)
    try store.ledger.partsArePlaced()
    ShardPlacement(store.output).removeShards(otherThan: Set(placed.map(\.target)))
  }
}
