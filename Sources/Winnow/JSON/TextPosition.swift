// Where an offset into a text is for a person: its line and column.

/// A place in a text as editors show it.
package struct TextPosition: Sendable, Equatable, Comparable {
  /// `1...`; a line ends with LF.
  package let line: Int
  /// `1...`, in Unicode scalars; a tab counts as one, a byte order mark as none.
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// The position of the byte at `offset`, which may be the end of `text`.
  ///
  /// - Complexity: O(offset): for messages, not for loops.
  package init(of offset: Int, in text: [UInt8]) {
    let before = text[..<min(max(0, offset), text.count)]
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    var rest = before[lineStart...]
    if lineStart == 0, rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
    column = rest.reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
  }

  package static func < (left: TextPosition, right: TextPosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
