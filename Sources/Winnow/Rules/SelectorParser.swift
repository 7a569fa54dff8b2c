// The text of a list of selectors in, its compounds out, or the first mistake with its column.

/// Reads selectors. What the tree does not keep is a mistake here, as it could never match.
struct SelectorParser {
  /// Scalars of one list, and compounds of one selector: what a person writes is far below.
  private static let longest = 2000
  private static let mostCompounds = 16

  private var scanner: RuleScanner

  init(_ text: String) { scanner = RuleScanner(text, .selector) }

  mutating func list() throws(RuleMistake) -> [ComplexSelector] {
    guard scanner.scalars.count <= Self.longest else {
      throw scanner.mistake(
        "at most \(Self.longest) characters", at: Self.longest, seen: "a longer selector")
    }
    var selectors: [ComplexSelector] = []
    repeat {
      scanner.takeSpace()
      selectors.append(try complex())
    } while scanner.take(",")
    return selectors
  }

  private mutating func complex() throws(RuleMistake) -> ComplexSelector {
    var compounds = [try compound()]
    var combinators: [ComplexSelector.Combinator] = []
    while true {
      let hasSpace = scanner.takeSpace()
      if scanner.isAtEnd || scanner.current == "," { break }
      if scanner.take(">") {
        combinators.append(.child)
      } else if scanner.take("+") {
        combinators.append(.adjacent)
      } else if scanner.take("~") {
        combinators.append(.sibling)
      } else if hasSpace {
        combinators.append(.descendant)
      } else {
        throw scanner.mistake("a space, '>', '+', '~', ',' or the end")
      }
      scanner.takeSpace()
      let place = scanner.position
      compounds.append(try compound())
      if compounds.count > Self.mostCompounds {
        throw scanner.mistake("at most \(Self.mostCompounds) elements in a selector", at: place)
      }
    }
    return ComplexSelector(compounds: compounds.reversed(), combinators: combinators.reversed())
  }

  private static let simples = "an element, .class, #id, [attribute], :not() or :nth-child()"

  private mutating func compound() throws(RuleMistake) -> CompoundSelector {
    var compound = CompoundSelector()
    let start = scanner.position
    if !scanner.take("*"), let scalar = scanner.current, Self.startsName(scalar) || scalar == "\\" {
      compound.tag = try tag()
    }
    while try simple(into: &compound) {}
    guard scanner.position > start else { throw scanner.mistake(Self.simples) }
    return compound
  }

  /// A class, id, attribute or pseudo-class; `false` if none starts here.
  private mutating func simple(into compound: inout CompoundSelector) throws(RuleMistake) -> Bool {
    let start = scanner.position
    switch scanner.current {
    case ".":
      scanner.position += 1
      compound.classes.append(Array(try name("a class").utf8))
    case "#":
      scanner.position += 1
      let id = Array(try name("an id").utf8)
      guard compound.id == nil || compound.id == id else {
        throw scanner.mistake("one id for an element", at: start)
      }
      compound.id = id
    case "[":
      scanner.position += 1
      compound.attributes.append(try attribute())
    case ":":
      scanner.position += 1
      try pseudoClass(into: &compound, start: start)
    default: return false
    }
    return true
  }

  // MARK: Names

  private static func startsName(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCIILetter || scalar == "_" || scalar == "-" || scalar.value >= 0x80
  }

  /// An identifier, its escapes undone (CSS Syntax Level 3, 4.3.7 and 4.3.11).
  private mutating func name(_ what: String) throws(RuleMistake) -> String {
    var name = String.UnicodeScalarView()
    let start = scanner.position
    while let scalar = scanner.current {
      if scalar == "\\" {
        scanner.position += 1
        name.append(try escaped())
      } else if Self.startsName(scalar) || scalar.isASCIIDigit && scanner.position > start {
        name.append(scalar)
        scanner.position += 1
      } else {
        break
      }
    }
    guard !name.isEmpty else { throw scanner.mistake(what) }
    return String(name)
  }

  private mutating func escaped() throws(RuleMistake) -> Unicode.Scalar {
    guard let first = scanner.current, first != "\n" else {
      throw scanner.mistake("a character after the backslash")
    }
    guard first.hexadecimal != nil else {
      scanner.position += 1
      return first
    }
    var value: UInt32 = 0
    var digits = 0
    while digits < 6, let digit = scanner.current?.hexadecimal {
      value = value * 16 + digit
      digits += 1
      scanner.position += 1
    }
    if scanner.current?.isRuleSpace == true { scanner.position += 1 }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  private mutating func tag() throws(RuleMistake) -> Tag {
    let start = scanner.position
    let name = try name("an element").lowercased()
    let tag = Tag.allCases.first { $0.name == name }
    guard let tag, tag != .unknown, tag.flow == .inline || tag.flow == .block else {
      throw scanner.mistake(
        "an element that Winnow tells apart and whose text it shows; give a class or id",
        at: start, seen: "'\(name)'")
    }
    return tag
  }

  // MARK: Attributes

  /// The attributes that the tree keeps with their values.
  static let attributeNames = AttributeName.allCases.filter {
    $0 != .style && $0 != .hidden && $0 != .ariaHidden
  }

  private mutating func attribute() throws(RuleMistake) -> AttributeTest {
    scanner.takeSpace()
    let start = scanner.position
    let text = try name("an attribute").lowercased()
    guard let name = Self.attributeNames.first(where: { $0.htmlName == text }) else {
      let names = Self.attributeNames.map(\.htmlName).sorted().joined(separator: ", ")
      throw scanner.mistake(
        "an attribute that Winnow keeps: \(names)", at: start, seen: "'\(text)'")
    }
    scanner.takeSpace()
    if scanner.take("]") { return AttributeTest(name: name, relation: .exists, value: []) }
    let relation: AttributeTest.Relation =
      switch scanner.current {
      case "~": .includes
      case "|": .dash
      case "^": .prefix
      case "$": .suffix
      case "*": .contains
      default: .equals
      }
    if relation != .equals { scanner.position += 1 }
    guard scanner.take("=") else {
      throw scanner.mistake("']', '=', '~=', '|=', '^=', '$=' or '*='")
    }
    scanner.takeSpace()
    let value = try attributeValue()
    scanner.takeSpace()
    guard scanner.take("]") else { throw scanner.mistake("']'") }
    return AttributeTest(name: name, relation: relation, value: Array(value.utf8))
  }

  private mutating func attributeValue() throws(RuleMistake) -> String {
    guard let quote = scanner.current, quote == "\"" || quote == "'" else {
      return try name("a value; put it in quotes unless it is a name")
    }
    scanner.position += 1
    var value = String.UnicodeScalarView()
    while let scalar = scanner.current, scalar != quote {
      scanner.position += 1
      value.append(scalar == "\\" ? try escaped() : scalar)
    }
    guard scanner.take(quote) else { throw scanner.mistake("a closing quote") }
    return String(value)
  }

  // MARK: Pseudo-classes

  private static let pseudoClasses = ":not(), :first-child, :last-child or :nth-child()"

  private mutating func pseudoClass(
    into compound: inout CompoundSelector, start: Int
  ) throws(RuleMistake) {
    guard let scalar = scanner.current, Self.startsName(scalar) else {
      throw scanner.mistake(Self.pseudoClasses, at: start)
    }
    let name = try name(Self.pseudoClasses).lowercased()
    switch name {
    case "first-child": compound.positions.append(.nth(a: 0, b: 1))
    case "last-child": compound.positions.append(.last)
    case "nth-child":
      try open()
      compound.positions.append(try nth())
      try close()
    case "not":
      try open()
      var inner = CompoundSelector()
      if let scalar = scanner.current, Self.startsName(scalar) {
        inner.tag = try tag()
      } else {
        let place = scanner.position
        guard try simple(into: &inner), inner.excluded.isEmpty else {
          throw scanner.mistake("one element, .class, #id, [attribute] or :nth-child()", at: place)
        }
      }
      compound.excluded.append(inner)
      try close()
    default: throw scanner.mistake(Self.pseudoClasses, at: start, seen: "':\(name)'")
    }
  }

  private mutating func open() throws(RuleMistake) {
    guard scanner.take("(") else { throw scanner.mistake("'('") }
    scanner.takeSpace()
  }

  private mutating func close() throws(RuleMistake) {
    scanner.takeSpace()
    guard scanner.take(")") else { throw scanner.mistake("')'") }
  }

  /// `odd`, `even`, `3`, `n`, `2n+1`, `-n + 3`.
  private mutating func nth() throws(RuleMistake) -> CompoundSelector.Position {
    let expected = "a place such as 2, odd, even or 2n+1"
    let start = scanner.position
    if let letter = scanner.current, letter == "o" || letter == "e" {
      switch try name(expected) {
      case "odd": return .nth(a: 2, b: 1)
      case "even": return .nth(a: 2, b: 0)
      default: throw scanner.mistake(expected, at: start)
      }
    }
    let sign = sign() ?? 1
    let number = try integer()
    guard scanner.take("n") || scanner.take("N") else {
      guard let number else { throw scanner.mistake(expected) }
      return .nth(a: 0, b: sign * number)
    }
    let a = sign * (number ?? 1)
    scanner.takeSpace()
    guard let second = self.sign() else { return .nth(a: a, b: 0) }
    scanner.takeSpace()
    guard let b = try integer() else { throw scanner.mistake("a number") }
    return .nth(a: a, b: second * b)
  }

  private mutating func sign() -> Int? {
    if scanner.take("+") { return 1 }
    return scanner.take("-") ? -1 : nil
  }

  private mutating func integer() throws(RuleMistake) -> Int? {
    let start = scanner.position
    var value = 0
    while let scalar = scanner.current, scalar.isASCIIDigit {
      value = value * 10 + Int(scalar.value - 0x30)
      scanner.position += 1
      guard value <= 1_000_000 else { throw scanner.mistake("at most 1000000", at: start) }
    }
    return scanner.position > start ? value : nil
  }
}
