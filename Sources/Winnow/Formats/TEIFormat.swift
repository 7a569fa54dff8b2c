// The TEI format: a document as TEI P5 (https://tei-c.org/guidelines/P5/), valid against TEI All.
//
// What is decided here, and why:
//
// - A heading begins a `div`, which holds all up to the next heading of its level or above, since
//   TEI allows a `head` only at the beginning. A heading inside a quote, an item or a cell is a
//   paragraph with `rend="heading"`.
// - Terms and definitions are a list of the type "gloss", in which they take turns; where a page has
//   two of a kind, an empty one of the other stands between.
// - Parts that TEI has no element for are paragraphs that say what they are in `rend`.

struct TEIFormat {
  var xml = XMLWriter()
  /// The levels of the headings whose `div`s are open, outermost first.
  private var sections: [Int] = []

  /// A whole TEI document, ended by a line feed; nothing for a document without blocks.
  static func render(_ document: Document) -> [UInt8] {
    let nodes = BlockTree.make(document.blocks)
    if nodes.isEmpty { return [] }
    var format = TEIFormat()
    format.xml.declare()
    format.xml.open("TEI", [("xmlns", "http://www.tei-c.org/ns/1.0")])
    format.xml.lineFeed()
    format.writeHeader(document)
    let language = document.metadata.language.flatMap(TEIFormat.language)
    format.xml.open("text", language.map { [("xml:lang", $0)] } ?? [])
    format.xml.open("body")
    format.xml.open("div")
    format.xml.lineFeed()
    for node in format.joinDefinitions(nodes) { format.writeSection(node) }
    for _ in format.sections { format.xml.close("div") }
    for name in ["div", "body", "text", "TEI"] { format.xml.close(name) }
    format.xml.lineFeed()
    return format.xml.bytes
  }

  /// Terms and definitions that stand without a list around them get one.
  private func joinDefinitions(_ nodes: [BlockNode]) -> [BlockNode] {
    var joined: [BlockNode] = []
    var parts: [BlockNode] = []
    func end() {
      if !parts.isEmpty {
        joined.append(.container(Container(.list(start: nil), identity: -1), parts))
      }
      parts = []
    }
    for node in nodes {
      if node.definitionPart != nil {
        parts.append(node)
      } else {
        end()
        joined.append(node)
      }
    }
    end()
    return joined
  }

  // MARK: Blocks

  /// A node that stands in no other.
  private mutating func writeSection(_ node: BlockNode) {
    guard case .block(let block) = node, block.role == .heading || block.role == .title else {
      return write(node)
    }
    let level = block.headingLevel > 0 ? block.headingLevel : block.role == .title ? 1 : 2
    while let last = sections.last, last >= level {
      sections.removeLast()
      xml.close("div")
      xml.lineFeed()
    }
    sections.append(level)
    xml.open("div")
    xml.open("head")
    writeInline(block)
    xml.close("head")
    xml.lineFeed()
  }

  private mutating func write(_ nodes: [BlockNode]) {
    for node in joinDefinitions(nodes) { write(node) }
  }

  private mutating func write(_ node: BlockNode) {
    switch node {
    case .block(let block): write(block)
    case .container(let container, let children): write(container.kind, children)
    }
  }

  private mutating func write(_ kind: Container.Kind, _ children: [BlockNode]) {
    switch kind {
    case .quote: writeElement("quote", [], children)
    case .list(let start, _): writeList(children, start: start)
    case .table: writeTable(children)
    // Reached only when the element they belong in is missing.
    case .item, .term, .definition, .row, .cell: write(children)
    }
  }

  private mutating func writeElement(
    _ name: String, _ attributes: [(String, String)], _ children: [BlockNode]
  ) {
    xml.open(name, attributes)
    // One plain paragraph needs no element of its own.
    if children.count == 1, case .block(let block) = children[0], block.isPlain {
      writeInline(block)
    } else if !children.isEmpty {
      xml.lineFeed()
      write(children)
    }
    xml.close(name)
    xml.lineFeed()
  }

  private mutating func write(_ block: DocumentBlock) {
    switch block.role {
    case .rule:
      xml.empty("milestone", [("unit", "section"), ("rend", "rule")])
    case .code:
      xml.open("ab", [("type", "code"), ("xml:space", "preserve")])
      xml.open("code", TEIFormat.language(ofCode: block).map { [("lang", $0)] } ?? [])
      xml.text(block.text)
      xml.close("code")
      xml.close("ab")
    default:
      xml.open("p", block.rendition.map { [("rend", $0)] } ?? [])
      writeInline(block)
      xml.close("p")
    }
    xml.lineFeed()
  }

  /// One word: the attribute takes no more.
  private static func language(ofCode block: DocumentBlock) -> String? {
    block.codeLanguage.flatMap { $0.utf8.contains { $0 <= 0x20 } || $0.isEmpty ? nil : $0 }
  }

  // MARK: Lists

  private mutating func writeList(_ children: [BlockNode], start: Int?) {
    if children.contains(where: { $0.definitionPart != nil }) { return writeGlossary(children) }
    xml.open("list", [("rend", start == nil ? "bulleted" : "numbered")])
    xml.lineFeed()
    for (index, child) in children.enumerated() {
      let number = index == 0 && (start ?? 1) != 1 ? [("n", "\(start ?? 1)")] : []
      if case .container(let container, let inner) = child, container.kind == .item {
        writeElement("item", number, inner)
      } else {
        writeElement("item", number, [child])
      }
    }
    xml.close("list")
    xml.lineFeed()
  }

  private mutating func writeGlossary(_ children: [BlockNode]) {
    xml.open("list", [("type", "gloss")])
    xml.lineFeed()
    var hasTerm = false
    for child in children {
      if child.definitionPart == .term {
        if hasTerm { xml.empty("item") }
        xml.open("label")
        for (index, block) in child.blocks.enumerated() {
          if index > 0 { xml.empty("lb") }
          writeInline(block)
        }
        xml.close("label")
        hasTerm = true
      } else {
        if !hasTerm { xml.empty("label") }
        if case .container(_, let inner) = child, child.definitionPart != nil {
          writeElement("item", [], inner)
        } else {
          writeElement("item", [], [child])
        }
        hasTerm = false
      }
    }
    if hasTerm { xml.empty("item") }
    xml.close("list")
    xml.lineFeed()
  }

  // MARK: Tables

  private mutating func writeTable(_ children: [BlockNode]) {
    let rows = children.filter(MarkdownTable.isRow)
    let others = children.filter { !MarkdownTable.isRow($0) }
    if rows.isEmpty { return write(others) }
    xml.open("table")
    xml.lineFeed()
    for block in others.flatMap(\.blocks) {
      xml.open("head")
      writeInline(block)
      xml.close("head")
      xml.lineFeed()
    }
    for case .container(_, let cells) in rows {
      xml.open("row")
      var next = 0
      for cell in cells { next = writeCell(cell, after: next) }
      xml.close("row")
      xml.lineFeed()
    }
    xml.close("table")
    xml.lineFeed()
  }

  /// - Returns: The column behind the cell.
  private mutating func writeCell(_ node: BlockNode, after next: Int) -> Int {
    guard case .container(let container, let children) = node,
      case .cell(let isHeader, let columns, let column) = container.kind
    else {
      writeElement("cell", [], [node])
      return next + 1
    }
    for _ in 0..<max((column ?? next) - next, 0) { xml.empty("cell") }
    var attributes: [(String, String)] = isHeader ? [("role", "label")] : []
    if columns > 1 { attributes.append(("cols", "\(columns)")) }
    writeElement("cell", attributes, children)
    return max(column ?? next, next) + columns
  }
}

extension DocumentBlock {
  /// What `rend` says of a paragraph that is no plain one.
  fileprivate var rendition: String? {
    switch role {
    case .title, .heading: "heading"
    case .byline: "byline"
    case .date: "date"
    case .caption: "caption"
    case .comment: "comment"
    case .body, .listItem, .tableCell, .quote, .code, .rule: nil
    }
  }

  fileprivate var isPlain: Bool { role != .code && role != .rule && rendition == nil }
}

extension BlockNode {
  fileprivate var definitionPart: Container.Kind? {
    guard case .container(let container, _) = self,
      container.kind == .term || container.kind == .definition
    else { return nil }
    return container.kind
  }
}
