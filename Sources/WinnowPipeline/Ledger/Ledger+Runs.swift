// The ledger's runs: begun, ended, and looked back at.

extension Ledger {
  /// Puts down that a run begins.
  ///
  /// - Returns: Its id, and whether the run before it was killed and may have left something.
  func begin(
    started: String, process: Int
  ) throws(LedgerError) -> (run: Int64, afterDeath: Bool) {
    try write { (database) throws(SQLiteError) in
      let last = try database.first("SELECT ended IS NULL FROM run ORDER BY id DESC LIMIT 1") {
        $0.integer(0) != 0
      }
      try database.query(
        "INSERT INTO run (started, seconds, end, process) VALUES (?, 0, 'unfinished', ?)",
        [.text(started), .integer(process)])
      return (database.lastRowID, last ?? true)
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
      try database.query("DELETE FROM run WHERE id <= ?", [.integer(run - Self.runsKept)])
    }
  }

  /// A year of hourly runs, about 1 MB.
  private static let runsKept: Int64 = 9000

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
