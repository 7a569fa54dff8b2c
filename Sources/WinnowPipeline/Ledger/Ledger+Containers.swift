// How far containers have been done, in the ledger.

extension Ledger {
  func mark(of container: [UInt8]) throws(LedgerError) -> ContainerMark? {
    try read { (database) throws(SQLiteError) in
      try database.first(
        "SELECT size, modified, inode, options, name, pages FROM progress WHERE path = ?",
        [.blob(container)]
      ) { row -> ContainerMark? in
        guard let options = row.hash(3) else { return nil }
        let stamp = FileStamp(
          size: row.int(0), modified: row.integer(1), inode: UInt64(bitPattern: row.integer(2)))
        return ContainerMark(
          start: ContainerStart(stamp: stamp, name: row.blob(4)), options: options,
          pages: row.int(5))
      } ?? nil
    }
  }

  func keep(_ marks: [(path: [UInt8], mark: ContainerMark)]) throws(LedgerError) {
    try write { (database) throws(SQLiteError) in
      for (path, mark) in marks {
        // A file whose time is not to be trusted must be read again in any case.
        guard let modified = mark.start.stamp.modified else { continue }
        try database.query(
          """
          INSERT OR REPLACE INTO progress (path, size, modified, inode, options, name, pages)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """,
          [
            .blob(path), .integer(mark.start.stamp.size), .integer(modified),
            .integer(Int64(bitPattern: mark.start.stamp.inode)), .blob(mark.options),
            .blob(mark.start.name), .integer(mark.pages),
          ])
      }
    }
  }

  func dropMarks(of containers: [[UInt8]]) throws(LedgerError) {
    try write { (database) throws(SQLiteError) in
      for path in containers {
        try database.query("DELETE FROM progress WHERE path = ?", [.blob(path)])
      }
    }
  }
}

extension SQLiteDatabase {
  /// Writes where a page came from; a page of which nothing is known has no row.
  mutating func put(_ origin: PageOrigin?, of page: Int64) throws(SQLiteError) {
    guard let origin else {
      try query("DELETE FROM origin WHERE page = ?", [.integer(page)])
      return
    }
    try query(
      "INSERT OR REPLACE INTO origin (page, url, saved, record) VALUES (?, ?, ?, ?)",
      [
        .integer(page), .optional(origin.url) { .text($0) },
        .optional(origin.saved) { .text($0) }, .optional(origin.record) { .text($0) },
      ])
  }
}
