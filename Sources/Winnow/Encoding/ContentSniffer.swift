// Something that is no page at all: told by its first bytes, before anything is decoded.

/// Tells pages from other files.
package enum ContentSniffer {
  /// Bytes that are looked at for control characters.
  static let sample = 4096

  /// Refuses bytes that cannot be a page.
  ///
  /// - Throws: `.empty` for nothing but white space, NULs and a byte order mark; `.notHTML` for
  ///   what begins with another format's magic number, or has so many control characters that it
  ///   is no text in any encoding.
  /// - Complexity: O(1); a page of nothing but white space is read to its end.
  package static func check(_ bytes: [UInt8]) throws(PageFailure) {
    if isBlank(bytes) { throw .empty }
    if let kind = kind(of: bytes) { throw .notHTML(kind: kind) }
  }

  private static func isBlank(_ bytes: [UInt8]) -> Bool {
    let mark = ByteOrderMark.find(in: bytes)?.1 ?? 0
    return bytes[mark...].allSatisfy { $0.isASCIISpace || $0 == 0 }
  }

  private static func kind(of bytes: [UInt8]) -> String? {
    // What starts as markup is a page, whatever follows; and most pages do.
    if startsAsMarkup(bytes) { return nil }
    if let magic = MagicNumber.all.first(where: { $0.stands(in: bytes) }) { return magic.kind }
    return isBinary(bytes) ? "binary data" : nil
  }

  private static func startsAsMarkup(_ bytes: [UInt8]) -> Bool {
    guard let first = bytes.firstIndex(where: { !$0.isASCIISpace }), first + 1 < bytes.count,
      bytes[first] == UInt8(ascii: "<")
    else { return false }
    let next = bytes[first + 1]
    return next.isASCIILetter || next == UInt8(ascii: "!") || next == UInt8(ascii: "?")
      || next == UInt8(ascii: "/")
  }

  /// More control characters than two, and than one in 32 bytes: random bytes have one in ten, text
  /// has none. ESC and SUB do not count: the first switches character sets, the second ended files.
  private static func isBinary(_ bytes: [UInt8]) -> Bool {
    if ByteOrderMark.find(in: bytes)?.0.isWide == true || WideText.encoding(of: bytes) != nil {
      return false
    }
    let head = bytes.prefix(sample)
    var controls = 0
    for byte in head where byte < 0x20 && !byte.isASCIISpace && byte != 0x1B && byte != 0x1A {
      controls += 1
    }
    return controls > 2 && controls * 32 > head.count
  }
}
