// The text format: blocks in, plain text out, word for word what the blocks hold.
//
// What is decided here, and why:
//
// - Nothing is added that counts as a word. Items of ordered lists get the same "- " as others:
//   their numbers are no text of the page, and the order of the lines tells them. Markdown and HTML
//   keep them.
// - A row of a table is a line, its cells joined by " | ": a tab would be invisible in an editor
//   and could be text of a cell.
// - Headings, quotes, captions are plain paragraphs; a blank line stands between blocks, a line
//   feed between the items of a list, the rows of a table, a term and its definition.

struct TextFormat {
  private var output: [UInt8] = []

  /// The text, ended by one line feed; nothing for a document without text.
  static func render(_ document: Document) -> [UInt8] {
    var format = TextFormat()
    format.output.reserveCapacity(document.blocks.reduce(1) { $0 + $1.text.utf8.count + 4 })
    var previous: DocumentBlock?
    for block in document.blocks where !block.isBlank {
      format.append(block, after: previous)
      previous = block
    }
    if !format.output.isEmpty { format.output.append(0x0A) }
    return format.output
  }

  private mutating func append(_ block: DocumentBlock, after previous: DocumentBlock?) {
    let place = TextPlace(block)
    let indent = 2 * max(place.listDepth - 1, 0)
    guard let previous else { return start(block, place, indent: indent, isNewItem: true) }
    let before = TextPlace(previous)
    if let row = place.row, row == before.row {
      output.append(contentsOf: place.cell == before.cell ? " ".utf8 : " | ".utf8)
      appendLines(block, separator: [0x20])
      return
    }
    let isOneGroup =
      place.outerList != nil && place.outerList == before.outerList
      || place.table != nil && place.table == before.table
      || place.isDefinition && (before.isTerm || before.isDefinition)
    output.append(contentsOf: isOneGroup ? "\n".utf8 : "\n\n".utf8)
    start(block, place, indent: indent, isNewItem: place.item != before.item)
  }

  /// Writes a block at the start of a line.
  private mutating func start(
    _ block: DocumentBlock, _ place: TextPlace, indent: Int, isNewItem: Bool
  ) {
    output.append(contentsOf: repeatElement(0x20, count: indent))
    if place.item != nil { output.append(contentsOf: isNewItem ? "- ".utf8 : "  ".utf8) }
    let margin = indent + (place.item == nil ? 0 : 2)
    let separator: [UInt8] =
      place.row == nil ? [0x0A] + [UInt8](repeating: 0x20, count: margin) : [0x20]
    appendLines(block, separator: separator)
  }

  /// Copies the block's text, line by line, without spaces at the ends of lines and without blank
  /// lines at its own ends.
  private mutating func appendLines(_ block: DocumentBlock, separator: [UInt8]) {
    var text = block.text
    text.withUTF8 { bytes in
      var isFirst = true
      var blankLines = 0
      var start = 0
      while start <= bytes.count {
        let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
        let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
        start = end + 1
        if line.allSatisfy(DocumentBlock.isSpace) {
          blankLines += 1
          continue
        }
        for _ in 0..<(isFirst ? 0 : blankLines + 1) {
          trimLine()
          output.append(contentsOf: separator)
        }
        // A space before the first word parts it from an image, which the text does not show.
        let words =
          isFirst && block.role != .code ? line.drop(while: DocumentBlock.isSpace) : line[...]
        output.append(contentsOf: words)
        isFirst = false
        blankLines = 0
      }
    }
    trimLine()
  }

  private mutating func trimLine() {
    while let last = output.last, last == 0x20 || last == 0x09 { output.removeLast() }
  }
}

/// Where a block stands, as far as the text format shows it. Of nested tables the outermost counts.
private struct TextPlace {
  var outerList: Int32?
  var listDepth = 0
  /// The innermost item.
  var item: Int32?
  var table: Int32?
  var row: Int32?
  var cell: Int32?
  var isTerm = false
  var isDefinition = false

  init(_ block: DocumentBlock) {
    for container in block.containers {
      switch container.kind {
      case .list where row == nil:
        outerList = outerList ?? container.identity
        listDepth += 1
      case .item where row == nil: item = container.identity
      case .table: table = table ?? container.identity
      case .row: row = row ?? container.identity
      case .cell: cell = cell ?? container.identity
      case .term: isTerm = true
      case .definition: isDefinition = true
      case .quote, .list, .item: break
      }
    }
  }
}

extension DocumentBlock {
  fileprivate static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Whether the text is nothing but spaces and line breaks.
  var isBlank: Bool { text.utf8.allSatisfy { $0 == 0x0A || DocumentBlock.isSpace($0) } }
}

extension Document {
  /// The text of the document: what the text format writes, without the final line feed.
  ///
  /// - Complexity: O(text); made anew at each call.
  public var text: String {
    String(decoding: TextFormat.render(self).dropLast(), as: UTF8.self)
  }
}
