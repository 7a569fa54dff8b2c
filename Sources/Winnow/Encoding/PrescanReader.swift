// Tags and attributes before the encoding is known: the tokens of WHATWG's prescan.

/// Reads tags from bytes in an encoding that has ASCII's markup.
///
/// Source: https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding
struct PrescanReader {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  private func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  /// Whether `text`, in lower case, stands at the position.
  func starts(with text: StaticString) -> Bool {
    guard position + text.utf8CodeUnitCount <= bytes.count else { return false }
    return stands(text, at: position)
  }

  /// Moves to the next tag and returns where it opens; comments, declarations and processing
  /// instructions are passed over. `nil` when there is no more.
  mutating func nextTag() -> Int? {
    while let open = bytes.firstIndex(of: UInt8(ascii: "<"), from: position) {
      position = open
      if isTag { return open }
      if starts(with: "<!--") {
        guard skipComment() else { return nil }
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

  /// A tag opens with a letter after `<` or `</`.
  private var isTag: Bool {
    let name = byte(at: position + 1) == UInt8(ascii: "/") ? position + 2 : position + 1
    return byte(at: name)?.isASCIILetter == true
  }

  var isAtEnd: Bool { position >= bytes.count }

  /// Whether the name of an element ends before `index`.
  func isEndOfName(at index: Int) -> Bool {
    guard let byte = byte(at: index) else { return false }
    return byte.isASCIISpace || byte == UInt8(ascii: "/")
  }

  /// From a tag's `<` past its attributes.
  mutating func skipTag() {
    while let byte = byte(at: position), !byte.isASCIISpace, byte != UInt8(ascii: ">") {
      position += 1
    }
    while nextAttribute() != nil {}
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
  mutating func nextAttribute() -> (name: Range<Int>, value: Range<Int>)? {
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

  /// Whether `text`, in lower case, is what stands in the range, in any case.
  func isEqual(_ range: Range<Int>, _ text: StaticString) -> Bool {
    range.count == text.utf8CodeUnitCount && stands(text, at: range.lowerBound)
  }

  /// Where `text`, in lower case, first stands inside the range, in any case.
  func firstIndex(of text: StaticString, in range: Range<Int>) -> Int? {
    let last = range.upperBound - text.utf8CodeUnitCount
    var index = range.lowerBound
    while index <= last {
      if stands(text, at: index) { return index }
      index += 1
    }
    return nil
  }

  private func stands(_ text: StaticString, at start: Int) -> Bool {
    for offset in 0..<text.utf8CodeUnitCount
    where bytes[start + offset].asciiLowered != text.utf8Start[offset] {
      return false
    }
    return true
  }

  private mutating func skipSpaces() {
    while let byte = byte(at: position), byte.isASCIISpace { position += 1 }
  }
}
