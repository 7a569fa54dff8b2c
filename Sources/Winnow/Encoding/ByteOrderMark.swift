// The byte order mark at the start of a page.

enum ByteOrderMark {
  /// The encoding whose mark the page starts with, and the mark's length in bytes.
  ///
  /// `FF FE 00 00` is UTF-32 here: a page in UTF-16 that starts with NUL is none.
  static func find(in bytes: [UInt8]) -> (TextEncoding, Int)? {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return (.utf32LE, 4) }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return (.utf32BE, 4) }
    if bytes.starts(with: [0xFF, 0xFE]) { return (.utf16LE, 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return (.utf16BE, 2) }
    return nil
  }
}
