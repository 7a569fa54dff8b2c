// A table as GFM writes it: rows in, lines out.
//
// The first row becomes the head, for there is no table without one. What stands in one cell is put
// on one line, its blocks parted by <br>; a cell over several columns is followed by empty ones.

enum MarkdownTable {
  static func isRow(_ node: BlockNode) -> Bool {
    if case .container(let container, _) = node { container.kind == .row } else { false }
  }

  static func lines(_ rows: [BlockNode]) -> [[UInt8]] {
    var cells = rows.map(MarkdownTable.cells).filter { !$0.isEmpty }
    guard let columns = cells.map(\.count).max() else { return [] }
    for index in cells.indices {
      cells[index] += Array(repeating: [], count: columns - cells[index].count)
    }
    var lines = cells.map(line)
    lines.insert(line(Array(repeating: Array("---".utf8), count: columns)), at: 1)
    return lines
  }

  private static func line(_ cells: [[UInt8]]) -> [UInt8] {
    var line = [UInt8(ascii: "|")]
    for cell in cells {
      line.append(0x20)
      line.append(contentsOf: cell)
      line.append(contentsOf: (cell.isEmpty ? "|" : " |").utf8)
    }
    return line
  }

  /// Columns up to which a wide cell is followed by empty ones. A page may claim a thousand for
  /// one cell, and every row would have to hold as many.
  private static let widestTable = 64

  private static func cells(_ row: BlockNode) -> [[UInt8]] {
    guard case .container(_, let children) = row else { return [] }
    var cells: [[UInt8]] = []
    for child in children {
      if case .container(let container, _) = child,
        case .cell(_, let columns, let column) = container.kind
      {
        // Cells that hold nothing are no blocks; the next one's column shows them.
        let missing = min(column ?? 0, widestTable) - cells.count
        cells += Array(repeating: [], count: max(missing, 0))
        cells.append(content(child))
        let width = min(columns - 1, widestTable - cells.count)
        cells += Array(repeating: [], count: max(width, 0))
      } else {
        cells.append(content(child))
      }
    }
    return cells
  }

  private static func content(_ cell: BlockNode) -> [UInt8] {
    var content: [UInt8] = []
    for block in cell.blocks {
      for line in lines(of: block) where !line.isEmpty {
        if !content.isEmpty { content.append(contentsOf: "<br>".utf8) }
        content.append(contentsOf: line)
      }
    }
    return content
  }

  /// A block's text for a cell: code line by line, everything else as one.
  private static func lines(of block: DocumentBlock) -> [[UInt8]] {
    guard block.role == .code else {
      var inline = MarkdownInline(block, context: .cell)
      return [inline.render()]
    }
    return block.text.split(separator: "\n").map { line in
      let mark = InlineMark(.code, 0..<line.utf8.count)
      let block = DocumentBlock(role: .tableCell, text: String(line), marks: [mark])
      var inline = MarkdownInline(block, context: .cell)
      return inline.render()
    }
  }
}
