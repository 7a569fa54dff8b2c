// The Markdown format: front matter and blocks in, CommonMark with GFM's tables out.
//
// Terms of definition lists become strong paragraphs, for Markdown has no such lists. Lists that
// follow each other change their markers, so that they stay apart.

struct MarkdownFormat {
  private var writer = MarkdownWriter()

  /// The document with its metadata as YAML front matter; nothing for an empty document.
  static func render(_ document: Document) -> [UInt8] {
    var output = FrontMatter.render(document.metadata)
    let body = renderBody(document.blocks)
    if !output.isEmpty && !body.isEmpty { output.append(0x0A) }
    output.append(contentsOf: body)
    return output
  }

  /// The blocks alone, ended by a line feed unless empty.
  static func renderBody(_ blocks: [DocumentBlock]) -> [UInt8] {
    var format = MarkdownFormat()
    format.write(BlockTree.make(blocks), isTight: false)
    return format.writer.output
  }

  /// Writes siblings, with blank lines between them unless the list they stand in is tight.
  private mutating func write(_ nodes: [BlockNode], isTight: Bool) {
    var lastList: (isOrdered: Bool, isAlternate: Bool)?
    for node in nodes where !MarkdownFormat.isBlank(node) {
      if !isTight { writer.separate() }
      var list: (isOrdered: Bool, isAlternate: Bool)?
      switch node {
      case .block(let block):
        write(block)
      case .container(let container, let children):
        switch container.kind {
        case .list(let start):
          let isAlternate =
            lastList.map { $0.isOrdered == (start != nil) && !$0.isAlternate } ?? false
          list = (start != nil, isAlternate)
          writeList(children, start: start, isAlternate: isAlternate)
        case .quote:
          writer.push(first: "> ", rest: "> ")
          write(children, isTight: false)
          writer.pop()
        case .table:
          write(table: children)
        case .term:
          for block in node.blocks { write(MarkdownFormat.strong(block)) }
        case .item, .definition, .row, .cell:
          write(children, isTight: false)
        }
      }
      lastList = list
    }
  }

  private static func isBlank(_ node: BlockNode) -> Bool {
    switch node {
    case .block(let block): block.isBlank && !block.marks.contains(where: \.isImage)
    // An item without text still counts in its list.
    case .container(let container, let children):
      container.kind != .item && children.allSatisfy(isBlank)
    }
  }

  private static func strong(_ block: DocumentBlock) -> DocumentBlock {
    var block = block
    if block.role != .code {
      block.marks.insert(InlineMark(.strong, 0..<block.text.utf8.count), at: 0)
    }
    return block
  }

  // MARK: Lists

  private mutating func writeList(_ items: [BlockNode], start: Int?, isAlternate: Bool) {
    let isTight = items.allSatisfy(MarkdownFormat.isTight)
    // CommonMark reads nine digits at most, and no sign.
    var number = min(max(start ?? 0, 0), 999_999_999 - items.count)
    for (index, item) in items.enumerated() {
      if index > 0 && !isTight { writer.separate() }
      let marker =
        start == nil ? (isAlternate ? "* " : "- ") : "\(number)" + (isAlternate ? ") " : ". ")
      writer.push(first: marker, rest: String(repeating: " ", count: marker.utf8.count))
      if case .container(let container, let children) = item, container.kind == .item {
        write(children, isTight: isTight)
      } else {
        write([item], isTight: isTight)
      }
      writer.pop()
      number += 1
    }
  }

  /// Whether an item needs no blank line: one paragraph and then, perhaps, lists that may follow a
  /// paragraph directly.
  private static func isTight(_ item: BlockNode) -> Bool {
    guard case .container(_, let children) = item else {
      if case .block(let block) = item { return block.role != .code }
      return false
    }
    for (index, child) in children.enumerated() {
      switch child {
      case .block(let block):
        if index > 0 || block.role == .code { return false }
      case .container(let container, let items):
        guard case .list(let start) = container.kind, index < 2 else { return false }
        // Only a list that starts with 1 and with text interrupts a paragraph.
        if start ?? 1 != 1 || items.first.map(holdsText) != true { return false }
        if !items.allSatisfy(isTight) { return false }
      }
    }
    return true
  }

  private static func holdsText(_ node: BlockNode) -> Bool {
    node.blocks.contains { !$0.text.isEmpty }
  }

  // MARK: Blocks

  private mutating func write(_ block: DocumentBlock) {
    switch block.role {
    case .code:
      writeCode(block)
    case .title, .heading:
      // A heading whose level is unknown stands below the title.
      let level = block.headingLevel > 0 ? min(block.headingLevel, 6) : block.role == .title ? 1 : 2
      var inline = MarkdownInline(block, context: .heading)
      writer.line([UInt8](repeating: UInt8(ascii: "#"), count: level) + [0x20] + inline.render())
    default:
      var inline = MarkdownInline(block, context: .paragraph)
      for line in MarkdownLines.split(inline.render()) {
        writer.line(MarkdownLines.escapeStart(line))
      }
    }
  }

  /// A fence longer than any run of backticks inside.
  private mutating func writeCode(_ block: DocumentBlock) {
    let code = Array(block.text.utf8)
    let fence = [UInt8](
      repeating: UInt8(ascii: "`"), count: max(3, MarkdownLines.longestRun(of: 0x60, in: code) + 1))
    let language = block.codeLanguage.map { $0.utf8.filter { $0 > 0x20 && $0 != 0x60 } } ?? []
    writer.line(fence + language)
    for line in MarkdownLines.split(code) { writer.line(line) }
    writer.line(fence)
  }

  private mutating func write(table rows: [BlockNode]) {
    // A caption comes before its table.
    let others = rows.filter { !MarkdownTable.isRow($0) }
    write(others, isTight: false)
    let lines = MarkdownTable.lines(rows.filter(MarkdownTable.isRow))
    if !others.isEmpty && !lines.isEmpty { writer.separate() }
    for line in lines { writer.line(line) }
  }
}
