// Ledgers of older versions: what a run makes of them.

import Testing

@testable import WinnowPipeline

@Suite("Ledgers of older versions", .timeLimit(.minutes(10)))
struct LedgerMigrationTests {
  /// A ledger as some release wrote it.
  struct Older: Sendable, CustomTestStringConvertible {
    let name: String
    let version: Int
    let script: String
    var testDescription: String { name }
  }

  /// The tables of the first version, and a page in them. Not to be changed: it is what is on disks.
  private static let first = """
    CREATE TABLE page (id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, size INTEGER,
      modified INTEGER, inode INTEGER, content BLOB, configuration BLOB NOT NULL,
      outcome TEXT NOT NULL, stage TEXT NOT NULL, reason TEXT NOT NULL, message TEXT NOT NULL,
      isFinal INTEGER NOT NULL, seconds REAL NOT NULL, run INTEGER NOT NULL) STRICT;
    CREATE INDEX pageOutcome ON page (outcome, reason) WHERE outcome <> 'written';
    CREATE TABLE output (page INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
      path BLOB NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL, hash BLOB NOT NULL,
      PRIMARY KEY (page, path)) STRICT, WITHOUT ROWID;
    CREATE TABLE removal (path BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TABLE hand (path BLOB PRIMARY KEY, deaths INTEGER NOT NULL, isAlone INTEGER NOT NULL)
      STRICT, WITHOUT ROWID;
    CREATE TABLE run (id INTEGER PRIMARY KEY, started TEXT NOT NULL, ended TEXT,
      seconds REAL NOT NULL, exit INTEGER, end TEXT NOT NULL, process INTEGER NOT NULL) STRICT;
    CREATE TABLE tally (run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
      name TEXT NOT NULL, pages INTEGER NOT NULL, PRIMARY KEY (run, name)) STRICT, WITHOUT ROWID;
    INSERT INTO page VALUES (7, x'01', 5, 6, 7, x'00112233445566778899AABBCCDDEEFF',
      x'00112233445566778899AABBCCDDEEFF', 'written', '', '', '', 1, 0.5, 1);
    INSERT INTO run VALUES (1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:01Z', 1.0, 0,
      'finished', 1);
    """

  private static let second = """
    ALTER TABLE page ADD COLUMN words INTEGER;
    CREATE TABLE configuration (hash BLOB PRIMARY KEY, text BLOB NOT NULL, run INTEGER NOT NULL)
      STRICT, WITHOUT ROWID;
    UPDATE page SET words = 40;
    """

  /// As builds made it that still called themselves version 2, with a row in a file of many.
  private static let secondWithRows = """
    CREATE TABLE origin (page INTEGER PRIMARY KEY REFERENCES page (id) ON DELETE CASCADE,
      url TEXT, saved TEXT, record TEXT) STRICT;
    CREATE TABLE progress (path BLOB PRIMARY KEY, size INTEGER NOT NULL,
      modified INTEGER NOT NULL, inode INTEGER NOT NULL, options BLOB NOT NULL,
      name BLOB NOT NULL, pages INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE part (id INTEGER PRIMARY KEY, format TEXT NOT NULL, path BLOB NOT NULL,
      target BLOB NOT NULL, rows INTEGER NOT NULL, packing TEXT NOT NULL, plain INTEGER NOT NULL,
      limitBytes INTEGER NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
      hash BLOB NOT NULL) STRICT;
    CREATE TABLE entry (page INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
      format TEXT NOT NULL, part INTEGER NOT NULL, offset INTEGER NOT NULL,
      length INTEGER NOT NULL, PRIMARY KEY (page, format)) STRICT, WITHOUT ROWID;
    CREATE INDEX entryPart ON entry (part);
    INSERT INTO entry VALUES (7, 'jsonl', 3, 0, 9);
    """

  static let all = [
    Older(name: "version 1", version: 1, script: first),
    Older(name: "version 2", version: 2, script: first + second),
    Older(
      name: "version 2 with tables of version 3", version: 2,
      script: first + second + secondWithRows),
  ]

  @Test("One is brought to this version with all its pages", arguments: all)
  func migrated(_ older: Older) throws {
    let scratch = try ScratchFolder()
    try Self.write(older, to: scratch)
    let ledger = try Ledger(in: scratch.path)
    let page = try #require(try ledger.page(at: [1]))
    #expect(page.id == 7)
    #expect(page.words == (older.version == 1 ? nil : 40))
    #expect(try ledger.runs(limit: 9).map(\.end) == ["finished"])
    #expect(try ledger.rowCounts() == (older.script.contains("'jsonl'") ? [3: 1] : [:]))
    #expect(try ledger.mark(of: [2]) == nil)
    var record = PageRecord(path: [2], outcome: .written, at: "")
    record.words = 8
    try ledger.commit([record], configuration: ContentHash([]), run: 1)
    #expect(try ledger.page(at: [2])?.words == 8)
    let start = try ledger.begin(
      started: "", process: 1, configuration: (ContentHash([]), [0x7B]), inputs: ContentHash([1]))
    #expect(!start.afterDeath && !start.hasOtherInputs)
    #expect(try ledger.lastConfiguration() == [0x7B])
    #expect(try Self.version(ledger) == LedgerSchema.version)
    ledger.close()
    #expect(try Ledger(in: scratch.path).page(at: [1])?.id == 7)
  }

  @Test("Its tables then are those of a new one", arguments: all)
  func sameTables(_ older: Older) throws {
    let (scratch, other) = (try ScratchFolder(), try ScratchFolder())
    try Self.write(older, to: scratch)
    let (migrated, new) = (
      try Self.tables(try Ledger(in: scratch.path)), try Self.tables(try Ledger(in: other.path))
    )
    #expect(migrated == new)
    #expect(new.contains("entry.part INTEGER 1 0"), "\(new)")
  }

  @Test("One that is only looked at stays as it is", arguments: all)
  func lookedAt(_ older: Older) throws {
    let scratch = try ScratchFolder()
    try Self.write(older, to: scratch)
    let ledger = try Ledger(reading: scratch.path)
    #expect(try ledger.status(folders: 5).outcomes.map(\.pages) == [1])
    #expect(try ledger.lastConfiguration() == nil)
    #expect(try !ledger.hasOtherInputs(than: ContentHash([1])))
    #expect(try Self.version(ledger) == older.version)
  }

  @Test("A step that fails leaves the older ledger")
  func failing() throws {
    let scratch = try ScratchFolder()
    // A table of the third version that no step can have made.
    let odd = Older(
      name: "", version: 1, script: Self.first + "CREATE TABLE entry (page INTEGER) STRICT;")
    try Self.write(odd, to: scratch)
    #expect(throws: LedgerError.self) { try Ledger(in: scratch.path) }
    let ledger = try Ledger(reading: scratch.path)
    #expect(try Self.version(ledger) == 1)
    #expect(try Self.tables(ledger).contains { $0.hasPrefix("configuration") } == false)
  }

  @Test("One without a version is damaged")
  func noVersion() throws {
    let scratch = try ScratchFolder()
    try Self.write(Older(name: "", version: 0, script: Self.first), to: scratch)
    let error = #expect(throws: LedgerError.self) { try Ledger(in: scratch.path) }
    #expect(
      error?.description.contains("is damaged: its version is 0; `winnow ledger rebuild ") == true,
      "\(error?.description ?? "")")
  }

  // MARK: Looking

  private static func write(_ older: Older, to scratch: borrowing ScratchFolder) throws {
    let path = scratch.path(Ledger.fileName)
    let database = try SQLiteDatabase(path, .create, patience: 0)
    try database.run(
      older.script + """
        PRAGMA application_id = \(LedgerSchema.applicationID);
        PRAGMA user_version = \(older.version);
        """)
  }

  private static func version(_ ledger: Ledger) throws -> Int? {
    try ledger.read { (database) throws(SQLiteError) in
      try database.first("PRAGMA user_version") { $0.int(0) }
    }
  }

  /// All columns of all tables with their types, and the indices.
  private static func tables(_ ledger: Ledger) throws -> [String] {
    try ledger.read { (database) throws(SQLiteError) in
      try database.all(
        """
        SELECT s.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk
        FROM sqlite_master AS s JOIN pragma_table_info(s.name) AS c WHERE s.type = 'table'
        UNION ALL SELECT name || ' ' || tbl_name FROM sqlite_master WHERE type = 'index'
        ORDER BY 1
        """
      ) { $0.text(0) }
    }
  }
}
