// The state that app shells embed as JSON (`__NEXT_DATA__` and its like): long prose in any of its
// strings.

extension EmbeddedCollector {
  /// Strings of a state that are looked at.
  private static let stringLimit = 100_000
  /// Words from which on a string may be prose; shorter ones are labels and messages.
  private static let leastWords = 20
  /// Keys whose text is for machines or other pages.
  private static let foreignKeys: Set<String> = [
    "css", "style", "styles", "query", "html_head", "head", "script", "scripts", "svg", "seo",
    "translations", "messages", "i18n", "locale", "locales", "footer", "header", "navigation",
    "nav", "menu", "cookie", "cookies", "consent", "legal", "disclaimer", "meta", "metadata",
    "config", "env", "runtimeConfig", "flags", "features", "related", "recommendations", "schema",
  ]

  /// Adds the prose of a state in the order of its text.
  mutating func addState(_ root: JSONValue) {
    var stack = [root]
    var seen = 0
    while let value = stack.popLast(), seen < Self.stringLimit, !isFull {
      switch value.content {
      case .string(let text):
        seen += 1
        if Self.isProse(text) { add(.paragraph, text: text) }
      case .array(let values): stack.append(contentsOf: values.reversed())
      case .object(let members):
        for member in members.reversed() where !Self.foreignKeys.contains(member.key.lowercased()) {
          stack.append(member.value)
        }
      default: break
      }
    }
  }

  /// Sentences of some length, not code, data or an address.
  private static func isProse(_ text: String) -> Bool {
    guard text.utf8.count >= 100, let first = text.utf8.first(where: { $0 > 0x20 }) else {
      return false
    }
    // JSON in a string, a script, a style.
    if first == 0x7B || first == 0x5B || first == 0x2E || first == 0x23 { return false }
    var text = text
    return text.withUTF8 { bytes in
      let braces = bytes.count { $0 == 0x7B || $0 == 0x7D || $0 == 0x3B || $0 == 0x3D }
      guard braces * 30 < bytes.count || bytes.contains(0x3C) else { return false }
      var counter = TextCounter()
      counter.add(bytes)
      let counts = counter.finish()
      return counts.words >= leastWords && counts.sentences >= 1
        && Int(counts.letters) * 3 >= Int(counts.characters) * 2
    }
  }
}
