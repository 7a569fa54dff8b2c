// Why the ledger cannot be used.

/// A ledger that is missing something, or is none.
package enum LedgerError: Error, Equatable, CustomStringConvertible {
  /// The file is no SQLite database, or one that is broken; a sentence says what was seen.
  case damaged(path: [UInt8], String)
  /// A database of another program.
  case foreign(path: [UInt8])
  case newer(path: [UInt8], version: Int, known: Int)
  /// Another program holds it.
  case busy(path: [UInt8])
  /// There is none yet.
  case missing(path: [UInt8])
  /// The disk is full, read-only or broken; SQLite's sentence.
  case lost(path: [UInt8], String)

  static func lost(_ error: SystemError, at path: [UInt8]) -> LedgerError {
    .lost(path: path, error.description + error.remedy)
  }

  package var description: String {
    switch self {
    case .damaged(let path, let why):
      "ledger \(EscapedPath(path)) is damaged: \(why); `\(Self.rebuild(path))` puts it aside and "
        + "starts a new one, the documents stay"
    case .foreign(let path):
      "ledger \(EscapedPath(path)) belongs to another program; move it away, or give another "
        + "--output"
    case .newer(let path, let version, let known):
      "ledger \(EscapedPath(path)) is version \(version), this program knows \(known); use the "
        + "newer winnow, or `\(Self.rebuild(path))`"
    case .busy(let path):
      "ledger \(EscapedPath(path)) is in use by another program; wait until it has ended"
    case .missing(let path):
      "there is no ledger \(EscapedPath(path)); give the output folder of a run, which makes it"
    case .lost(let path, let why):
      "cannot use the ledger \(EscapedPath(path)): \(why)"
    }
  }

  /// The command for the output folder that a ledger stands in.
  private static func rebuild(_ path: [UInt8]) -> String {
    let own = path.lastIndex(of: UInt8(ascii: "/")) ?? 0
    let output = path[..<own].lastIndex(of: UInt8(ascii: "/")) ?? 0
    return "winnow ledger rebuild \(EscapedPath(Array(path[..<output])))"
  }
}
