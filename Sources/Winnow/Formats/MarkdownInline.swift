// A block's text with its marks as inline Markdown.
//
// Marks are written with Markdown's delimiters where those would be read as meant, and as HTML tags
// where not: beside letters and punctuation, or where delimiters of two marks would touch.

struct MarkdownInline {
  enum Context {
    /// A line break is a backslash at the end of a line.
    case paragraph
    /// One line; a line break is a space.
    case heading
    /// One line without bare `|`; a line break is <br>.
    case cell
  }

  private let text: [UInt8]
  private let nodes: [InlineNode]
  let context: Context
  var output: [UInt8] = []
  /// The delimiter that ends the output, if one does.
  private var lastDelimiter: (byte: UInt8, end: Int)?
  private var isInLink = false

  init(_ block: DocumentBlock, context: Context) {
    text = Array(block.text.utf8)
    nodes = InlineNode.tree(of: text, marks: block.marks)
    self.context = context
  }

  mutating func render() -> [UInt8] {
    write(nodes, closer: nil)
    while let last = output.last, last == 0x20 || last == 0x0A { output.removeLast() }
    if context == .heading { escapeClosingSequence() }
    return output
  }

  /// `closer` is the delimiter that will follow the nodes: `0` for another character of
  /// punctuation, `nil` for the end.
  private mutating func write(_ nodes: [InlineNode], closer: UInt8?) {
    for (index, node) in nodes.enumerated() {
      let next = index + 1 < nodes.count ? nodes[index + 1] : nil
      switch node {
      case .text(let range):
        var isBeforeLink = false
        if case .mark(.link, _) = next { isBeforeLink = true }
        writeText(range, isBeforeLink: isBeforeLink)
      case .mark(let kind, let children):
        write(kind, children, next: next, closer: closer)
      }
    }
  }

  private mutating func write(
    _ kind: InlineMark.Kind, _ children: [InlineNode], next: InlineNode?, closer: UInt8?
  ) {
    switch kind {
    case .code:
      writeCode(children)
    case .link(let target, let title):
      writeLink(children, target, title)
    case .image(let source, let alternative, let title):
      writeImage(source, alternative, title)
    case .emphasis:
      write(children, ["*", "_"], tag: "em", next: next, closer: closer)
    case .strong:
      write(children, ["**", "__"], tag: "strong", next: next, closer: closer)
    case .strikethrough:
      write(children, ["~~"], tag: "del", next: next, closer: closer)
    case .lowered:
      write(children, [], tag: "sub", next: next, closer: closer)
    case .raised:
      write(children, [], tag: "sup", next: next, closer: closer)
    case .residue:
      write(children, [], tag: "mark", next: next, closer: closer)
    }
  }

  // MARK: Emphasis

  private mutating func write(
    _ children: [InlineNode], _ delimiters: [StaticString], tag: String, next: InlineNode?,
    closer: UInt8?
  ) {
    let before = neighborBefore()
    let touchedBefore = lastDelimiter.flatMap { $0.end == output.count ? $0.byte : nil }
    let (first, last) = (
      neighbor(children.first, atEnd: false), neighbor(children.last, atEnd: true)
    )
    let after: MarkdownNeighbor =
      next.map { neighbor($0, atEnd: false) } ?? (closer == nil ? .space : .punctuation)
    let touchedAfter = next == nil ? closer : nil
    let chosen = delimiters.first { delimiter in
      let byte = delimiter.utf8Start.pointee
      return byte != touchedBefore && byte != touchedAfter
        && MarkdownFlanking.works(byte, before: before, first: first, last: last, after: after)
    }
    guard let chosen else {
      output.append(contentsOf: "<\(tag)>".utf8)
      write(children, closer: 0)
      output.append(contentsOf: "</\(tag)>".utf8)
      return
    }
    writeDelimiter(chosen)
    write(children, closer: chosen.utf8Start.pointee)
    writeDelimiter(chosen)
  }

  private mutating func writeDelimiter(_ delimiter: StaticString) {
    delimiter.withUTF8Buffer { output.append(contentsOf: $0) }
    lastDelimiter = (delimiter.utf8Start.pointee, output.count)
  }

  private func neighborBefore() -> MarkdownNeighbor {
    UTF8Text.lastScalar(of: output).map(MarkdownNeighbor.init) ?? .space
  }

  /// What a node's first or last character is to a delimiter beside it. Marks begin and end with
  /// punctuation of their own.
  private func neighbor(_ node: InlineNode?, atEnd: Bool) -> MarkdownNeighbor {
    guard case .text(let range) = node else { return .punctuation }
    return text.withUnsafeBufferPointer { bytes in
      var at = range.lowerBound
      if atEnd {
        at = range.upperBound - 1
        while at > range.lowerBound, bytes[at] & 0xC0 == 0x80 { at -= 1 }
      }
      // A line break is written as a backslash or a tag.
      if bytes[at] == 0x0A && context != .heading { return .punctuation }
      return MarkdownNeighbor(UTF8Text.scalar(in: bytes, at: at).value)
    }
  }

  // MARK: Code, links, images

  private mutating func writeCode(_ children: [InlineNode]) {
    guard case .text(let range) = children.first else { return }
    let touchesCode = lastDelimiter.map { $0.end == output.count && $0.byte == 0x60 } ?? false
    if touchesCode {
      output.append(contentsOf: "<code>".utf8)
      write(children, closer: 0)
      output.append(contentsOf: "</code>".utf8)
      return
    }
    let code = text[range].map { $0 == 0x0A ? 0x20 : $0 }
    let fence = [UInt8](
      repeating: 0x60, count: MarkdownLines.longestRun(of: 0x60, in: code) + 1)
    let isPadded = code.first == 0x60 || code.last == 0x60
    output.append(contentsOf: fence)
    if isPadded { output.append(0x20) }
    for byte in code {
      if byte == UInt8(ascii: "|") && context == .cell { output.append(UInt8(ascii: "\\")) }
      output.append(byte)
    }
    if isPadded { output.append(0x20) }
    output.append(contentsOf: fence)
    lastDelimiter = (0x60, output.count)
  }

  private mutating func writeLink(
    _ children: [InlineNode], _ target: String, _ title: String?
  ) {
    guard let target = LinkTarget.safe(target) else { return write(children, closer: 0) }
    let wasInLink = isInLink
    isInLink = true
    output.append(UInt8(ascii: "["))
    write(children, closer: 0)
    output.append(UInt8(ascii: "]"))
    isInLink = wasInLink
    writeDestination(target, title)
  }

  private mutating func writeImage(_ source: String, _ alternative: String, _ title: String?) {
    guard let source = LinkTarget.safeImage(source) else { return }
    var inline = MarkdownInline(
      DocumentBlock(role: .body, text: alternative), context: context == .cell ? .cell : .heading)
    inline.isInLink = true
    output.append(contentsOf: "![".utf8)
    output.append(contentsOf: inline.render())
    output.append(UInt8(ascii: "]"))
    writeDestination(source, title)
  }

  /// The address in parentheses; what would end it, or be read as something else, is escaped.
  private mutating func writeDestination(_ address: String, _ title: String?) {
    output.append(UInt8(ascii: "("))
    let bytes = Array(address.utf8)
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case 0...0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"):
        let digits = String(byte, radix: 16, uppercase: true)
        output.append(contentsOf: ("%" + (byte < 0x10 ? "0" : "") + digits).utf8)
      case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\\"), UInt8(ascii: "`"):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      case UInt8(ascii: "|") where context == .cell,
        UInt8(ascii: "&") where MarkdownInline.isReference(bytes, at: index):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      default:
        output.append(byte)
      }
    }
    if let title { writeTitle(Array(title.utf8)) }
    output.append(UInt8(ascii: ")"))
  }

  /// In double quotes on one line.
  private mutating func writeTitle(_ title: [UInt8]) {
    output.append(contentsOf: " \"".utf8)
    for (index, byte) in title.enumerated() {
      switch byte {
      case 0x0A, 0x0D: output.append(0x20)
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      case UInt8(ascii: "|") where context == .cell,
        UInt8(ascii: "&") where MarkdownInline.isReference(title, at: index):
        output.append(UInt8(ascii: "\\"))
        output.append(byte)
      default: output.append(byte)
      }
    }
    output.append(UInt8(ascii: "\""))
  }

  /// Whether a character reference starts with the ampersand at `index`.
  private static func isReference(_ bytes: [UInt8], at index: Int) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      HTMLEntities.decode(bytes, from: index + 1, inAttribute: false)
        .map { bytes[index + $0.length] == UInt8(ascii: ";") } ?? false
    }
  }

  // MARK: Text

  private mutating func writeText(_ range: Range<Int>, isBeforeLink: Bool) {
    for index in range {
      let byte = text[index]
      if byte == 0x0A {
        writeLineBreak()
        continue
      }
      let before = index > range.lowerBound ? text[index - 1] : nil
      let after = index + 1 < range.upperBound ? text[index + 1] : nil
      let isLastBeforeLink = isBeforeLink && after == nil
      if needsEscape(byte, at: index, before, after, isBeforeLink: isLastBeforeLink) {
        output.append(UInt8(ascii: "\\"))
      }
      output.append(byte)
    }
  }

  /// Whether a byte of text would be markup. `before` and `after` are `nil` at the ends of a run of
  /// text, where a delimiter or the end of the block may stand.
  private func needsEscape(
    _ byte: UInt8, at index: Int, _ before: UInt8?, _ after: UInt8?, isBeforeLink: Bool
  ) -> Bool {
    switch byte {
    case UInt8(ascii: "\\"):
      return after.map { MarkdownNeighbor(UInt32($0)) == .punctuation || $0 == 0x0A } ?? true
    case UInt8(ascii: "`"):
      return true
    case UInt8(ascii: "*"), UInt8(ascii: "~"):
      return !(MarkdownInline.isSpace(before) && MarkdownInline.isSpace(after))
    case UInt8(ascii: "_"):
      let isInWord = MarkdownInline.isAlphanumeric(before) && MarkdownInline.isAlphanumeric(after)
      return !isInWord && !(MarkdownInline.isSpace(before) && MarkdownInline.isSpace(after))
    case UInt8(ascii: "["):
      return isInLink || after == UInt8(ascii: "^")
    case UInt8(ascii: "]"):
      return isInLink || isBeforeLink || after == UInt8(ascii: "(") || after == UInt8(ascii: "[")
        || after == UInt8(ascii: ":")
    case UInt8(ascii: "!"):
      return isBeforeLink || after == UInt8(ascii: "[")
    case UInt8(ascii: "<"):
      return after.map {
        MarkdownInline.isLetter($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "!")
          || $0 == UInt8(ascii: "?")
      } ?? true
    case UInt8(ascii: "&"):
      return MarkdownInline.isReference(text, at: index)
    case UInt8(ascii: "|"):
      return context == .cell
    default:
      return false
    }
  }

  private mutating func writeLineBreak() {
    while output.last == 0x20 { output.removeLast() }
    switch context {
    case .paragraph: output.append(contentsOf: "\\\n".utf8)
    case .heading: output.append(0x20)
    case .cell: output.append(contentsOf: "<br>".utf8)
    }
  }

  /// A `#` at the end of a heading would be taken for its decoration.
  private mutating func escapeClosingSequence() {
    let run = output.reversed().prefix { $0 == UInt8(ascii: "#") }.count
    let start = output.count - run
    if run > 0 && (start == 0 || output[start - 1] == 0x20) {
      output.insert(UInt8(ascii: "\\"), at: output.count - 1)
    }
  }

  private static func isSpace(_ byte: UInt8?) -> Bool { byte == 0x20 || byte == 0x0A }

  private static func isLetter(_ byte: UInt8) -> Bool {
    byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
  }

  private static func isAlphanumeric(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return isLetter(byte) || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
