// What the ledger tells of all pages together: how many ended how, and which have no document.

/// How all pages stand that earlier runs met.
package struct LedgerStatus: Sendable {
  /// Pages by outcome.
  package let outcomes: [(name: String, pages: Int)]
  /// Pages without a document by outcome and reason, the most frequent first.
  package let reasons: [(outcome: String, reason: String, pages: Int)]
  /// Pages that the next run tries again, changed or not.
  package let backlog: Int
  /// Pages that a run has begun and not brought to their end: of the run that goes on, or of one
  /// that died.
  package let inHand: Int
  /// Folders with the most failed and quarantined pages, the most first.
  package let folders: [(path: [UInt8], pages: Int)]
  /// Files that hold many documents, and rows that wait to be put into them.
  package var shards: (files: [ShardFacts], waiting: Int) = ([], 0)
}

/// A page without a document.
package struct FailedPage: Sendable {
  package let path: [UInt8]
  package let outcome: String
  package let reason: String
  package let message: String
}

extension Ledger {
  /// - Parameter folders: Most folders to name.
  package func status(folders limit: Int) throws(LedgerError) -> LedgerStatus {
    var status = try pageStatus(folders: limit)
    status.shards = try shards()
    return status
  }

  private func pageStatus(folders limit: Int) throws(LedgerError) -> LedgerStatus {
    try read { (database) throws(SQLiteError) in
      let outcomes = try database.all(
        "SELECT outcome, count(*) FROM page GROUP BY outcome ORDER BY outcome"
      ) { (name: $0.text(0), pages: $0.int(1)) }
      let reasons = try database.all(
        """
        SELECT outcome, reason, count(*) FROM page WHERE outcome <> 'written'
        GROUP BY outcome, reason ORDER BY count(*) DESC, reason
        """
      ) { (outcome: $0.text(0), reason: $0.text(1), pages: $0.int(2)) }
      let backlog = try database.first("SELECT count(*) FROM page WHERE NOT isFinal") { $0.int(0) }
      let inHand = try database.first("SELECT count(*) FROM hand") { $0.int(0) }
      var folders: [[UInt8]: Int] = [:]
      try database.query(
        "SELECT path FROM page WHERE outcome IN ('failed', 'quarantined')"
      ) { row in
        let path = row.blob(0)
        let end = path.lastIndex(of: UInt8(ascii: "/")) ?? 0
        folders[Array(path[..<end]), default: 0] += 1
      }
      let top = folders.sorted {
        $0.value == $1.value
          ? $0.key.lexicographicallyPrecedes($1.key) : $0.value > $1.value
      }
      return LedgerStatus(
        outcomes: outcomes, reasons: reasons, backlog: backlog ?? 0, inHand: inHand ?? 0,
        folders: top.prefix(limit).map { (path: $0.key, pages: $0.value) })
    }
  }

  /// Hands out the pages that failed or were quarantined, by path.
  package func forEachFailure(
    _ body: (FailedPage) throws -> Void
  ) throws {
    var last: [UInt8] = []
    while true {
      let pages = try read { [last] (database) throws(SQLiteError) in
        try database.all(
          """
          SELECT path, outcome, reason, message FROM page
          WHERE outcome IN ('failed', 'quarantined') AND path > ? ORDER BY path LIMIT 1000
          """, [.blob(last)]
        ) {
          FailedPage(
            path: $0.blob(0), outcome: $0.text(1), reason: $0.text(2), message: $0.text(3))
        }
      }
      guard let end = pages.last else { return }
      last = end.path
      for page in pages { try body(page) }
    }
  }

  /// Lets the next run try all pages again that failed or were quarantined.
  ///
  /// - Returns: How many those are.
  package func retryFailures() throws(LedgerError) -> Int {
    try write { (database) throws(SQLiteError) in
      try database.query("DELETE FROM hand")
      return try database.all(
        """
        UPDATE page SET isFinal = 0, outcome = 'failed'
        WHERE outcome IN ('failed', 'quarantined') RETURNING id
        """
      ) { $0.integer(0) }.count
    }
  }
}
