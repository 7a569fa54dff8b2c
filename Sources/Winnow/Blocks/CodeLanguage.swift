// The programming language that a code block's markup names.

extension PageTree {
  private static let languagePrefixes = ["language-", "lang-", "highlight-source-", "brush:"]

  /// From the classes of the `pre` around a node and of what is next to it, such as
  /// `language-swift`.
  func codeLanguage(of node: Int32) -> String? {
    var at = node
    for _ in 0..<5 where at >= 0 {
      if let names = string(.class, of: Int(at)) {
        for name in names.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == ";" }) {
          for prefix in Self.languagePrefixes where name.hasPrefix(prefix) {
            let language = name.dropFirst(prefix.count)
            if !language.isEmpty, language != "none", language != "plaintext" {
              return String(language)
            }
          }
        }
      }
      at = nodes[Int(at)].parent
    }
    return nil
  }
}
