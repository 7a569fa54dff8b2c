// Values in, JSON text out: keys in the order in which they are given, so that the same calls give
// the same bytes.

/// Writes one JSON value, or several lines of them, piece by piece.
///
/// ```
/// var json = JSONWriter(.pretty)
/// json.beginObject()
/// json.member("title", "Winnow")
/// json.key("pages")
/// json.integer(3)
/// json.endObject()
/// json.bytes  // UTF-8, no line feed at the end
/// ```
///
/// Commas and line breaks come by themselves. Brackets must match and each value in an object must
/// follow its key; debug builds check this.
package struct JSONWriter: Sendable {
  package enum Style: Sendable {
    /// No white space.
    case compact
    /// One value a line, two spaces a level.
    case pretty
  }

  /// What has been written: UTF-8.
  package private(set) var bytes: [UInt8] = []
  private let style: Style
  /// One entry for an open bracket: whether it is an object, and whether it holds anything yet.
  private var open: [(isObject: Bool, isEmpty: Bool)] = []
  private var followsKey = false

  package init(_ style: Style = .compact) {
    self.style = style
  }

  // MARK: Brackets and keys

  package mutating func beginObject() { begin(UInt8(ascii: "{"), isObject: true) }
  package mutating func endObject() { end(UInt8(ascii: "}"), isObject: true) }
  package mutating func beginArray() { begin(UInt8(ascii: "["), isObject: false) }
  package mutating func endArray() { end(UInt8(ascii: "]"), isObject: false) }

  package mutating func key(_ key: String) {
    assert(open.last?.isObject == true && !followsKey, "a key outside an object")
    separate()
    quote(key)
    bytes.append(UInt8(ascii: ":"))
    if style == .pretty { bytes.append(0x20) }
    followsKey = true
  }

  private mutating func begin(_ bracket: UInt8, isObject: Bool) {
    beforeValue()
    bytes.append(bracket)
    open.append((isObject, true))
  }

  private mutating func end(_ bracket: UInt8, isObject: Bool) {
    assert(open.last?.isObject == isObject && !followsKey, "brackets do not match")
    let isEmpty = open.popLast()?.isEmpty ?? true
    if !isEmpty { lineBreak() }
    bytes.append(bracket)
  }

  private mutating func beforeValue() {
    assert(open.last?.isObject != true || followsKey, "a value without a key in an object")
    if !followsKey { separate() }
    followsKey = false
  }

  private mutating func separate() {
    guard !open.isEmpty else { return }
    if !open[open.count - 1].isEmpty { bytes.append(UInt8(ascii: ",")) }
    open[open.count - 1].isEmpty = false
    lineBreak()
  }

  private mutating func lineBreak() {
    guard style == .pretty else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: 2 * open.count))
  }

  // MARK: Values

  package mutating func null() {
    beforeValue()
    bytes.append(contentsOf: "null".utf8)
  }

  package mutating func bool(_ value: Bool) {
    beforeValue()
    bytes.append(contentsOf: (value ? "true" : "false").utf8)
  }

  package mutating func integer(_ value: some BinaryInteger) {
    beforeValue()
    bytes.append(contentsOf: String(value).utf8)
  }

  /// The shortest decimal that reads back as `value`; `null` when it is not finite, for which JSON
  /// has no word.
  package mutating func double(_ value: Double) {
    beforeValue()
    bytes.append(contentsOf: (value.isFinite ? value.description : "null").utf8)
  }

  package mutating func string(_ value: String) {
    beforeValue()
    quote(value)
  }

  /// A string from UTF-8; what is not valid becomes U+FFFD.
  package mutating func string(utf8: [UInt8]) {
    string(String(decoding: utf8, as: UTF8.self))
  }

  /// A whole value. The call stack does not grow with nesting.
  package mutating func value(_ value: JSONValue) {
    var rests: [Rest] = []
    begin(value, &rests)
    while let rest = rests.popLast() {
      switch rest {
      case .values(var values):
        guard let next = values.popFirst() else {
          endArray()
          continue
        }
        rests.append(.values(values))
        begin(next, &rests)
      case .members(var members):
        guard let next = members.popFirst() else {
          endObject()
          continue
        }
        rests.append(.members(members))
        key(next.key)
        begin(next.value, &rests)
      }
    }
  }

  /// What is still to be written of a bracket.
  private enum Rest {
    case values(ArraySlice<JSONValue>)
    case members(ArraySlice<JSONMember>)
  }

  /// Writes a scalar, or an opening bracket whose content is left in `rests`.
  private mutating func begin(_ value: JSONValue, _ rests: inout [Rest]) {
    switch value.content {
    case .null: null()
    case .bool(let value): bool(value)
    case .integer(let value): integer(value)
    case .double(let value): double(value)
    case .string(let value): string(value)
    case .array(let values):
      beginArray()
      rests.append(.values(values[...]))
    case .object(let members):
      beginObject()
      rests.append(.members(members[...]))
    }
  }

  package mutating func member(_ key: String, _ value: JSONValue) {
    self.key(key)
    self.value(value)
  }

  package mutating func member(_ key: String, _ value: String) {
    self.key(key)
    string(value)
  }

  /// Ends a line between two values of a JSON Lines file, or after the last.
  package mutating func lineFeed() {
    assert(open.isEmpty, "a line feed inside a value")
    bytes.append(0x0A)
  }

  /// Empties the text and keeps its memory, for the next line.
  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    followsKey = false
  }

  /// The text since the last call; the value may go on behind it. For values too large to be held.
  package mutating func take() -> [UInt8] {
    defer { bytes.removeAll(keepingCapacity: true) }
    return bytes
  }

  // MARK: Strings

  private mutating func quote(_ value: String) {
    var value = value
    bytes.append(UInt8(ascii: "\""))
    value.withUTF8 { appendEscaped($0) }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Copies runs that need no escape in one step each.
  private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    var runStart = 0
    var index = 0
    while index < text.count {
      guard let (escape, length) = Self.escape(at: index, of: text) else {
        index += 1
        continue
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[runStart..<index]))
      bytes.append(contentsOf: escape.utf8)
      index += length
      runStart = index
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[runStart...]))
  }

  /// What is written for the character at `index` and how many bytes it has, if it needs an escape.
  ///
  /// Besides what JSON demands: DEL and U+0080 to U+009F, which terminals act on, and U+2028 and
  /// U+2029, which end a line in older JavaScript.
  private static func escape(
    at index: Int, of text: UnsafeBufferPointer<UInt8>
  ) -> (String, length: Int)? {
    let byte = text[index]
    switch byte {
    case UInt8(ascii: "\""): return ("\\\"", 1)
    case UInt8(ascii: "\\"): return ("\\\\", 1)
    case 0x08: return ("\\b", 1)
    case 0x0C: return ("\\f", 1)
    case 0x0A: return ("\\n", 1)
    case 0x0D: return ("\\r", 1)
    case 0x09: return ("\\t", 1)
    case ..<0x20, 0x7F:
      let digits = String(byte, radix: 16)
      return ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits, 1)
    case 0xC2 where index + 1 < text.count && 0x80...0x9F ~= text[index + 1]:
      return ("\\u00" + String(text[index + 1], radix: 16), 2)
    case 0xE2 where index + 2 < text.count && text[index + 1] == 0x80:
      if text[index + 2] == 0xA8 { return ("\\u2028", 3) }
      if text[index + 2] == 0xA9 { return ("\\u2029", 3) }
      return nil
    default: return nil
    }
  }

}
