// The end of a page's way, on its way to the ledger.

/// What became of a page, before it is made lasting.
enum Ending: Sendable {
  /// Its documents are complete, and get their names with others'.
  case written(Emitted, WrittenFacts, PagePath, PageRecord)
  case other(PageRecord)
  /// Its bytes are those of the run before, its file another.
  case unchanged([UInt8], FileStamp)
}
