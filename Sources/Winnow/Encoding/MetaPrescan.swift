// The encoding that a `meta` near the start of a page names.

/// WHATWG's "prescan a byte stream to determine its encoding".
///
/// Source: https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding
///
/// One difference: the standard stops at 1,024 bytes, but pages carry kilobytes of comments, styles
/// and scripts before their `meta`, and browsers find it there on a second try. So the scan goes on
/// to the end of the head, `bound` bytes at most.
struct MetaPrescan {
  /// Bytes within which a `meta` counts wherever it stands (the standard's number).
  static let standardBound = 1024
  /// Bytes within which a `meta` counts as long as the head has not ended.
  static let bound = 64 << 10

  static func encoding(of bytes: [UInt8]) -> TextEncoding? {
    bytes.withUnsafeBufferPointer { buffer in
      var scan = MetaPrescan(UnsafeBufferPointer(rebasing: buffer.prefix(bound)))
      return scan.run()
    }
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  private init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private mutating func run() -> TextEncoding? {
    while let open = bytes.firstIndex(of: UInt8(ascii: "<"), from: position) {
      position = open
      if starts(with: "<!--") {
        guard skipComment() else { return nil }
      } else if starts(with: "<meta"), let after = byte(at: open + 5),
        after.isASCIISpace || after == UInt8(ascii: "/")
      {
        position = open + 6
        if let encoding = readMeta() { return encoding }
      } else if isTag {
        if open >= Self.standardBound, starts(with: "<body") || starts(with: "</head") {
          return nil
        }
        skipTagName()
        while nextAttribute() != nil {}
      } else if let next = byte(at: open + 1),
        next == UInt8(ascii: "!") || next == UInt8(ascii: "/") || next == UInt8(ascii: "?")
      {
        guard let end = bytes.firstIndex(of: UInt8(ascii: ">"), from: open) else { return nil }
        position = end + 1
      } else {
        position = open + 1
      }
    }
    return nil
  }

  /// Reads the attributes of a `meta`; what they say about the encoding, if anything.
  private mutating func readMeta() -> TextEncoding? {
    var seen: Set<String> = []
    var hasPragma = false
    var needsPragma: Bool?
    var encoding: TextEncoding?
    while let attribute = nextAttribute() {
      let name = String(decoding: lowered(attribute.name), as: UTF8.self)
      guard seen.insert(name).inserted else { continue }
      let value = lowered(attribute.value)
      switch name {
      case "http-equiv":
        if value == Array("content-type".utf8) { hasPragma = true }
      case "content":
        if needsPragma == nil, let found = Self.encoding(inContent: value) {
          encoding = found
          needsPragma = true
        }
      case "charset":
        encoding = TextEncoding(label: value[...])
        needsPragma = false
      default: break
      }
    }
    // A tag that the bytes end in says nothing.
    guard position < bytes.count, let needsPragma, hasPragma || !needsPragma else { return nil }
    switch encoding {
    case .utf16BE, .utf16LE: return .utf8
    case .userDefined: return .windows1252
    default: return encoding
    }
  }

  /// "Extract a character encoding from a meta element", on a value in lower case.
  private static func encoding(inContent value: [UInt8]) -> TextEncoding? {
    var rest = value[...]
    while let name = rest.firstRange(of: Array("charset".utf8)) {
      rest = rest[name.upperBound...].drop(while: \.isASCIISpace)
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

  // MARK: The tokens of the prescan

  private func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  /// Whether `text`, in lower case, stands at the position.
  private func starts(with text: StaticString) -> Bool {
    guard position + text.utf8CodeUnitCount <= bytes.count else { return false }
    for offset in 0..<text.utf8CodeUnitCount
    where bytes[position + offset].asciiLowered != text.utf8Start[offset] {
      return false
    }
    return true
  }

  /// A tag opens with a letter after `<` or `</`.
  private var isTag: Bool {
    let name = byte(at: position + 1) == UInt8(ascii: "/") ? position + 2 : position + 1
    return byte(at: name)?.isASCIILetter == true
  }

  private mutating func skipTagName() {
    while let byte = byte(at: position), !byte.isASCIISpace, byte != UInt8(ascii: ">") {
      position += 1
    }
  }

  /// To the end of the comment; the dashes that open it may close it too, as in `<!-->`.
  private mutating func skipComment() -> Bool {
    var from = position + 4
    while let end = bytes.firstIndex(of: UInt8(ascii: ">"), from: from) {
      if bytes[end - 1] == UInt8(ascii: "-"), bytes[end - 2] == UInt8(ascii: "-") {
        position = end + 1
        return true
      }
      from = end + 1
    }
    return false
  }

  /// "Get an attribute": where its name and value stand; `nil` at the end of the tag.
  private mutating func nextAttribute() -> (name: Range<Int>, value: Range<Int>)? {
    while let byte = byte(at: position), byte.isASCIISpace || byte == UInt8(ascii: "/") {
      position += 1
    }
    let nameStart = position
    while let byte = byte(at: position) {
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") || byte.isASCIISpace { break }
      if byte == UInt8(ascii: "="), position > nameStart { break }
      position += 1
    }
    guard position < bytes.count, position > nameStart else { return nil }
    let name = nameStart..<position
    let empty = position..<position
    if bytes[position].isASCIISpace { skipSpaces() }
    guard byte(at: position) == UInt8(ascii: "=") else { return (name, empty) }
    position += 1
    skipSpaces()
    guard let first = byte(at: position) else { return nil }
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      let start = position + 1
      guard let close = bytes.firstIndex(of: first, from: start) else {
        position = bytes.count
        return nil
      }
      position = close + 1
      return (name, start..<close)
    }
    let start = position
    while let byte = byte(at: position), !byte.isASCIISpace, byte != UInt8(ascii: ">") {
      position += 1
    }
    return position < bytes.count ? (name, start..<position) : nil
  }

  private func lowered(_ range: Range<Int>) -> [UInt8] { bytes[range].map(\.asciiLowered) }

  private mutating func skipSpaces() {
    while let byte = byte(at: position), byte.isASCIISpace { position += 1 }
  }
}
