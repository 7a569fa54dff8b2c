// The ledger's runs: begun, ended, and looked back at.

/// A run that has been put down, and what stands in the ledger of those before it.
struct RunStart: Sendable {
  let run: Int64
  /// Whether the last was killed and may have left something.
  let afterDeath: Bool
  /// Whether the last looked for pages elsewhere, or left out others.
  let hasOtherInputs: Bool
}

extension Ledger {
  /// Puts down that a run begins.
  ///
  /// - Parameters:
  ///   - configuration: Its hash and its text, if it was written.
  ///   - inputs: Hash of what decides which pages are looked for; `nil` when they are only some.
  func begin(
    started: String, process: Int, configuration: (hash: ContentHash, text: [UInt8]),
    inputs: ContentHash?
  ) throws(LedgerError) -> RunStart {
    try write { (database) throws(SQLiteError) in
      let wasKilled = try database.first(
        "SELECT ended IS NULL FROM run ORDER BY id DESC LIMIT 1"
      ) { $0.integer(0) != 0 }
      let lastInputs = try database.lastInputs()
      try database.query(
        """
        INSERT INTO run (started, seconds, end, process, inputs)
        VALUES (?, 0, 'unfinished', ?, ?)
        """, [.text(started), .integer(process), .optional(inputs) { .blob($0) }])
      let run = database.lastRowID
      if !configuration.text.isEmpty {
        try database.query(
          "INSERT OR REPLACE INTO configuration (hash, text, run) VALUES (?, ?, ?)",
          [.blob(configuration.hash), .blob(configuration.text), .integer(run)])
      }
      return RunStart(
        run: run, afterDeath: wasKilled ?? true,
        hasOtherInputs: inputs != nil && lastInputs != nil && inputs != lastInputs)
    }
  }

  /// Whether the last run that finished looked for pages elsewhere; `false` when that is not known.
  func hasOtherInputs(than inputs: ContentHash) throws(LedgerError) -> Bool {
    try read { (database) throws(SQLiteError) in
      // An older ledger that is only looked at has no such column.
      let columns = try database.first(
        "SELECT count(*) FROM pragma_table_info('run') WHERE name = 'inputs'"
      ) { $0.int(0) }
      guard columns == 1, let last = try database.lastInputs() else { return false }
      return last != inputs
    }
  }

  /// Puts down how a run ended; forgets the oldest when there are many.
  func finish(_ run: Int64, _ record: RunRecord) throws(LedgerError) {
    try write { (database) throws(SQLiteError) in
      try database.query(
        "UPDATE run SET ended = ?, seconds = ?, exit = ?, end = ? WHERE id = ?",
        [
          .optional(record.ended) { .text($0) }, .real(record.seconds),
          .optional(record.exit) { .integer($0) }, .text(record.end), .integer(run),
        ])
      for (name, pages) in record.counts {
        try database.query(
          "INSERT OR REPLACE INTO tally (run, name, pages) VALUES (?, ?, ?)",
          [.integer(run), .text(name), .integer(pages)])
      }
      // It did not die of what it had in hand.
      try database.query("DELETE FROM hand")
      for table in ["run WHERE id", "configuration WHERE run"] {
        try database.query("DELETE FROM \(table) <= ?", [.integer(run - Self.runsKept)])
      }
    }
  }

  /// A year of hourly runs, about 1 MB.
  private static let runsKept: Int64 = 9000

  /// The configuration of the last run, as it was written; `nil` if no run had one that was.
  package func lastConfiguration() throws(LedgerError) -> [UInt8]? {
    try read { (database) throws(SQLiteError) in
      // An older ledger that is only looked at has no such table.
      let tables = try database.first(
        "SELECT count(*) FROM sqlite_master WHERE name = 'configuration'"
      ) { $0.int(0) }
      guard tables == 1 else { return nil }
      return try database.first("SELECT text FROM configuration ORDER BY run DESC LIMIT 1") {
        $0.blob(0)
      }
    }
  }

  /// Whether a page has a document that another configuration made.
  func hasDocuments(notOf configuration: ContentHash) throws(LedgerError) -> Bool {
    try read { (database) throws(SQLiteError) in
      try database.first(
        """
        SELECT 1 FROM page WHERE configuration <> ? AND outcome = 'written' AND words IS NOT NULL
        LIMIT 1
        """, [.blob(configuration)]
      ) { _ in true } ?? false
    }
  }

  /// The last runs, the latest first.
  package func runs(limit: Int) throws(LedgerError) -> [RunRecord] {
    try read { (database) throws(SQLiteError) in
      let rows = try database.all(
        """
        SELECT id, started, ended, seconds, exit, end, process FROM run ORDER BY id DESC LIMIT ?
        """, [.integer(limit)]
      ) { row in
        let record = RunRecord(
          started: row.text(1), ended: row.isNull(2) ? nil : row.text(2), seconds: row.real(3),
          exit: row.isNull(4) ? nil : row.int(4), end: row.text(5), process: row.int(6),
          counts: [])
        return (id: row.integer(0), record: record)
      }
      var records: [RunRecord] = []
      for (id, row) in rows {
        var record = row
        record.counts = try database.all(
          "SELECT name, pages FROM tally WHERE run = ? ORDER BY name", [.integer(id)]
        ) { (name: $0.text(0), pages: $0.int(1)) }
        records.append(record)
      }
      return records
    }
  }
}

extension SQLiteDatabase {
  /// Hash of what decided which pages the last run looked for, of those that finished and looked for
  /// all.
  fileprivate mutating func lastInputs() throws(SQLiteError) -> ContentHash? {
    try first(
      """
      SELECT inputs FROM run WHERE inputs IS NOT NULL AND end = 'finished' ORDER BY id DESC LIMIT 1
      """
    ) { $0.hash(0) } ?? nil
  }
}
