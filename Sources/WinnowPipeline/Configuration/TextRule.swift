// What strings in pipeline.json must look like, one case a use.

internal import Winnow

/// A rule for the content of a string.
package enum TextRule: Sendable, Equatable, CaseIterable {
  /// A file or folder.
  case path
  /// A glob on paths below an input folder.
  case pattern
  /// The primary language of a BCP 47 tag.
  case language
  /// Parts of a rule for blocks, which have a syntax of their own.
  case selector, phrase, regex, host
  /// The name of a field in JSON.
  case field
  /// Of a page on the web.
  case address

  var singular: String {
    switch self {
    case .path: "path"
    case .pattern: "pattern"
    case .language: "language"
    case .selector: "selector"
    case .phrase: "phrase"
    case .regex: "regular expression"
    case .host: "host"
    case .field: "field"
    case .address: "address"
    }
  }

  /// What to give, in messages and docs.
  var noun: String {
    switch self {
    case .path: "a path"
    case .pattern: "a pattern such as \"**/*.html\""
    case .language: "a language of two or three small letters such as \"en\""
    case .selector: "a selector such as \".share, nav > ul\""
    case .phrase: "a phrase such as \"Read also\""
    case .regex: "a regular expression such as \"^Share this\""
    case .host: "a host such as \"example.org\" or \"*.example.org\""
    case .field: "the name of a field such as \"html\""
    case .address: "an address such as \"https://example.org/a\""
    }
  }

  var plural: String {
    switch self {
    case .path: "paths"
    case .pattern: "patterns"
    case .language: "languages"
    case .selector: "selectors"
    case .phrase: "phrases"
    case .regex: "regular expressions"
    case .host: "hosts"
    case .field: "fields"
    case .address: "addresses"
    }
  }

  /// The rule as a regular expression of ECMA-262, for the schema; `allows` means the same.
  var expression: String {
    switch self {
    case .path, .pattern: #"^[^\u0000]+$"#
    case .language: "^[a-z]{2,3}$"
    case .selector, .phrase, .regex, .host, .field, .address: "[^ ]"
    }
  }

  func allows(_ text: String) -> Bool {
    let bytes = text.utf8
    switch self {
    case .path, .pattern: return !bytes.isEmpty && !bytes.contains(0)
    case .language:
      let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
      return 2...3 ~= bytes.count && bytes.allSatisfy { letters.contains($0) }
    case .selector, .phrase, .regex, .host, .field, .address:
      return bytes.contains { $0 != UInt8(ascii: " ") }
    }
  }

  /// What is wrong with a text that `allows` passed, where it has a syntax of its own.
  func mistake(in text: String) -> RuleMistake? {
    do throws(RuleMistake) {
      switch self {
      case .selector: _ = try SelectorList(text)
      case .phrase: _ = try Phrase(text)
      case .regex: _ = try RegularExpression(text)
      case .host: _ = try HostPattern(text)
      case .path, .pattern, .language, .field, .address: break
      }
      return nil
    } catch {
      return error
    }
  }
}
