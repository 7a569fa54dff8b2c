// The HTML format: a document as a page that is safe to show.
//
// Only elements and attributes named in this file are written: no scripts, handlers, styles, forms
// or frames. Addresses pass LinkTarget. All text is escaped.

struct HTMLFormat {
  private var output: [UInt8] = []

  /// A whole page; nothing for a document without blocks.
  static func render(_ document: Document) -> [UInt8] {
    let body = renderBody(document.blocks)
    if body.isEmpty { return [] }
    var format = HTMLFormat()
    format.writeHead(document.metadata)
    format.output.append(contentsOf: body)
    format.put("</article>\n</body>\n</html>\n")
    return format.output
  }

  /// The blocks alone: a fragment, ended by a line feed unless empty.
  static func renderBody(_ blocks: [DocumentBlock]) -> [UInt8] {
    var format = HTMLFormat()
    format.write(BlockTree.make(blocks))
    return format.output
  }

  private mutating func writeHead(_ metadata: Metadata) {
    put("<!DOCTYPE html>\n<html")
    if let language = metadata.language { putAttribute("lang", language) }
    put(">\n<head>\n<meta charset=\"utf-8\">\n<title>")
    putText(metadata.title ?? "")
    put("</title>\n")
    for author in metadata.authors { writeMeta("author", author) }
    if let description = metadata.description { writeMeta("description", description) }
    if let date = metadata.published { writeMeta("date", date) }
    if let address = (metadata.canonicalURL ?? metadata.url).flatMap(LinkTarget.safe) {
      put("<link rel=\"canonical\"")
      putAttribute("href", address)
      put(">\n")
    }
    // The text's own letters decide whether it runs from right to left.
    put("</head>\n<body>\n<article dir=\"auto\">\n")
  }

  private mutating func writeMeta(_ name: String, _ content: String) {
    put("<meta name=\"\(name)\"")
    putAttribute("content", content)
    put(">\n")
  }

  // MARK: Blocks

  private mutating func write(_ nodes: [BlockNode]) {
    var isInDefinitions = false
    for node in nodes {
      if node.isDefinitionPart != isInDefinitions {
        isInDefinitions.toggle()
        put(isInDefinitions ? "<dl>\n" : "</dl>\n")
      }
      write(node)
    }
    if isInDefinitions { put("</dl>\n") }
  }

  private mutating func write(_ node: BlockNode) {
    switch node {
    case .block(let block): write(block)
    case .container(let container, let children): write(container.kind, children)
    }
  }

  private mutating func write(_ kind: Container.Kind, _ children: [BlockNode]) {
    switch kind {
    case .quote: writeElement("blockquote", children)
    case .list(let start, let isLoose): writeList(children, start: start, isLoose: isLoose)
    case .item: writeFlow("li", children)
    case .term: writeFlow("dt", children)
    case .definition: writeFlow("dd", children)
    case .table: writeTable(children)
    case .row: writeRow(children)
    case .cell(let isHeader, let columns, _):
      writeFlow(isHeader ? "th" : "td", children, columns: columns)
    }
  }

  private mutating func writeElement(_ name: String, _ children: [BlockNode]) {
    put("<\(name)>\n")
    write(children)
    put("</\(name)>\n")
  }

  /// Cells that hold nothing are no blocks; they are put in where the next one's column shows them.
  private mutating func writeRow(_ cells: [BlockNode]) {
    put("<tr>\n")
    var next = 0
    for cell in cells {
      if case .container(let container, _) = cell,
        case .cell(_, let columns, let column) = container.kind
      {
        for _ in 0..<max((column ?? next) - next, 0) { put("<td></td>\n") }
        next = max(column ?? next, next) + columns
      }
      write(cell)
    }
    put("</tr>\n")
  }

  private mutating func writeList(_ children: [BlockNode], start: Int?, isLoose: Bool) {
    if children.contains(where: \.isDefinitionPart) { return write(children) }
    let name = start == nil ? "ul" : "ol"
    put("<\(name)")
    if let start, start != 1 { putAttribute("start", String(start)) }
    put(">\n")
    for child in children {
      if case .container(let container, _) = child, container.kind == .item {
        write(child)
      } else {
        writeFlow("li", [child])
      }
    }
    put("</\(name)>\n")
  }

  /// A caption inside the table becomes its caption element.
  private mutating func writeTable(_ children: [BlockNode]) {
    put("<table>\n")
    for child in children {
      switch child {
      case .block(let block):
        put("<caption>")
        writeInline(block)
        put("</caption>\n")
      case .container: write(child)
      }
    }
    put("</table>\n")
  }

  /// An element that holds text directly when it starts with a plain paragraph and has no other.
  private mutating func writeFlow(_ name: String, _ children: [BlockNode], columns: Int = 1) {
    put("<\(name)")
    if columns > 1 { putAttribute("colspan", String(columns)) }
    put(">")
    let paragraphs = children.filter { if case .block = $0 { true } else { false } }
    if paragraphs.count == 1, case .block(let block) = children.first, block.isPlainParagraph {
      writeInline(block)
      if children.count > 1 {
        put("\n")
        write(Array(children.dropFirst()))
      }
    } else if !children.isEmpty {
      put("\n")
      write(children)
    }
    put("</\(name)>\n")
  }

  private mutating func write(_ block: DocumentBlock) {
    switch block.role {
    case .title, .heading:
      let level = block.headingLevel > 0 ? min(block.headingLevel, 6) : block.role == .title ? 1 : 2
      put("<h\(level)>")
      writeInline(block)
      put("</h\(level)>\n")
    case .rule:
      put("<hr>\n")
    case .code:
      put("<pre><code")
      if let language = block.codeLanguage { putAttribute("class", "language-\(language)") }
      // A parser drops the first line feed of `pre`.
      put(block.text.utf8.first == 0x0A ? ">\n" : ">")
      putText(block.text)
      put("</code></pre>\n")
    default:
      put("<p>")
      writeInline(block)
      put("</p>\n")
    }
  }

  // MARK: Inline

  private mutating func writeInline(_ block: DocumentBlock) {
    let text = Array(block.text.utf8)
    write(InlineNode.tree(of: text, marks: block.marks), of: text)
  }

  private mutating func write(_ nodes: [InlineNode], of text: [UInt8]) {
    for node in nodes {
      switch node {
      case .text(let range): putText(text[range], lineBreak: "<br>\n")
      case .mark(let kind, let children): write(kind, children, of: text)
      }
    }
  }

  private mutating func write(
    _ kind: InlineMark.Kind, _ children: [InlineNode], of text: [UInt8]
  ) {
    switch kind {
    case .image(let source, let alternative, let title):
      guard let source = LinkTarget.safeImage(source) else { return }
      put("<img")
      putAttribute("src", source)
      putAttribute("alt", alternative)
      if let title { putAttribute("title", title) }
      put(">")
    case .link(let target, let title):
      guard let target = LinkTarget.safe(target) else { return write(children, of: text) }
      put("<a")
      putAttribute("href", target)
      if let title { putAttribute("title", title) }
      put(">")
      write(children, of: text)
      put("</a>")
    case .emphasis: write(children, in: "em", of: text)
    case .strong: write(children, in: "strong", of: text)
    case .code: write(children, in: "code", of: text)
    case .strikethrough: write(children, in: "del", of: text)
    case .lowered: write(children, in: "sub", of: text)
    case .raised: write(children, in: "sup", of: text)
    case .residue(let kind):
      put("<mark")
      putAttribute("data-residue", kind.rawValue)
      put(">")
      write(children, of: text)
      put("</mark>")
    }
  }

  private mutating func write(_ children: [InlineNode], in name: String, of text: [UInt8]) {
    put("<\(name)>")
    write(children, of: text)
    put("</\(name)>")
  }

  // MARK: Bytes

  private mutating func put(_ markup: String) { output.append(contentsOf: markup.utf8) }

  private mutating func putText(_ text: String) { putText(Array(text.utf8)[...]) }

  private mutating func putAttribute(_ name: String, _ value: String) {
    put(" \(name)=\"")
    putText(value)
    put("\"")
  }

  /// Escapes what is markup in text or in a quoted attribute, and drops NUL, which HTML forbids.
  private mutating func putText(_ text: ArraySlice<UInt8>, lineBreak: String = "\n") {
    for byte in text {
      switch byte {
      case UInt8(ascii: "&"): put("&amp;")
      case UInt8(ascii: "<"): put("&lt;")
      case UInt8(ascii: ">"): put("&gt;")
      case UInt8(ascii: "\""): put("&quot;")
      case 0x0A: put(lineBreak)
      case 0: break
      default: output.append(byte)
      }
    }
  }
}

extension BlockNode {
  fileprivate var isDefinitionPart: Bool {
    guard case .container(let container, _) = self else { return false }
    return container.kind == .term || container.kind == .definition
  }
}

extension DocumentBlock {
  fileprivate var isPlainParagraph: Bool {
    role != .code && role != .heading && role != .title && role != .rule
  }
}
