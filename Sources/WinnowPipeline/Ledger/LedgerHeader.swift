// The first bytes of a ledger's file, read without SQLite: what it is can be told before anything
// is opened for writing.

internal import Glibc

/// The header of an SQLite database (https://www.sqlite.org/fileformat2.html, 1.3).
enum LedgerHeader {
  private static let magic = Array("SQLite format 3\0".utf8)
  private static let length = 100

  /// Makes sure that a file is a ledger this program may open.
  ///
  /// - Returns: `false` when there is no file.
  static func check(_ path: [UInt8], in folder: CInt) throws(LedgerError) -> Bool {
    let bytes: [UInt8]
    do throws(SystemError) {
      let file = try FileCalls.open(path, in: folder, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
      guard try FileCalls.status(of: file.raw).kind == .file else {
        throw SystemError(code: EISDIR)
      }
      bytes = try FileCalls.read(file.raw, at: 0, count: length)
    } catch {
      if error.code == ENOENT { return false }
      throw .lost(error, at: path)
    }
    guard !bytes.isEmpty else { throw .damaged(path: path, "it is empty") }
    guard bytes.count == length, bytes.starts(with: magic) else {
      throw .damaged(path: path, "it does not begin like an SQLite database")
    }
    func number(at offset: Int) -> UInt32 {
      bytes[offset..<(offset + 4)].reduce(0) { $0 << 8 | UInt32($1) }
    }
    guard Int32(bitPattern: number(at: 68)) == LedgerSchema.applicationID else {
      throw .foreign(path: path)
    }
    let version = Int(number(at: 60))
    guard version <= LedgerSchema.version else {
      throw .newer(path: path, version: version, known: LedgerSchema.version)
    }
    return true
  }
}
