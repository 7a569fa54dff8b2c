// The ledger's tables. Everything that stands here is part of the file's format: a change raises
// `version` and gets a step that brings older files to it.

enum LedgerSchema {
  /// In the file's header: "Wnnw". Tells the ledger from every other SQLite database.
  static let applicationID: Int32 = 0x576E_6E77
  static let version = 3

  private static let configurationTable = """
    -- The configurations of runs, as they were written.
    CREATE TABLE configuration (
      hash BLOB PRIMARY KEY,           -- as pages have it
      text BLOB NOT NULL,
      run INTEGER NOT NULL             -- the last that used it
    ) STRICT, WITHOUT ROWID;
    """

  /// Made where they are missing: there are ledgers of version 2 with some of them.
  private static let laterTables = """
    -- Where a page came from, if that was known before it was read.
    CREATE TABLE IF NOT EXISTS origin (
      page INTEGER PRIMARY KEY REFERENCES page (id) ON DELETE CASCADE,
      url TEXT,
      saved TEXT,                      -- ISO 8601
      record TEXT                      -- what its archive calls it
    ) STRICT;

    -- Containers that were not read to their end: up to where their pages are done.
    CREATE TABLE IF NOT EXISTS progress (
      path BLOB PRIMARY KEY,           -- of the container, as in page
      size INTEGER NOT NULL,           -- of its file, as in page
      modified INTEGER NOT NULL,
      inode INTEGER NOT NULL,
      options BLOB NOT NULL,           -- hash of the options that decide which pages it holds
      name BLOB NOT NULL,              -- of a page in it; all before that one are in page
      pages INTEGER NOT NULL           -- how many those are
    ) STRICT, WITHOUT ROWID;

    -- Files that hold rows; `path` and `target` differ only while files get their names.
    CREATE TABLE IF NOT EXISTS part (
      id INTEGER PRIMARY KEY,
      format TEXT NOT NULL,            -- empty: rows of a run that wait
      path BLOB NOT NULL,              -- below the output folder
      target BLOB NOT NULL,            -- where it belongs; empty: to be removed
      rows INTEGER NOT NULL,
      packing TEXT NOT NULL,
      plain INTEGER NOT NULL,          -- bytes before packing
      limitBytes INTEGER NOT NULL,     -- of plain, when it was cut
      size INTEGER NOT NULL,
      modified INTEGER NOT NULL,       -- ns since 1970, when it was written
      hash BLOB NOT NULL
    ) STRICT;
    -- One row a document in a file of many.
    CREATE TABLE IF NOT EXISTS entry (
      page INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
      format TEXT NOT NULL,
      part INTEGER NOT NULL,
      offset INTEGER NOT NULL,         -- in the part, before packing
      length INTEGER NOT NULL,
      PRIMARY KEY (page, format)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS entryPart ON entry (part);
    """

  /// What brings a ledger of version `1 + index` to the next one.
  private static let steps = [
    """
    ALTER TABLE page ADD COLUMN words INTEGER;
    \(configurationTable)
    """,
    """
    \(laterTables)
    ALTER TABLE run ADD COLUMN inputs BLOB;
    """,
  ]

  /// Paths are bytes. Hashes are 16 bytes (`ContentHash`).
  static let tables = """
    -- One row a page that some run has seen.
    CREATE TABLE page (
      id INTEGER PRIMARY KEY,
      path BLOB NOT NULL UNIQUE,       -- below the input, as in the report
      size INTEGER,                    -- bytes of the file; NULL when it could not be opened
      modified INTEGER,                -- ns since 1970; NULL when it is not to be trusted
      inode INTEGER,
      content BLOB,                    -- hash of the file's bytes
      configuration BLOB NOT NULL,     -- hash of options, release and model
      outcome TEXT NOT NULL,           -- written, filtered, failed, quarantined
      stage TEXT NOT NULL,
      reason TEXT NOT NULL,
      message TEXT NOT NULL,
      isFinal INTEGER NOT NULL,        -- 0: tried again by every run
      seconds REAL NOT NULL,
      run INTEGER NOT NULL,            -- the run that did it
      words INTEGER                    -- of its document; NULL without one
    ) STRICT;
    CREATE INDEX pageOutcome ON page (outcome, reason) WHERE outcome <> 'written';

    -- One row a document.
    CREATE TABLE output (
      page INTEGER NOT NULL REFERENCES page (id) ON DELETE CASCADE,
      path BLOB NOT NULL,              -- below the output folder
      size INTEGER NOT NULL,
      modified INTEGER NOT NULL,       -- ns since 1970, when it was written
      hash BLOB NOT NULL,
      PRIMARY KEY (page, path)
    ) STRICT, WITHOUT ROWID;

    -- Documents that must go; emptied when they are gone.
    CREATE TABLE removal (path BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;

    -- Pages that were begun and whose end is not in the ledger yet.
    CREATE TABLE hand (
      path BLOB PRIMARY KEY,
      deaths INTEGER NOT NULL,         -- runs that ended while this page alone was in hand
      isAlone INTEGER NOT NULL         -- 1 while nothing else is; 2: a container that is read
    ) STRICT, WITHOUT ROWID;

    \(configurationTable)

    CREATE TABLE run (
      id INTEGER PRIMARY KEY,
      started TEXT NOT NULL,           -- ISO 8601, UTC
      ended TEXT,                      -- NULL while it goes on, or when it was killed
      seconds REAL NOT NULL,
      exit INTEGER,
      end TEXT NOT NULL,
      process INTEGER NOT NULL,
      inputs BLOB                      -- hash of what decides which pages are looked for
    ) STRICT;

    CREATE TABLE tally (
      run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      pages INTEGER NOT NULL,
      PRIMARY KEY (run, name)
    ) STRICT, WITHOUT ROWID;

    \(laterTables)
    """

  /// Brings an older ledger to this version, all steps or none; leaves one of this version as it
  /// is.
  ///
  /// - Parameter version: That of the ledger, at least 1.
  static func bringUp(
    _ database: inout SQLiteDatabase, from version: Int
  ) throws(SQLiteError) {
    guard version < Self.version else { return }
    try database.transaction { (database) throws(SQLiteError) in
      for step in steps[(version - 1)...] { try database.run(step) }
      try database.run("PRAGMA user_version = \(Self.version)")
    }
  }

  static func create(in database: inout SQLiteDatabase) throws(SQLiteError) {
    try database.transaction { (database) throws(SQLiteError) in
      try database.run(tables)
      try database.run("PRAGMA application_id = \(applicationID)")
      try database.run("PRAGMA user_version = \(version)")
    }
  }
}
