// SQLite's C interface, confined to this file: SQL and values in, values out. No pointer leaves it.

internal import CSQLite

/// What SQLite refused, by its own result code and sentence.
struct SQLiteError: Error {
  /// A primary result code (https://www.sqlite.org/rescode.html).
  let code: Int32
  let message: String
}

extension SQLiteError {
  /// The kinds that need different help.
  enum Kind { case damaged, busy, full, unwritable, other }

  var kind: Kind {
    switch code {
    case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged
    case SQLITE_BUSY, SQLITE_LOCKED: .busy
    case SQLITE_FULL: .full
    case SQLITE_READONLY: .unwritable
    default: .other
    }
  }
}

/// A value in a row or for a `?`.
enum SQLiteValue {
  case null, integer(Int64), real(Double), text(String), blob([UInt8])

  static func integer(_ value: Int) -> SQLiteValue { .integer(Int64(value)) }
  static func blob(_ value: ContentHash) -> SQLiteValue { .blob(value.bytes) }
  static func optional<Value>(
    _ value: Value?, _ make: (Value) -> SQLiteValue
  ) -> SQLiteValue {
    value.map(make) ?? .null
  }
}

/// The row a statement stands on; not to be kept.
struct SQLiteRow {
  fileprivate let statement: OpaquePointer

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }
  func int(_ column: Int32) -> Int { Int(integer(column)) }
  func real(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }

  func text(_ column: Int32) -> String { String(decoding: blob(column), as: UTF8.self) }

  func blob(_ column: Int32) -> [UInt8] {
    guard let bytes = sqlite3_column_blob(statement, column) else { return [] }
    let count = Int(sqlite3_column_bytes(statement, column))
    return Array(UnsafeRawBufferPointer(start: bytes, count: count))
  }

  func hash(_ column: Int32) -> ContentHash? { ContentHash(bytes: blob(column)) }
}

/// An open database, for one thread at a time. Closed at the end of its life.
struct SQLiteDatabase: ~Copyable {
  enum Mode {
    case readWrite, create, readOnly
    /// For a file that nobody writes to: nothing beside it is touched.
    case immutable
  }

  private let handle: OpaquePointer
  /// Statements that were made, by their text. All are at their start when no call is under way.
  private var statements: [String: OpaquePointer] = [:]

  /// - Parameters:
  ///   - path: Bytes; need not be UTF-8.
  ///   - patience: Milliseconds to wait for other programs' locks.
  init(_ path: [UInt8], _ mode: Mode, patience: Int32) throws(SQLiteError) {
    var flags =
      switch mode {
      case .readWrite: SQLITE_OPEN_READWRITE
      case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
      case .readOnly: SQLITE_OPEN_READONLY
      case .immutable: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
      }
    // Whoever calls sees to it that one thread at a time does.
    flags |= SQLITE_OPEN_NOMUTEX
    var name = path
    if case .immutable = mode { name = Self.uri(path) + Array("?immutable=1".utf8) }
    var opened: OpaquePointer?
    let code = (name.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer {
      sqlite3_open_v2($0.baseAddress, &opened, flags, nil)
    }
    guard let opened else { throw SQLiteError(code: code, message: "no memory") }
    guard code == SQLITE_OK else {
      let message = String(cString: sqlite3_errmsg(opened))
      sqlite3_close_v2(opened)
      throw SQLiteError(code: code & 0xFF, message: message)
    }
    handle = opened
    sqlite3_busy_timeout(handle, patience)
  }

  deinit {
    for statement in statements.values { sqlite3_finalize(statement) }
    sqlite3_close_v2(handle)
  }

  /// Runs one statement and hands out its rows.
  mutating func query(
    _ sql: String, _ values: [SQLiteValue] = [], _ body: (SQLiteRow) -> Void = { _ in }
  ) throws(SQLiteError) {
    let statement = try prepared(sql)
    defer {
      sqlite3_reset(statement)
      sqlite3_clear_bindings(statement)
    }
    for (index, value) in values.enumerated() {
      guard Self.bind(value, to: statement, at: Int32(index + 1)) == SQLITE_OK else {
        throw failure()
      }
    }
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW: body(SQLiteRow(statement: statement))
      case SQLITE_DONE: return
      default: throw failure()
      }
    }
  }

  /// What `body` makes of the first row.
  mutating func first<Value>(
    _ sql: String, _ values: [SQLiteValue] = [], _ body: (SQLiteRow) -> Value
  ) throws(SQLiteError) -> Value? {
    var result: Value?
    try query(sql, values) { if result == nil { result = body($0) } }
    return result
  }

  mutating func all<Value>(
    _ sql: String, _ values: [SQLiteValue] = [], _ body: (SQLiteRow) -> Value
  ) throws(SQLiteError) -> [Value] {
    var result: [Value] = []
    try query(sql, values) { result.append(body($0)) }
    return result
  }

  /// Runs statements that give no rows and take no values.
  func run(_ script: String) throws(SQLiteError) {
    guard sqlite3_exec(handle, script, nil, nil, nil) == SQLITE_OK else { throw failure() }
  }

  /// Does all that `body` does, or nothing of it.
  mutating func transaction<Value>(
    _ body: (inout SQLiteDatabase) throws(SQLiteError) -> Value
  ) throws(SQLiteError) -> Value {
    // At once as a writer: one that becomes a writer later cannot wait for others.
    try run("BEGIN IMMEDIATE")
    do throws(SQLiteError) {
      let result = try body(&self)
      try run("COMMIT")
      return result
    } catch {
      // SQLite may have rolled back by itself; then this fails, and that is fine.
      try? run("ROLLBACK")
      throw error
    }
  }

  var lastRowID: Int64 { sqlite3_last_insert_rowid(handle) }

  private mutating func prepared(_ sql: String) throws(SQLiteError) -> OpaquePointer {
    if let known = statements[sql] { return known }
    var made: OpaquePointer?
    guard
      sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil)
        == SQLITE_OK, let made
    else { throw failure() }
    statements[sql] = made
    return made
  }

  private static func bind(
    _ value: SQLiteValue, to statement: OpaquePointer, at index: Int32
  ) -> Int32 {
    switch value {
    case .null: return sqlite3_bind_null(statement, index)
    case .integer(let value): return sqlite3_bind_int64(statement, index, value)
    case .real(let value): return sqlite3_bind_double(statement, index, value)
    case .text(let value):
      return csqlite_bind_text(statement, index, value, Int32(value.utf8.count))
    case .blob(let value):
      // A pointer even for no bytes: without one, SQLite would bind NULL.
      return (value.isEmpty ? [0] : value).withUnsafeBytes {
        csqlite_bind_blob(statement, index, $0.baseAddress, Int32(value.count))
      }
    }
  }

  private func failure() -> SQLiteError {
    let code = sqlite3_errcode(handle) & 0xFF
    var message = String(cString: sqlite3_errmsg(handle))
    // "disk I/O error" alone does not say that the disk is full.
    let system = sqlite3_system_errno(handle)
    if code == SQLITE_IOERR || code == SQLITE_CANTOPEN, system != 0 {
      message += " (\(SystemError(code: system)))\(SystemError(code: system).remedy)"
    }
    return SQLiteError(code: code, message: message)
  }

  /// `file:` and the path, all but the plainest bytes escaped.
  private static func uri(_ path: [UInt8]) -> [UInt8] {
    let plain = Array("/-_.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
    let digits = Array("0123456789ABCDEF".utf8)
    return Array("file:".utf8)
      + path.flatMap { byte in
        plain.contains(byte)
          ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
  }
}
