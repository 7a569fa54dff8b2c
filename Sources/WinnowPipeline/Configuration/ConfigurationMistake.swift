// One mistake in pipeline.json: facts, and the one line that is made of them.

package import Winnow

/// Something in a configuration that cannot be followed.
package struct ConfigurationMistake: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Reason: Sendable, Equatable {
    /// The file cannot be read: the system's sentence.
    case unreadable(String)
    case syntax(JSONSyntaxError.Reason)
    case unknownKey(String, nearest: String?, allowed: [String])
    case repeatedKey(String, firstLine: Int)
    case missingKey(String, expected: String)
    /// `seen` as it stands in the file.
    case wrongValue(seen: String, expected: String)
    case unknownName(seen: String, nearest: String?, allowed: [String])
    case tooFew(expected: String)
    /// A selector, phrase, regular expression or host that is none.
    case wrongRule(RuleMistake)
    /// An object has none of the keys of which it needs one.
    case noneOf([String])
    case repeatedValue(seen: String)
    case missingStage(String, order: [String])
    case repeatedStage(String, firstLine: Int)
    case stageOutOfOrder(String, after: String, order: [String])
    /// A page of `tests` has no document: why.
    case noDocument(page: String, String)
    /// A text of `tests` that is not in the document, or is.
    case phraseMissing(String, page: String)
    case phraseFound(String, page: String)
  }

  /// The file as it was named to us.
  package let file: String
  /// `nil` when the file as a whole is meant.
  package let position: TextPosition?
  /// The place in the configuration, such as `strip.limits.depth`; empty for the top.
  package let key: String
  package let reason: Reason

  /// `file:line:column: what is wrong; what to do`, on one line.
  package var description: String {
    let place = position.map { "\(file):\($0.line):\($0.column)" } ?? file
    return "\(place): \(sentence)"
  }

  private var sentence: String {
    switch reason {
    case .unreadable(let why): return "\(why); give a readable file"
    case .syntax(let reason): return JSONSyntaxError(offset: 0, reason).description
    case .unknownKey(let name, let nearest, let allowed):
      let advice =
        nearest.map { "did you mean \(Self.quote($0))?" }
        ?? "its keys are \(allowed.joined(separator: ", "))"
      return "\(subject) has no key \(Self.quote(name)); \(advice)"
    case .repeatedKey(let name, let firstLine):
      return "\(subject) has \(Self.quote(name)) already on line \(firstLine); remove one"
    case .missingKey(let name, let expected):
      return "\(subject) has no \(Self.quote(name)); give \(expected)"
    case .wrongValue(let seen, let expected): return "\(subject) is \(seen); give \(expected)"
    case .unknownName(let seen, let nearest, let allowed):
      let advice =
        nearest.map { "did you mean \(Self.quote($0))?" } ?? "give \(Self.oneOf(allowed))"
      return "\(subject) is \(seen); \(advice)"
    case .tooFew(let expected): return "\(subject) is empty; give at least \(expected)"
    case .wrongRule(let mistake): return "\(subject), \(mistake)"
    case .noneOf(let names):
      return "\(subject) has none of \(names.joined(separator: ", ")); give at least one"
    case .repeatedValue(let seen): return "\(subject) is \(seen) again; remove one"
    case .missingStage(let stage, let order):
      return "stage \(Self.quote(stage)) is missing; the order is \(order.joined(separator: ", "))"
    case .repeatedStage(let stage, let firstLine):
      return "stage \(Self.quote(stage)) stands already on line \(firstLine); remove one"
    case .stageOutOfOrder(let stage, let after, let order):
      return "stage \(Self.quote(stage)) stands after \(Self.quote(after)); "
        + "the order is \(order.joined(separator: ", "))"
    case .noDocument(let page, let why): return "\(subject): \(page): \(why)"
    case .phraseMissing(let phrase, let page):
      return "\(subject): \(Self.quote(phrase)) is not in the document of \(page); "
        + "`winnow explain` tells why"
    case .phraseFound(let phrase, let page):
      return "\(subject): \(Self.quote(phrase)) is in the document of \(page); "
        + "`winnow explain` tells why"
    }
  }

  private var subject: String { key.isEmpty ? "the file" : key }

  /// `"a", "b" or "c"`.
  static func oneOf(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.map(quote).joined() }
    return names.dropLast().map(quote).joined(separator: ", ") + " or " + quote(last)
  }

  /// In quotes, control characters escaped, cut when long.
  static func quote(_ name: String) -> String {
    var writer = JSONWriter()
    writer.string(name.count > 60 ? name.prefix(60) + "…" : name)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// Everything that is wrong with a configuration, in the order of the file; at least one.
package struct ConfigurationMistakes: Error, Sendable, Equatable, CustomStringConvertible {
  package let mistakes: [ConfigurationMistake]

  /// One line each.
  package var description: String { mistakes.map(\.description).joined(separator: "\n") }
}
