// What JSON text says, as values: every value and key knows the bytes it was read from.

/// One JSON value and where it stood in the text.
///
/// Two values are equal when they say the same; where they were read from does not count.
package struct JSONValue: Sendable, Equatable {
  package enum Content: Sendable, Equatable {
    case null
    case bool(Bool)
    /// A number written without fraction and exponent that fits: exact.
    case integer(Int)
    /// Every other number; finite when it comes from the reader.
    case double(Double)
    case string(String)
    case array([JSONValue])
    /// In the order of the text; a key that stands twice is here twice.
    case object([JSONMember])
  }

  package var content: Content
  private var start: UInt32
  private var end: UInt32

  /// A value that was not read from anywhere; its range is empty.
  package init(_ content: Content) {
    self.content = content
    start = 0
    end = 0
  }

  /// A value read from `range` of a text of less than 4 GiB.
  init(_ content: Content, range: Range<Int>) {
    self.content = content
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    end = UInt32(truncatingIfNeeded: range.upperBound)
  }

  /// The bytes the value was read from, quotes and brackets included.
  package var range: Range<Int> { Int(start)..<Int(end) }

  package static func == (left: JSONValue, right: JSONValue) -> Bool {
    left.content == right.content
  }
}

/// One key of an object and its value. Equal when key and value are, wherever they stood.
package struct JSONMember: Sendable, Equatable {
  package var key: String
  /// The bytes of the key, quotes included; empty when it was not read from anywhere.
  package var keyRange: Range<Int>
  package var value: JSONValue

  package init(_ key: String, _ value: JSONValue, keyRange: Range<Int> = 0..<0) {
    self.key = key
    self.keyRange = keyRange
    self.value = value
  }

  package static func == (left: JSONMember, right: JSONMember) -> Bool {
    left.key == right.key && left.value == right.value
  }
}

extension JSONValue {
  package var isNull: Bool { content == .null }

  package var bool: Bool? {
    if case .bool(let value) = content { value } else { nil }
  }

  /// The number, rounded to the nearest `Double`.
  package var number: Double? {
    switch content {
    case .integer(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }

  /// The number when it is a whole one, however it was written (`3`, `3.0`, `3e0`).
  package var integer: Int? {
    switch content {
    case .integer(let value): value
    case .double(let value): Int(exactly: value)
    default: nil
    }
  }

  package var string: String? {
    if case .string(let value) = content { value } else { nil }
  }

  package var array: [JSONValue]? {
    if case .array(let values) = content { values } else { nil }
  }

  package var object: [JSONMember]? {
    if case .object(let members) = content { members } else { nil }
  }

  /// The value of `key` when this is an object that has it; the last when it stands twice.
  ///
  /// - Complexity: O(number of keys).
  package subscript(key: String) -> JSONValue? {
    guard case .object(let members) = content else { return nil }
    return members.last { $0.key == key }?.value
  }
}

// Literals, so that code that makes JSON reads like JSON.

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self.init(.string(value)) }
  package init(integerLiteral value: Int) { self.init(.integer(value)) }
  package init(floatLiteral value: Double) { self.init(.double(value)) }
  package init(booleanLiteral value: Bool) { self.init(.bool(value)) }
  package init(arrayLiteral values: JSONValue...) { self.init(.array(values)) }
  package init(dictionaryLiteral members: (String, JSONValue)...) {
    self.init(.object(members.map { JSONMember($0.0, $0.1) }))
  }
}
