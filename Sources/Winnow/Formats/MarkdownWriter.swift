// Lines of Markdown inside quotes and lists: every line gets the markers of what it stands in.

struct MarkdownWriter {
  private(set) var output: [UInt8] = []
  private var open: [Level] = []
  private var isSeparated = true

  /// An open quote or item.
  private struct Level {
    var first: [UInt8]
    var rest: [UInt8]
    /// Whether no line was written in it yet.
    var isFresh = true
  }

  /// Opens a quote or an item: its next line starts with `first`, the later ones with `rest`.
  mutating func push(first: String, rest: String) {
    open.append(Level(first: Array(first.utf8), rest: Array(rest.utf8)))
  }

  /// Closes the innermost quote or item; an empty one gets its marker alone.
  mutating func pop() {
    if open.last?.isFresh == true { line([]) }
    open.removeLast()
  }

  /// - Parameter isExact: Whether white space at the end is part of the text.
  mutating func line(_ text: [UInt8], isExact: Bool = false) {
    for index in open.indices {
      output.append(contentsOf: open[index].isFresh ? open[index].first : open[index].rest)
      open[index].isFresh = false
    }
    output.append(contentsOf: text)
    while !isExact || text.isEmpty, let last = output.last, last == 0x20 || last == 0x09 {
      output.removeLast()
    }
    output.append(0x0A)
    isSeparated = false
  }

  /// A blank line before the next block, unless it is the first in what it stands in.
  mutating func separate() {
    if !isSeparated && !open.contains(where: \.isFresh) {
      line([])
      isSeparated = true
    }
  }
}
