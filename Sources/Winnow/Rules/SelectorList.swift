// CSS selectors as values: what a parsed list of selectors says.
//
// A bounded subset of Selectors Level 4: types, classes, ids, attributes, four combinators, `:not`
// of one simple selector, `:first-child`, `:last-child`, `:nth-child`. They are matched against
// the tree that Winnow keeps: without scripts, styles, `svg`, form fields and `tbody` that the
// page does not write, which `:nth-child` therefore does not count and `>` does not meet.

/// One or more selectors with commas between; matches what one of them matches.
package struct SelectorList: Sendable, Equatable {
  let selectors: [ComplexSelector]

  /// The attributes that a selector may name.
  package static var attributeNames: [String] {
    SelectorParser.attributeNames.map(\.htmlName).sorted()
  }

  /// Elements that `~` looks back over: keeps a list of 100,000 items linear.
  package static let siblingReach = 1000

  /// Does any selector ask for siblings or places among them?
  let needsSiblings: Bool

  /// - Throws: the first mistake, with its column.
  package init(_ text: String) throws(RuleMistake) {
    var parser = SelectorParser(text)
    selectors = try parser.list()
    needsSiblings = selectors.contains { $0.needsSiblings }
  }
}

/// Compounds joined by combinators.
struct ComplexSelector: Sendable, Equatable {
  enum Combinator: Sendable { case descendant, child, adjacent, sibling }

  /// From right to left: the first is what the selector matches.
  var compounds: [CompoundSelector]
  /// `combinators[i]` stands between `compounds[i + 1]` and `compounds[i]`.
  var combinators: [Combinator]

  var needsSiblings: Bool {
    combinators.contains { $0 == .adjacent || $0 == .sibling }
      || compounds.contains { $0.needsSiblings }
  }
}

/// What one element must be: all that is said must hold.
struct CompoundSelector: Sendable, Equatable {
  enum Position: Sendable, Equatable {
    case last
    /// Places `a * n + b` for `n >= 0`, of which the first is 1.
    case nth(a: Int, b: Int)
  }

  var tag: Tag?
  var id: [UInt8]?
  var classes: [[UInt8]] = []
  var attributes: [AttributeTest] = []
  var positions: [Position] = []
  /// None of these may hold.
  var excluded: [CompoundSelector] = []

  /// Is nothing said but the tag, if that?
  var isTagAlone: Bool {
    id == nil && classes.isEmpty && attributes.isEmpty && positions.isEmpty && excluded.isEmpty
  }

  var needsSiblings: Bool {
    positions.contains { $0 != .last } || excluded.contains { $0.needsSiblings }
  }
}

/// What an attribute's value must be. Letter case counts.
struct AttributeTest: Sendable, Equatable {
  enum Relation: Sendable { case exists, equals, includes, dash, prefix, suffix, contains }

  var name: AttributeName
  var relation: Relation
  var value: [UInt8]
}
