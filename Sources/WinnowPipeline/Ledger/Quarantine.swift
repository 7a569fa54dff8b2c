// Pages that runs die of: which they are, and when they are left out.
//
// A page is put down in the ledger before it is read, and struck out when its end is. After a run
// that died, the pages that were in hand are done one by one, when nothing else is in hand. If that
// run dies too, the page that was alone is known to be the one. A page of a container is one like
// any other; the container itself is put down as long as it is read, since reading too may kill.

/// Why a page was not tried.
struct Quarantine: RecordedReason, Equatable {
  /// A run that died by a fault of its own (SIGSEGV, SIGABRT and the like) with one page alone in
  /// hand counts for all of these; one that was killed from outside (SIGKILL: perhaps by somebody
  /// who knows nothing of the page, perhaps because it took all the memory) counts for one.
  static let deaths = 3
  /// Runs that died by a fault while a container was read, among other pages; after so many it is
  /// read alone, page by page.
  static let containerDeaths = 2

  var outcome: Outcome { .quarantined }
  var reason: String { "quarantined" }
  var description: String {
    "is left out: runs died of it; `winnow run --retry-failed` tries it again"
  }
}

extension Ledger {
  /// Puts down pages that are begun.
  func takeInHand(_ pages: [[UInt8]]) throws(LedgerError) {
    try write { (database) throws(SQLiteError) in
      for page in pages {
        try database.query(
          "INSERT OR IGNORE INTO hand (path, deaths, isAlone) VALUES (?, 0, 0)", [.blob(page)])
      }
    }
  }

  /// Puts down the one page that is begun while no other is in hand.
  func takeAlone(_ page: [UInt8]) throws(LedgerError) {
    try write { (database) throws(SQLiteError) in
      try database.query("UPDATE hand SET isAlone = 0 WHERE isAlone = 1")
      try database.query(
        """
        INSERT INTO hand (path, deaths, isAlone) VALUES (?, 0, 1)
        ON CONFLICT (path) DO UPDATE SET isAlone = 1
        """, [.blob(page)])
    }
  }

  /// The page that was alone is done, whether or not its end is in the ledger.
  func releaseAlone() throws(LedgerError) {
    try write { (database) throws(SQLiteError) in
      try database.query("UPDATE hand SET isAlone = 0 WHERE isAlone = 1")
    }
  }

  /// Puts down a container that is being read, whose pages are put down one by one.
  func takeInHand(container: [UInt8]) throws(LedgerError) {
    try write { (database) throws(SQLiteError) in
      try database.query(
        """
        INSERT INTO hand (path, deaths, isAlone) VALUES (?, 0, 2)
        ON CONFLICT (path) DO UPDATE SET isAlone = 2
        """, [.blob(container)])
    }
  }

  func release(container: [UInt8]) throws(LedgerError) {
    try write { (database) throws(SQLiteError) in
      try database.query("DELETE FROM hand WHERE path = ?", [.blob(container)])
    }
  }

  /// The pages that were in hand when the run before died, with their deaths; one that was alone
  /// has died once more.
  ///
  /// - Parameter afterCrash: Whether that run died by a fault of its own.
  func suspects(afterCrash: Bool) throws(LedgerError) -> [[UInt8]: Int] {
    try write { (database) throws(SQLiteError) in
      try database.query(
        "UPDATE hand SET deaths = deaths + ?, isAlone = 0 WHERE isAlone = 1",
        [.integer(afterCrash ? Quarantine.deaths : 1)])
      try database.query(
        "UPDATE hand SET deaths = deaths + ?, isAlone = 0 WHERE isAlone = 2",
        [.integer(afterCrash ? 1 : 0)])
      var suspects: [[UInt8]: Int] = [:]
      try database.query("SELECT path, deaths FROM hand") { suspects[$0.blob(0)] = $0.int(1) }
      return suspects
    }
  }
}
