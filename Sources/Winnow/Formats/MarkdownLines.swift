// What the start of a line means in Markdown, and how to take that meaning away.

enum MarkdownLines {
  static func split(_ text: [UInt8]) -> [[UInt8]] {
    text.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
  }

  static func longestRun(of byte: UInt8, in text: some Sequence<UInt8>) -> Int {
    var longest = 0
    var current = 0
    for each in text {
      current = each == byte ? current + 1 : 0
      longest = max(longest, current)
    }
    return longest
  }

  /// A line of a paragraph with a backslash before what would start another block.
  ///
  /// Spaces at the start go, for four would make code. Characters that inline escapes take care of
  /// wherever they stand (`*`, `_`, `` ` ``, `~`, `<`) are not looked at.
  static func escapeStart(_ line: [UInt8]) -> [UInt8] {
    let text = Array(line.drop { $0 == 0x20 || $0 == 0x09 })
    guard let first = text.first else { return text }
    switch first {
    case UInt8(ascii: "#"):
      let level = text.prefix { $0 == first }.count
      return level <= 6 && isSpaceOrEnd(text, level) ? escape(text, at: 0) : text
    case UInt8(ascii: ">"):
      return escape(text, at: 0)
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      let isMarker = isSpaceOrEnd(text, 1)
      return isMarker || isRule(text) || isDelimiterRow(text) ? escape(text, at: 0) : text
    case UInt8(ascii: "="):
      return isRule(text) ? escape(text, at: 0) : text
    case UInt8(ascii: ":"), UInt8(ascii: "|"):
      return isDelimiterRow(text) ? escape(text, at: 0) : text
    case UInt8(ascii: "["):
      return isTaskMarker(text) ? escape(text, at: 0) : text
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let digits = text.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.count
      guard digits <= 9, digits < text.count else { return text }
      let isMarker = text[digits] == UInt8(ascii: ".") || text[digits] == UInt8(ascii: ")")
      return isMarker && isSpaceOrEnd(text, digits + 1) ? escape(text, at: digits) : text
    default:
      return text
    }
  }

  private static func escape(_ text: [UInt8], at index: Int) -> [UInt8] {
    text[..<index] + [UInt8(ascii: "\\")] + text[index...]
  }

  private static func isSpaceOrEnd(_ text: [UInt8], _ index: Int) -> Bool {
    index >= text.count || text[index] == 0x20 || text[index] == 0x09
  }

  /// A line of `-` or `=` alone: a thematic break, or the underline of a heading.
  private static func isRule(_ text: [UInt8]) -> Bool {
    text.allSatisfy { $0 == text[0] || $0 == 0x20 || $0 == 0x09 }
  }

  /// The line below the head of a table.
  private static func isDelimiterRow(_ text: [UInt8]) -> Bool {
    text.contains(UInt8(ascii: "-"))
      && text.allSatisfy {
        $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "|")
          || $0 == 0x20 || $0 == 0x09
      }
  }

  private static func isTaskMarker(_ text: [UInt8]) -> Bool {
    text.count >= 3 && text[2] == UInt8(ascii: "]") && isSpaceOrEnd(text, 3)
      && (text[1] == 0x20 || text[1] | 0x20 == UInt8(ascii: "x"))
  }
}
