// The ledger's pages: one looked up, many written at once, those that are gone found.

extension Ledger {
  /// What is known of a page, with its documents.
  func page(at path: [UInt8]) throws(LedgerError) -> KnownPage? {
    try read { (database) throws(SQLiteError) in
      var page: KnownPage?
      let sql = """
        SELECT page.id, page.size, page.modified, inode, content, configuration, outcome, isFinal,
          output.path, output.size, output.modified, output.hash, words,
          CASE stage WHEN 'emit' THEN (SELECT count(*) FROM entry WHERE entry.page = page.id) END
        FROM page LEFT JOIN output ON output.page = page.id WHERE page.path = ?
        """
      try database.query(sql, [.blob(path)]) { row in
        var known = page ?? KnownPage(row)
        if let hash = row.hash(11) {
          known.outputs.append(
            OutputRecord(
              path: row.blob(8), size: row.int(9), modified: row.integer(10), hash: hash))
        }
        page = known
      }
      return page
    }
  }

  /// Writes what became of some pages in one transaction, and takes them out of hand. Documents
  /// that the pages had and have no more are put down for removal.
  ///
  /// - Returns: The pages' ids, in their order.
  @discardableResult
  func commit(
    _ records: [PageRecord], configuration: ContentHash, run: Int64
  ) throws(LedgerError) -> [Int64] {
    try write { (database) throws(SQLiteError) in
      var ids: [Int64] = []
      for record in records {
        let id = try database.put(record, configuration: configuration, run: run)
        if let outputs = record.outputs { try database.put(outputs, of: id) }
        try database.put(record.origin, of: id)
        if let rows = record.rows { try database.put(rows, of: id) }
        try database.query("DELETE FROM hand WHERE path = ?", [.blob(record.path)])
        ids.append(id)
      }
      return ids
    }
  }

  /// The file of an unchanged page bears another time or number: keep those.
  func restamp(_ stamps: [(path: [UInt8], stamp: FileStamp)]) throws(LedgerError) {
    try write { (database) throws(SQLiteError) in
      for (path, stamp) in stamps {
        try database.query(
          "UPDATE page SET size = ?, modified = ?, inode = ? WHERE path = ?",
          [
            .integer(stamp.size), .optional(stamp.modified) { .integer($0) },
            .integer(Int64(bitPattern: stamp.inode)), .blob(path),
          ])
        try database.query("DELETE FROM hand WHERE path = ?", [.blob(path)])
      }
    }
  }

  /// Hands out the pages that a run has not met, some at a time.
  ///
  /// - Parameter folders: What is below them was not looked at, and so counts as met.
  func forEachPage(
    missingIn seen: PageSet, notBelow folders: Set<[UInt8]>,
    _ body: ([(id: Int64, path: [UInt8])]) throws(LedgerError) -> Void
  ) throws(LedgerError) {
    var last: Int64?
    repeat {
      let (end, missing) = try read { [last] (database) throws(SQLiteError) in
        var end: Int64?
        var missing: [(id: Int64, path: [UInt8])] = []
        try database.query(
          "SELECT id, path FROM page WHERE id > ? ORDER BY id LIMIT 1000", [.integer(last ?? 0)]
        ) { row in
          let id = row.integer(0)
          end = id
          if seen.contains(id) { return }
          let path = row.blob(1)
          if !Self.isBelow(folders, path) { missing.append((id, path)) }
        }
        return (end, missing)
      }
      last = end
      if !missing.isEmpty { try body(missing) }
    } while last != nil
  }

  private static func isBelow(_ folders: Set<[UInt8]>, _ path: [UInt8]) -> Bool {
    if folders.isEmpty { return false }
    // An input that could not be read at all is called `.`.
    if folders.contains(path) || folders.contains([UInt8(ascii: ".")]) { return true }
    return path.indices.contains { index in
      path[index] == UInt8(ascii: "/") && folders.contains(Array(path[..<index]))
    }
  }

  /// Paths that begin with `prefix`, in their order, some at a time.
  ///
  /// - Parameter prefix: Ends in `/`.
  func paths(
    after path: [UInt8], below prefix: [UInt8], limit: Int
  ) throws(LedgerError) -> [[UInt8]] {
    // The byte behind `/`: no path below the prefix reaches it.
    let end = prefix.dropLast() + [UInt8(ascii: "/") + 1]
    return try read { (database) throws(SQLiteError) in
      try database.all(
        "SELECT path FROM page WHERE path > ? AND path < ? ORDER BY path LIMIT ?",
        [.blob(path), .blob(Array(end)), .integer(limit)]
      ) { $0.blob(0) }
    }
  }

  /// Forgets pages; their documents are put down for removal.
  func forget(_ pages: [Int64]) throws(LedgerError) {
    try write { (database) throws(SQLiteError) in
      for page in pages {
        try database.query(
          "INSERT OR IGNORE INTO removal (path) SELECT path FROM output WHERE page = ?",
          [.integer(page)])
        try database.query("DELETE FROM page WHERE id = ?", [.integer(page)])
      }
    }
  }

  /// Forgets those among some pages that have no document; there is nothing to know of them.
  func forgetFailed(_ pages: [Int64]) throws(LedgerError) {
    try write { (database) throws(SQLiteError) in
      for page in pages {
        try database.query(
          """
          DELETE FROM page WHERE id = ?1 AND outcome <> 'written'
            AND NOT EXISTS (SELECT 1 FROM output WHERE page = ?1)
            AND NOT EXISTS (SELECT 1 FROM entry WHERE page = ?1)
          """, [.integer(page)])
      }
    }
  }

  /// Documents that must go.
  func removals(limit: Int) throws(LedgerError) -> [[UInt8]] {
    try read { (database) throws(SQLiteError) in
      try database.all("SELECT path FROM removal LIMIT ?", [.integer(limit)]) { $0.blob(0) }
    }
  }

  /// They are gone.
  func removed(_ paths: [[UInt8]]) throws(LedgerError) {
    try write { (database) throws(SQLiteError) in
      for path in paths {
        try database.query("DELETE FROM removal WHERE path = ?", [.blob(path)])
      }
    }
  }
}

extension KnownPage {
  /// From a row as `page(at:)` asks for it, without its documents.
  fileprivate init(_ row: SQLiteRow) {
    id = row.integer(0)
    stamp =
      row.isNull(1)
      ? nil
      : FileStamp(
        size: row.int(1), modified: row.isNull(2) ? nil : row.integer(2),
        inode: UInt64(bitPattern: row.integer(3)))
    content = row.hash(4)
    // One that cannot be read is like no other, so that the page is done again.
    configuration = row.hash(5) ?? ContentHash(first: 0, second: 0)
    outcome = Outcome(rawValue: row.text(6)) ?? .failed
    isFinal = row.integer(7) != 0
    words = row.isNull(12) ? nil : row.int(12)
    outputs = []
    rows = row.isNull(13) ? nil : row.int(13)
  }
}

extension SQLiteDatabase {
  fileprivate mutating func put(
    _ record: PageRecord, configuration: ContentHash, run: Int64
  ) throws(SQLiteError) -> Int64 {
    let stamp = record.stamp
    let id = try first(
      """
      INSERT INTO page (path, size, modified, inode, content, configuration, outcome, stage,
        reason, message, isFinal, seconds, run, words)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified = excluded.modified,
        inode = excluded.inode, content = excluded.content,
        configuration = excluded.configuration, outcome = excluded.outcome,
        stage = excluded.stage, reason = excluded.reason, message = excluded.message,
        isFinal = excluded.isFinal, seconds = excluded.seconds, run = excluded.run,
        words = excluded.words
      RETURNING id
      """,
      [
        .blob(record.path), .optional(stamp?.size) { .integer($0) },
        .optional(stamp?.modified) { .integer($0) },
        .optional(stamp?.inode) { .integer(Int64(bitPattern: $0)) },
        .optional(record.content) { .blob($0) }, .blob(configuration),
        .text(record.outcome.rawValue), .text(record.stage), .text(record.reason),
        .text(record.message), .integer(record.isFinal ? 1 : 0),
        .real(Double(record.elapsed) / 1e9), .integer(run),
        .optional(record.words) { .integer($0) },
      ]
    ) { $0.integer(0) }
    guard let id else { throw SQLiteError(code: 0, message: "a row was not written") }
    return id
  }

  fileprivate mutating func put(
    _ outputs: [OutputRecord], of page: Int64
  ) throws(SQLiteError) {
    let old = try all("SELECT path FROM output WHERE page = ?", [.integer(page)]) { $0.blob(0) }
    for path in old where !outputs.contains(where: { $0.path == path }) {
      try query("INSERT OR IGNORE INTO removal (path) VALUES (?)", [.blob(path)])
      try query(
        "DELETE FROM output WHERE page = ? AND path = ?", [.integer(page), .blob(path)])
    }
    for output in outputs {
      try query(
        "INSERT OR REPLACE INTO output (page, path, size, modified, hash) VALUES (?, ?, ?, ?, ?)",
        [
          .integer(page), .blob(output.path), .integer(output.size), .integer(output.modified),
          .blob(output.hash),
        ])
      try query("DELETE FROM removal WHERE path = ?", [.blob(output.path)])
    }
  }
}
