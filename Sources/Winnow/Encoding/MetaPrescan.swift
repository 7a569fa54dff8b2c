// The encoding that a `meta` near the start of a page names.

/// WHATWG's "prescan a byte stream to determine its encoding".
///
/// Source: https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding
///
/// One difference: the standard stops at 1,024 bytes, but pages carry kilobytes of comments, styles
/// and scripts before their `meta`, and browsers find it there on a second try. So the scan goes on
/// to the end of the head, `bound` bytes at most.
enum MetaPrescan {
  /// Bytes within which a `meta` counts wherever it stands (the standard's number).
  static let standardBound = 1024
  /// Bytes within which a `meta` counts as long as the head has not ended.
  static let bound = 64 << 10

  static func encoding(of bytes: [UInt8]) -> TextEncoding? {
    bytes.withUnsafeBufferPointer { buffer in
      var reader = PrescanReader(UnsafeBufferPointer(rebasing: buffer.prefix(bound)))
      while let open = reader.nextTag() {
        if reader.starts(with: "<meta"), reader.isEndOfName(at: open + 5) {
          reader.position = open + 6
          if let encoding = encoding(inMeta: &reader) { return encoding }
        } else {
          if open >= standardBound, reader.starts(with: "<body") || reader.starts(with: "</head") {
            return nil
          }
          reader.skipTag()
        }
      }
      return nil
    }
  }

  /// Reads the attributes of a `meta`; what they say about the encoding, if anything.
  private static func encoding(inMeta reader: inout PrescanReader) -> TextEncoding? {
    // Of attributes with the same name, the first counts.
    var httpEquiv: Range<Int>?
    var content: Range<Int>?
    var charset: Range<Int>?
    while let (name, value) = reader.nextAttribute() {
      if httpEquiv == nil, reader.isEqual(name, "http-equiv") { httpEquiv = value }
      if content == nil, reader.isEqual(name, "content") { content = value }
      if charset == nil, reader.isEqual(name, "charset") { charset = value }
    }
    // A tag that the bytes end in says nothing.
    guard !reader.isAtEnd else { return nil }
    var encoding: TextEncoding?
    if let charset {
      encoding = TextEncoding(label: reader.bytes[charset])
    } else if let httpEquiv, reader.isEqual(httpEquiv, "content-type"), let content {
      encoding = Self.encoding(inContent: reader, content)
    }
    switch encoding {
    case .utf16BE, .utf16LE: return .utf8
    case .userDefined: return .windows1252
    default: return encoding
    }
  }

  /// "Extract a character encoding from a meta element".
  private static func encoding(
    inContent reader: PrescanReader, _ content: Range<Int>
  ) -> TextEncoding? {
    var rest = reader.bytes[content]
    while let name = reader.firstIndex(of: "charset", in: rest.indices) {
      rest = rest[(name + 7)...].drop(while: \.isASCIISpace)
      guard rest.first == UInt8(ascii: "=") else { continue }
      rest = rest.dropFirst().drop(while: \.isASCIISpace)
      guard let first = rest.first else { return nil }
      if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
        rest = rest.dropFirst()
        guard let close = rest.firstIndex(of: first) else { return nil }
        return TextEncoding(label: rest[..<close])
      }
      return TextEncoding(label: rest.prefix { !$0.isASCIISpace && $0 != UInt8(ascii: ";") })
    }
    return nil
  }
}
