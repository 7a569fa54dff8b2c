// Rows in the ledger: in which file each page's row stands, and which files of rows there are.
//
// `part` is a file that holds rows: a shard, or the file in which the rows of a run wait. It stands
// at `path` and belongs at `target`; the two differ only while files get their names. `entry` is a
// page's row.

internal import Winnow

/// Where a row stands.
package struct RowRecord: Sendable, Equatable {
  let format: OutputFormat
  let part: Int64
  /// In the file, before it was packed.
  let offset: Int
  let length: Int
}

/// A file that holds rows.
struct PartRecord: Sendable {
  let id: Int64
  /// `nil` for the rows of a run, which are of any format and wait for their shard.
  let format: OutputFormat?
  var path: [UInt8]
  /// Empty when the file is of no use any more.
  var target: [UInt8]
  let rows: Int
  let packing: ShardPacking
  /// Bytes before packing.
  let plain: Int
  /// Bytes that a file could have when this one was cut.
  let limit: Int
  let size: Int
  let modified: Int64
  let hash: ContentHash
}

/// A row on its way into a shard.
struct PlacedRow: Sendable {
  let page: Int64
  let path: [UInt8]
  let part: Int64
  let offset: Int
  let length: Int
}

extension Ledger {
  func parts() throws(LedgerError) -> [PartRecord] {
    try read { (database) throws(SQLiteError) in
      try database.all(
        """
        SELECT id, format, path, target, rows, packing, plain, size, modified, hash, limitBytes FROM part
        ORDER BY id
        """
      ) { row in
        PartRecord(
          id: row.integer(0), format: OutputFormat(rawValue: row.text(1)), path: row.blob(2),
          target: row.blob(3), rows: row.int(4),
          packing: ShardPacking(rawValue: row.text(5)) ?? .none,
          plain: row.int(6), limit: row.int(10), size: row.int(7), modified: row.integer(8),
          hash: row.hash(9) ?? ContentHash(first: 0, second: 0))
      }
    }
  }

  /// How many rows stand in each part, by its id.
  func rowCounts() throws(LedgerError) -> [Int64: Int] {
    try read { (database) throws(SQLiteError) in
      var counts: [Int64: Int] = [:]
      try database.query("SELECT part, count(*) FROM entry GROUP BY part") {
        counts[$0.integer(0)] = $0.int(1)
      }
      return counts
    }
  }

  /// The id that a part gets next.
  func nextPart() throws(LedgerError) -> Int64 {
    try read { (database) throws(SQLiteError) in
      try database.first("SELECT coalesce(max(id), 0) + 1 FROM part") { $0.integer(0) } ?? 1
    }
  }

  /// Puts down a part, and that these rows stand in it now, each behind the one before.
  ///
  /// - Parameter start: The place of the first row.
  func add(
    _ part: PartRecord, rows: [PlacedRow], from start: Int
  ) throws(LedgerError) {
    try write { (database) throws(SQLiteError) in
      try database.query(
        """
        INSERT OR REPLACE INTO part (id, format, path, target, rows, packing, plain, size,
          modified, hash, limitBytes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        [
          .integer(part.id), .text(part.format?.rawValue ?? ""), .blob(part.path),
          .blob(part.target), .integer(part.rows), .text(part.packing.rawValue),
          .integer(part.plain), .integer(part.size), .integer(part.modified), .blob(part.hash),
          .integer(part.limit),
        ])
      var offset = start
      for row in rows {
        try database.query(
          "UPDATE entry SET part = ?, offset = ? WHERE page = ? AND format = ?",
          [
            .integer(part.id), .integer(offset), .integer(row.page),
            .text(part.format?.rawValue ?? ""),
          ])
        offset += row.length
      }
    }
  }

  /// Where parts belong from now on.
  ///
  /// - Parameter limit: With which all of them could have been cut.
  func setTargets(_ targets: [Int64: [UInt8]], limit: Int) throws(LedgerError) {
    try write { (database) throws(SQLiteError) in
      for (id, target) in targets {
        try database.query(
          "UPDATE part SET target = ?, limitBytes = ? WHERE id = ?",
          [.blob(target), .integer(limit), .integer(id)])
      }
    }
  }

  /// Every part is where it belongs; those of no use are gone.
  func partsArePlaced() throws(LedgerError) {
    try write { (database) throws(SQLiteError) in
      try database.query("DELETE FROM part WHERE target = x''")
      try database.query("UPDATE part SET path = target WHERE path <> target")
    }
  }

  /// A part is lost, with the rows in it; their pages must be done again.
  func lose(part: Int64) throws(LedgerError) {
    try write { (database) throws(SQLiteError) in
      try database.query("DELETE FROM entry WHERE part = ?", [.integer(part)])
      try database.query("DELETE FROM part WHERE id = ?", [.integer(part)])
    }
  }

  /// Rows of a format in the order of their pages' paths, some at a time.
  func rows(
    of format: OutputFormat, after path: [UInt8]?, limit: Int
  ) throws(LedgerError) -> [PlacedRow] {
    try read { (database) throws(SQLiteError) in
      try database.all(
        """
        SELECT page.id, page.path, part, offset, length
        FROM page CROSS JOIN entry ON entry.page = page.id AND entry.format = ?
        WHERE page.path > ? ORDER BY page.path LIMIT ?
        """, [.text(format.rawValue), .blob(path ?? []), .integer(limit)]
      ) {
        PlacedRow(
          page: $0.integer(0), path: $0.blob(1), part: $0.integer(2), offset: $0.int(3),
          length: $0.int(4))
      }
    }
  }
}

/// A file of many documents, as reports tell of it.
package struct ShardFacts: Sendable {
  /// Below the output folder.
  package let path: [UInt8]
  package let rows: Int
  package let bytes: Int
}

extension Ledger {
  /// The files of many documents, by path, and how many rows wait for the end of a run.
  ///
  /// An older ledger that is only looked at knows of none.
  func shards() throws(LedgerError) -> (files: [ShardFacts], waiting: Int) {
    try read { (database) throws(SQLiteError) in
      let tables = try database.first(
        "SELECT count(*) FROM sqlite_master WHERE name IN ('part', 'entry')"
      ) { $0.int(0) }
      guard tables == 2 else { return ([], 0) }
      let files = try database.all(
        "SELECT path, rows, size FROM part WHERE format <> '' ORDER BY path"
      ) { ShardFacts(path: $0.blob(0), rows: $0.int(1), bytes: $0.int(2)) }
      let waiting = try database.first(
        "SELECT count(*) FROM entry WHERE part IN (SELECT id FROM part WHERE format = '')"
      ) { $0.int(0) }
      return (files, waiting ?? 0)
    }
  }
}

extension SQLiteDatabase {
  /// Keeps a page's rows; others that it had are forgotten.
  mutating func put(_ rows: [RowRecord], of page: Int64) throws(SQLiteError) {
    try query("DELETE FROM entry WHERE page = ?", [.integer(page)])
    for row in rows {
      try query(
        "INSERT INTO entry (page, format, part, offset, length) VALUES (?, ?, ?, ?, ?)",
        [
          .integer(page), .text(row.format.rawValue), .integer(row.part), .integer(row.offset),
          .integer(row.length),
        ])
    }
  }
}
