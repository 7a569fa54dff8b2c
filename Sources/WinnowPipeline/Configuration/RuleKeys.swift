// The keys of one rule in `strip.keep` and `strip.drop`.

package import Winnow

/// A rule as pipeline.json writes it.
package enum RuleKeys {
  /// Keys of which a rule needs one.
  private static let parts = ["selector", "phrase", "regex"]

  package static let kind = ValueKind.rule(keys, oneOf: parts)

  private static let keys: [KeyFacts] = [
    KeyFacts(
      name: "selector", kind: .text(.selector),
      help: "CSS: the rule holds for the blocks below an element that it matches.",
      defaultValue: nil, isOptional: true),
    KeyFacts(
      name: "phrase", kind: .text(.phrase), help: "Plain text that the block holds.",
      defaultValue: nil, isOptional: true),
    KeyFacts(
      name: "regex", kind: .text(.regex),
      help: "A regular expression that matches in the block's text.", defaultValue: nil,
      isOptional: true),
    KeyFacts(
      name: "match", kind: .choice(Rule.Match.allCases.map(\.rawValue)),
      help: "Whether phrase and regex are looked for in the block's text or must be all of it.",
      defaultValue: JSONValue(.string(Rule.Match.contains.rawValue))),
    KeyFacts(
      name: "hosts", kind: .list(of: .text(.host), atLeast: 1, isUnique: true),
      help: """
        Pages of these hosts alone: `example.org`, or `*.example.org` with all hosts below it. \
        A page whose address is not known has no host.
        """,
      defaultValue: nil, isOptional: true),
  ]

  /// The rule of an object that the checker has passed.
  package static func rule(_ object: JSONValue) -> Rule? {
    try? Rule(
      selector: object["selector"]?.string, phrase: object["phrase"]?.string,
      regex: object["regex"]?.string,
      match: object["match"]?.string.flatMap(Rule.Match.init(rawValue:)) ?? .contains,
      hosts: (object["hosts"]?.array ?? []).compactMap(\.string))
  }
}

extension ValueKind {
  /// The keys of an object, or of the objects of a list.
  var innerKeys: [KeyFacts]? {
    switch self {
    case .section(let keys), .rule(let keys, _): keys
    case .list(let element, _, _): element.innerKeys
    default: nil
    }
  }
}
