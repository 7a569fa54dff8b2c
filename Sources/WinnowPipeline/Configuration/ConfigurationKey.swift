// What a declaration of one key of pipeline.json is made of. A stage's options conform to
// `StageOptions`, with one declaration for each key; the checker, the JSON Schema and
// docs/configuration.md are made from them and know no key of their own.

package import Winnow

/// What a value may be: what the checker enforces and the schema says.
package indirect enum ValueKind: Sendable, Equatable {
  case boolean
  case integer(ClosedRange<Int>)
  case number(ClosedRange<Double>)
  /// One of these words.
  case choice([String])
  case text(TextRule)
  case list(of: ValueKind, atLeast: Int, isUnique: Bool)
  case section([KeyFacts])
  /// An object with keys of its own, of which `oneOf` names some that must not all be left out.
  case rule([KeyFacts], oneOf: [String])
}

/// One key as the checker, the schema and the docs see it.
package struct KeyFacts: Sendable, Equatable {
  package let name: String
  package let kind: ValueKind
  /// Sentences for people: what the key does, its unit, its special values.
  package let help: String
  /// `nil` for a key that has none.
  package let defaultValue: JSONValue?
  /// Must it be given? One without default that need not be means nothing when it is left out.
  package let isRequired: Bool

  package init(
    name: String, kind: ValueKind, help: String, defaultValue: JSONValue?, isOptional: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.help = help
    self.defaultValue = defaultValue
    isRequired = defaultValue == nil && !isOptional
  }
}

/// Options that are read from an object of pipeline.json.
package protocol ConfigurationOptions: Sendable {
  /// The defaults: the only place in which they are written.
  init()
  /// One declaration for each key, in the order of the docs.
  static var keys: [ConfigurationKey<Self>] { get }
}

/// The options of one stage.
package protocol StageOptions: ConfigurationOptions {
  /// The stage's name in pipeline.json.
  static var stage: String { get }
  /// Sentences for people: what the stage does.
  static var summary: String { get }
  /// Whether a pipeline must have it.
  static var isRequired: Bool { get }
}

/// One key: its facts, and where its value goes.
package struct ConfigurationKey<Options: ConfigurationOptions>: Sendable {
  package let facts: KeyFacts
  /// Stores a value that the checker has passed.
  let store: @Sendable (JSONValue, inout Options) -> Void

  private init(
    _ name: String, _ kind: ValueKind, _ help: String, default defaultValue: JSONValue?,
    store: @escaping @Sendable (JSONValue, inout Options) -> Void
  ) {
    facts = KeyFacts(name: name, kind: kind, help: help, defaultValue: defaultValue)
    self.store = store
  }

  package typealias Path<Value> = any (WritableKeyPath<Options, Value> & Sendable)

  package static func boolean(_ name: String, _ path: Path<Bool>, _ help: String) -> Self {
    Self(name, .boolean, help, default: JSONValue(.bool(Options()[keyPath: path]))) {
      if let value = $0.bool { $1[keyPath: path] = value }
    }
  }

  package static func integer(
    _ name: String, _ path: Path<Int>, _ range: ClosedRange<Int>, _ help: String
  ) -> Self {
    Self(name, .integer(range), help, default: JSONValue(.integer(Options()[keyPath: path]))) {
      if let value = $0.integer { $1[keyPath: path] = value }
    }
  }

  /// Megabytes of 1,048,576 bytes in the file, bytes in the options.
  package static func megabytes(
    _ name: String, _ path: Path<Int>, _ range: ClosedRange<Int>, _ help: String
  ) -> Self { scaled(name, path, shift: 20, range, help) }

  /// Gigabytes of 1,073,741,824 bytes in the file, bytes in the options.
  package static func gigabytes(
    _ name: String, _ path: Path<Int>, _ range: ClosedRange<Int>, _ help: String
  ) -> Self { scaled(name, path, shift: 30, range, help) }

  private static func scaled(
    _ name: String, _ path: Path<Int>, shift: Int, _ range: ClosedRange<Int>, _ help: String
  ) -> Self {
    let number = Options()[keyPath: path] >> shift
    return Self(name, .integer(range), help, default: JSONValue(.integer(number))) {
      if let value = $0.integer { $1[keyPath: path] = value << shift }
    }
  }

  package static func number(
    _ name: String, _ path: Path<Double>, _ range: ClosedRange<Double>, _ help: String
  ) -> Self {
    Self(name, .number(range), help, default: .shortest(Options()[keyPath: path])) {
      if let value = $0.number { $1[keyPath: path] = value }
    }
  }

  package static func choice<Value: Choice>(
    _ name: String, _ path: Path<Value>, _ help: String
  ) -> Self {
    Self(
      name, .choice(Value.allCases.map(\.rawValue)), help,
      default: JSONValue(.string(Options()[keyPath: path].rawValue))
    ) {
      if let value = $0.string.flatMap(Value.init(rawValue:)) { $1[keyPath: path] = value }
    }
  }

  /// A list of different words, at least one.
  package static func choices<Value: Choice>(
    _ name: String, _ path: Path<[Value]>, _ help: String
  ) -> Self {
    Self(
      name, .list(of: .choice(Value.allCases.map(\.rawValue)), atLeast: 1, isUnique: true), help,
      default: .strings(Options()[keyPath: path].map(\.rawValue))
    ) {
      $1[keyPath: path] = ($0.array ?? []).compactMap { $0.string.flatMap(Value.init(rawValue:)) }
    }
  }

  package static func texts(
    _ name: String, _ path: Path<[String]>, _ rule: TextRule, atLeast: Int = 0, _ help: String
  ) -> Self {
    Self(
      name, .list(of: .text(rule), atLeast: atLeast, isUnique: true), help,
      default: .strings(Options()[keyPath: path])
    ) {
      $1[keyPath: path] = ($0.array ?? []).compactMap(\.string)
    }
  }

  package static func text(
    _ name: String, _ path: Path<String>, _ rule: TextRule, _ help: String
  ) -> Self {
    Self(name, .text(rule), help, default: JSONValue(.string(Options()[keyPath: path]))) {
      if let value = $0.string { $1[keyPath: path] = value }
    }
  }

  /// A path that must be given.
  package static func requiredPath(
    _ name: String, _ path: Path<[UInt8]>, _ help: String
  ) -> Self {
    Self(name, .text(.path), help, default: nil) {
      if let value = $0.string { $1[keyPath: path] = Array(value.utf8) }
    }
  }

  /// A list of paths that must be given and hold at least one.
  package static func requiredPaths(
    _ name: String, _ path: Path<[[UInt8]]>, _ help: String
  ) -> Self {
    Self(name, .list(of: .text(.path), atLeast: 1, isUnique: true), help, default: nil) {
      $1[keyPath: path] = ($0.array ?? []).compactMap(\.string).map { Array($0.utf8) }
    }
  }

  /// A list of rules that keep or drop blocks.
  package static func rules(_ name: String, _ path: Path<[Rule]>, _ help: String) -> Self {
    Self(
      name, .list(of: RuleKeys.kind, atLeast: 0, isUnique: false), help,
      default: JSONValue(.array([]))
    ) {
      $1[keyPath: path] = ($0.array ?? []).compactMap(RuleKeys.rule)
    }
  }

  /// An object with keys of its own.
  package static func section<Inner: ConfigurationOptions>(
    _ name: String, _ path: Path<Inner>, _ help: String
  ) -> Self {
    Self(name, .section(Inner.keys.map(\.facts)), help, default: JSONValue(.object([]))) {
      Inner.store($0, into: &$1[keyPath: path])
    }
  }
}

/// A word of a fixed list.
package typealias Choice = RawRepresentable<String> & CaseIterable & Sendable

extension ConfigurationOptions {
  /// Stores the values of an object that the checker has passed; keys not given keep their value.
  static func store(_ object: JSONValue, into options: inout Self) {
    for member in object.object ?? [] {
      keys.first { $0.facts.name == member.key }?.store(member.value, &options)
    }
  }

  static var facts: [KeyFacts] { keys.map(\.facts) }
}

extension JSONValue {
  static func strings(_ values: [String]) -> JSONValue {
    JSONValue(.array(values.map { JSONValue(.string($0)) }))
  }

  /// Whole numbers without a fraction: `2`, not `2.0`.
  static func shortest(_ value: Double) -> JSONValue {
    Int(exactly: value).map { JSONValue(.integer($0)) } ?? JSONValue(.double(value))
  }
}
