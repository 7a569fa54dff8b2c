// What is wrong with a user's rule, and where in the text of its part.

/// A rule that cannot be followed.
public struct RuleMistake: Error, Sendable, Equatable, CustomStringConvertible {
  /// The part of a rule that is meant, named as in pipeline.json.
  public enum Part: String, Sendable, CaseIterable {
    case selector, phrase, regex, hosts
  }

  public let part: Part
  /// Unicode scalars from the start of the part's text, `1...`; `nil` when all of it is meant.
  public let column: Int?
  /// What stands there.
  public let seen: String
  /// What could stand there.
  public let expected: String

  /// `column 7: found the end; expected …`.
  public var description: String {
    (column.map { "column \($0): " } ?? "") + "found \(seen); expected \(expected)"
  }
}

/// The text of a part, read scalar by scalar.
struct RuleScanner {
  let part: RuleMistake.Part
  let scalars: [Unicode.Scalar]
  var position = 0

  init(_ text: String, _ part: RuleMistake.Part) {
    scalars = Array(text.unicodeScalars)
    self.part = part
  }

  var isAtEnd: Bool { position >= scalars.count }
  var current: Unicode.Scalar? { isAtEnd ? nil : scalars[position] }

  func peek(_ offset: Int) -> Unicode.Scalar? {
    position + offset < scalars.count ? scalars[position + offset] : nil
  }

  /// Goes past `scalar` if it is next.
  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard current == scalar else { return false }
    position += 1
    return true
  }

  /// Goes past white space; was there any?
  @discardableResult
  mutating func takeSpace() -> Bool {
    let start = position
    while let scalar = current, scalar.isRuleSpace { position += 1 }
    return position > start
  }

  /// The mistake of having found something else here than what was expected.
  func mistake(_ expected: String, at place: Int? = nil, seen: String? = nil) -> RuleMistake {
    let place = place ?? position
    let found = place < scalars.count ? "'\(String(scalars[place]))'" : "the end"
    return RuleMistake(part: part, column: place + 1, seen: seen ?? found, expected: expected)
  }
}

extension Unicode.Scalar {
  var isRuleSpace: Bool {
    self == " " || self == "\n" || self == "\t" || self == "\r" || self == "\u{0C}"
  }

  /// The value of a hexadecimal digit.
  var hexadecimal: UInt32? {
    switch value {
    case 0x30...0x39: value - 0x30
    case 0x41...0x46: value - 0x41 + 10
    case 0x61...0x66: value - 0x61 + 10
    default: nil
    }
  }

  var isASCIIDigit: Bool { value >= 0x30 && value <= 0x39 }
  var isASCIILetter: Bool { (value | 0x20) >= 0x61 && (value | 0x20) <= 0x7A }
}
