// The ledger: what earlier runs did with which page, in an SQLite database in the output folder.
//
// It is written after the files it speaks of are safe on the disk, so that a row which is missing
// or old only means that a page is done again.

internal import Glibc
internal import Synchronization

/// An open ledger. May be used from many threads: a lock lets one at a time at the database, and is
/// held as long as that works.
package final class Ledger: Sendable {
  package static let fileName = "ledger.sqlite"
  /// Milliseconds to wait for another program, such as an `sqlite3` that somebody left open.
  private static let patience: Int32 = 5000

  let path: [UInt8]
  /// `nil` once it is closed.
  private let database: Mutex<SQLiteDatabase?>

  /// Opens the ledger in a folder, making it if there is none, and checks it as a whole.
  ///
  /// - Parameter folder: The path of the run's own folder, `<output>/.winnow`, which must exist.
  /// - Complexity: Reads the whole file: about 0.1 s for a million pages that are in the cache.
  package init(in folder: [UInt8]) throws(LedgerError) {
    path = folder + Array("/\(Self.fileName)".utf8)
    if try !LedgerHeader.check(path, in: FileCalls.currentFolder) { try Self.create(at: path) }
    database = Mutex(try Self.connect(to: path))
    let version = try check()
    try read { (database) throws(SQLiteError) in
      try LedgerSchema.bringUp(&database, from: version)
    }
  }

  /// Opens a ledger to look at it; a run may go on meanwhile. Nothing is written if none does.
  package init(reading folder: [UInt8]) throws(LedgerError) {
    path = folder + Array("/\(Self.fileName)".utf8)
    guard try LedgerHeader.check(path, in: FileCalls.currentFolder) else {
      throw .missing(path: path)
    }
    // Beside a log that somebody writes, there is no other way than to take part.
    let log = try? FileCalls.status(
      of: path + Array("-wal".utf8), in: FileCalls.currentFolder, followsLink: false)
    do throws(SQLiteError) {
      database = Mutex(
        try SQLiteDatabase(
          path, (log?.size ?? 0) > 0 ? .readOnly : .immutable, patience: Self.patience))
    } catch {
      throw Self.error(error, at: path)
    }
  }

  /// Puts whatever stands in the ledger's place aside, and makes an empty ledger.
  ///
  /// - Returns: The path of what was put aside, if there was something.
  package static func rebuild(in folder: [UInt8]) throws(LedgerError) -> [UInt8]? {
    let path = folder + Array("/\(Self.fileName)".utf8)
    let aside = path + Array(".\(Clock.timestamp().filter { $0 != ":" })".utf8)
    var isThere = true
    do throws(SystemError) {
      try FileCalls.rename(path, to: aside, in: FileCalls.currentFolder)
    } catch {
      guard error.code == ENOENT else { throw .lost(error, at: path) }
      isThere = false
    }
    for ending in ["-wal", "-shm", "-journal"].map({ Array($0.utf8) }) {
      // Mostly there is none.
      try? FileCalls.rename(path + ending, to: aside + ending, in: FileCalls.currentFolder)
    }
    try create(at: path)
    return isThere ? aside : nil
  }

  /// Brings everything into the one file, which then is the whole ledger. Nothing may be asked
  /// after.
  package func close() {
    database.withLock { $0 = nil }
  }

  // MARK: Work

  /// Asks.
  func read<Value: Sendable>(
    _ body: (inout SQLiteDatabase) throws(SQLiteError) -> Value
  ) throws(LedgerError) -> Value {
    let result = database.withLock { database -> Result<Value, SQLiteError> in
      guard database != nil else {
        return .failure(SQLiteError(code: 0, message: "it is closed"))
      }
      do throws(SQLiteError) {
        return .success(try body(&database!))
      } catch {
        return .failure(error)
      }
    }
    switch result {
    case .success(let value): return value
    case .failure(let error): throw Self.error(error, at: path)
    }
  }

  /// Writes in one transaction: all of it or nothing.
  func write<Value: Sendable>(
    _ body: (inout SQLiteDatabase) throws(SQLiteError) -> Value
  ) throws(LedgerError) -> Value {
    try read { (database) throws(SQLiteError) in try database.transaction(body) }
  }

  // MARK: Opening

  /// A ledger comes into being by a rename, so that there is never half of one.
  private static func create(at path: [UInt8]) throws(LedgerError) {
    let new = path + Array(".new".utf8)
    // One that a killed run left; mostly there is none.
    try? FileCalls.remove(new, in: FileCalls.currentFolder)
    do throws(SQLiteError) {
      var database = try SQLiteDatabase(new, .create, patience: 0)
      try LedgerSchema.create(in: &database)
    } catch {
      throw Self.error(error, at: path)
    }
    do throws(SystemError) {
      try FileCalls.rename(new, to: path, in: FileCalls.currentFolder)
    } catch {
      throw .lost(error, at: path)
    }
  }

  private static func connect(to path: [UInt8]) throws(LedgerError) -> SQLiteDatabase {
    do throws(SQLiteError) {
      let database = try SQLiteDatabase(path, .readWrite, patience: patience)
      // A commit is safe from a crash of the program at once, and from a loss of power after the
      // next checkpoint; what that takes away is only done again. Half a megabyte of the file stays
      // in memory, whatever its size, and the system keeps the rest at hand.
      try database.run(
        """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        PRAGMA foreign_keys = ON;
        PRAGMA cache_size = -512;
        """)
      return database
    } catch {
      throw Self.error(error, at: path)
    }
  }

  /// - Returns: The ledger's version.
  private func check() throws(LedgerError) -> Int {
    let (finding, version) = try read { (database) throws(SQLiteError) in
      (
        try database.first("PRAGMA quick_check(1)") { $0.text(0) },
        // The header's own number may be older than the write-ahead log's.
        try database.first("PRAGMA user_version") { $0.int(0) } ?? 0
      )
    }
    guard finding == "ok" else {
      // The first line only names the database.
      let lines = (finding ?? "").split(separator: "\n").filter { !$0.hasPrefix("***") }
      throw .damaged(path: path, lines.first.map(String.init) ?? "SQLite finds nothing in it")
    }
    guard version >= 1 else { throw .damaged(path: path, "its version is \(version)") }
    guard version <= LedgerSchema.version else {
      throw .newer(path: path, version: version, known: LedgerSchema.version)
    }
    return version
  }

  private static func error(_ error: SQLiteError, at path: [UInt8]) -> LedgerError {
    switch error.kind {
    case .damaged: .damaged(path: path, error.message)
    case .busy: .busy(path: path)
    case .full: .lost(SystemError(code: ENOSPC), at: path)
    // Of the file, or of the folder, where the log beside it has to be.
    case .unwritable: .lost(SystemError(code: EACCES), at: path)
    case .other: .lost(path: path, error.message)
    }
  }
}
