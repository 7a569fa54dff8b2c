// What strings in pipeline.json must look like, one case a use.

/// A rule for the content of a string.
package enum TextRule: Sendable, Equatable, CaseIterable {
  /// A file or folder.
  case path
  /// A glob on paths below an input folder.
  case pattern
  /// The primary language of a BCP 47 tag.
  case language

  var singular: String {
    switch self {
    case .path: "path"
    case .pattern: "pattern"
    case .language: "language"
    }
  }

  /// What to give, in messages and docs.
  var noun: String {
    switch self {
    case .path: "a path"
    case .pattern: "a pattern such as \"**/*.html\""
    case .language: "a language of two or three small letters such as \"en\""
    }
  }

  var plural: String {
    switch self {
    case .path: "paths"
    case .pattern: "patterns"
    case .language: "languages"
    }
  }

  /// The rule as a regular expression of ECMA-262, for the schema; `allows` means the same.
  var expression: String {
    switch self {
    case .path, .pattern: #"^[^\u0000]+$"#
    case .language: "^[a-z]{2,3}$"
    }
  }

  func allows(_ text: String) -> Bool {
    let bytes = text.utf8
    switch self {
    case .path, .pattern: return !bytes.isEmpty && !bytes.contains(0)
    case .language:
      let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
      return 2...3 ~= bytes.count && bytes.allSatisfy { letters.contains($0) }
    }
  }
}
