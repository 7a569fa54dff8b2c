// Metadata as YAML front matter. Every string is double-quoted, so that none can be read as a
// number, a date, a truth value or a comment.

enum FrontMatter {
  /// The lines between and with the `---`; nothing when the page says nothing.
  static func render(_ metadata: Metadata) -> [UInt8] {
    var lines = ""
    func add(_ key: String, _ value: String?) {
      if let value { lines += "\(key): \(quoted(value))\n" }
    }
    func add(_ key: String, _ values: [String]) {
      if values.isEmpty { return }
      lines += "\(key):\n" + values.map { "  - \(quoted($0))\n" }.joined()
    }
    add("title", metadata.title)
    add("authors", metadata.authors)
    add("published", metadata.published)
    add("modified", metadata.modified)
    add("siteName", metadata.siteName)
    add("description", metadata.description)
    add("language", metadata.language)
    add("url", metadata.url)
    add("saved", metadata.saved)
    add("recordID", metadata.recordID)
    add("canonicalURL", metadata.canonicalURL)
    add("pageType", metadata.pageType)
    add("categories", metadata.categories)
    add("tags", metadata.tags)
    add("leadImage", metadata.leadImage)
    return lines.isEmpty ? [] : Array("---\n\(lines)---\n".utf8)
  }

  /// A double-quoted scalar (YAML 1.2.2, 7.3.1).
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: quoted += "\\\""
      case 0x5C: quoted += "\\\\"
      case 0x0A: quoted += "\\n"
      case 0x09: quoted += "\\t"
      // What YAML calls not printable, and what it or older readers take for a line break.
      case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
