// The Markdown format: front matter and blocks in, CommonMark with GFM's tables out.
//
// Terms of definition lists become strong paragraphs, for Markdown has no such lists. Lists that
// follow each other change their markers, so that they stay apart.

struct MarkdownFormat {
  private var writer = MarkdownWriter()

  /// The document, with its metadata as YAML front matter if that is asked for; nothing for an empty
  /// document.
  static func render(_ document: Document, frontMatter: Bool = true) -> [UInt8] {
    var output = frontMatter ? FrontMatter.render(document.metadata) : []
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
        case .list(let start, let isLoose):
          let isAlternate =
            lastList.map { $0.isOrdered == (start != nil) && !$0.isAlternate } ?? false
          list = (start != nil, isAlternate)
          writeList(children, start: start, isLoose: isLoose, isAlternate: isAlternate)
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
    case .block(let block):
      block.isBlank && block.role != .rule && !block.marks.contains(where: \.isImage)
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

  private mutating func writeList(
    _ items: [BlockNode], start: Int?, isLoose: Bool, isAlternate: Bool
  ) {
    let isTight = !isLoose && items.allSatisfy(MarkdownFormat.isTight)
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

  /// Whether an item needs no blank line: each of its parts may follow the one before directly.
  private static func isTight(_ item: BlockNode) -> Bool {
    guard case .container(let container, let children) = item, container.kind == .item else {
      if case .block(let block) = item { return block.role != .code }
      return false
    }
    let parts = children.filter { !isBlank($0) }
    return zip(parts, parts.dropFirst()).allSatisfy(follows)
  }

  /// Whether a part of an item may follow another without a blank line, and not run into it.
  private static func follows(_ before: BlockNode, _ after: BlockNode) -> Bool {
    switch after {
    case .block(let block):
      switch block.role {
      case .code, .heading, .title, .rule: return true
      default:
        guard case .block(let block) = before else { return false }
        return [.code, .heading, .title, .rule].contains(block.role)
      }
    case .container(let container, let items):
      switch container.kind {
      case .quote:
        if case .container(let other, _) = before { return other.kind != .quote }
        return true
      case .list(let start, _):
        // Only a list that starts with 1 and with text interrupts a paragraph.
        return start ?? 1 == 1 && items.first.map(startsWithText) == true
      default: return false
      }
    }
  }

  private static func startsWithText(_ node: BlockNode) -> Bool {
    switch node {
    case .block(let block): block.role != .code && !block.isBlank
    case .container(_, let children): children.first.map(startsWithText) == true
    }
  }

  // MARK: Blocks

  private mutating func write(_ block: DocumentBlock) {
    switch block.role {
    case .rule:
      // Dashes could be taken for front matter or a heading's underline.
      writer.line(Array("***".utf8))
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
    for line in MarkdownLines.split(code) { writer.line(line, isExact: true) }
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
