// A block's nodes in, its text with marks out. Runs for the blocks that are kept, and for no others.

/// Reads the inline content of one block again, with links, emphasis, code and images.
struct InlineReader {
  private let tree: PageTree
  private let isPreformatted: Bool
  private let wantsLinks: Bool
  private let wantsImages: Bool

  private var text: [UInt8] = []
  private var marks: [InlineMark] = []
  private var open: [(end: Int32, kind: InlineMark.Kind, start: Int)] = []
  private var needsSpace = false
  private var needsLine = false
  private var breaks = 0

  private init(_ tree: PageTree, _ block: TextBlock, _ options: ExtractionOptions) {
    self.tree = tree
    isPreformatted = block.flags.contains(.preformatted)
    wantsLinks = options.includesLinks
    wantsImages = options.includesImages
  }

  /// The text, as `BlockBuilder` collapsed it, and its marks.
  static func read(
    _ block: TextBlock, in tree: PageTree, _ options: ExtractionOptions
  ) -> (text: String, marks: [InlineMark]) {
    var reader = InlineReader(tree, block, options)
    reader.openAncestors(of: block)
    reader.walk(block)
    return reader.finish()
  }

  /// Elements around the first text that reach into the block.
  private mutating func openAncestors(of block: TextBlock) {
    var around: [Int] = []
    var node = Int(tree.nodes[Int(block.firstNode)].parent)
    while node >= 0, node != Int(block.parent) {
      around.append(node)
      node = Int(tree.nodes[node].parent)
    }
    // A link may be around the whole block.
    while node >= 0 {
      if tree.nodes[node].tag == .a { around.append(node) }
      node = Int(tree.nodes[node].parent)
    }
    for node in around.reversed() { enter(node) }
  }

  private mutating func walk(_ block: TextBlock) {
    var start = Int(block.firstNode)
    // Images before the first word belong to the block when they share its element.
    if wantsImages, block.images > 0, block.parent >= 0 {
      while start - 1 > Int(block.parent), tree.nodes[start - 1].tag != .text,
        !tree.nodes[start - 1].tag.isBlock
      { start -= 1 }
    }
    let isHeading = PageOutline.headingLevel(block, tree) > 0
    var index = start
    while index < Int(block.endNode) {
      close(before: Int32(index))
      let node = tree.nodes[index]
      switch node.tag {
      case .text: add(node)
      case .br: breaks += 1
      case .img: addImage(index)
      case .a where isHeading && isPermalink(index):
        index = Int(node.end)
        continue
      default: enter(index)
      }
      index += 1
    }
    close(before: .max)
  }

  /// Documentation puts a link to each heading behind it, under one of these signs.
  private static let permalinkSigns: Set<String> = ["¶", "#", "§", "🔗", "⚓"]

  private func isPermalink(_ index: Int) -> Bool {
    guard tree.nodes[index].end - Int32(index) <= 4,
      tree.value(.href, of: index)?.contains(UInt8(ascii: "#")) == true
    else { return false }
    return Self.permalinkSigns.contains(tree.collapsedText(of: index))
  }

  private mutating func enter(_ index: Int) {
    let node = tree.nodes[index]
    if node.tag.isBlock { needsLine = true }
    let kind: InlineMark.Kind? =
      switch node.tag {
      case .a where wantsLinks: tree.string(.href, of: index).map { .link($0) }
      case .em, .i, .cite, .dfn, .var: .emphasis
      case .strong, .b: .strong
      case .code, .kbd, .samp, .tt: isPreformatted ? nil : .code
      case .s, .del, .strike: .strikethrough
      case .sub: .lowered
      case .sup: .raised
      default: nil
      }
    if let kind { open.append((node.end, kind, -1)) }
  }

  /// Ends the marks of elements that end before a node.
  private mutating func close(before index: Int32) {
    while let last = open.last, last.end <= index {
      open.removeLast()
      if last.start >= 0, last.start < text.count {
        marks.append(InlineMark(last.kind, last.start..<text.count))
      }
    }
  }

  private mutating func addImage(_ index: Int) {
    guard wantsImages, let source = tree.string(.src, of: index) ?? tree.string(.dataSrc, of: index)
    else { return }
    separate()
    let alternative = tree.string(.alt, of: index) ?? ""
    marks.append(
      InlineMark(.image(source: source, alternative: alternative), text.count..<text.count))
    needsSpace = true
  }

  @inline(__always)
  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }

  private mutating func separate() {
    if !text.isEmpty {
      if breaks > 0 || needsLine && text.last != 0x0A {
        text.append(0x0A)
      } else if needsSpace && !isPreformatted && text.last != 0x0A {
        text.append(0x20)
      }
    }
    breaks = 0
    needsSpace = false
    needsLine = false
  }

  private mutating func add(_ node: PageTree.Node) {
    var bytes = tree.text[Int(node.start)..<Int(node.start + node.length)]
    if isPreformatted && !text.isEmpty {
      separate()
    } else {
      let words = bytes.drop(while: Self.isSpace)
      if words.count < bytes.count { needsSpace = true }
      // The first line of code keeps its indentation.
      if isPreformatted, let line = bytes[..<words.startIndex].lastIndex(of: 0x0A) {
        bytes = bytes[(line + 1)...]
      } else if !isPreformatted {
        bytes = words
      }
      if words.isEmpty { return }
      separate()
    }
    for index in open.indices where open[index].start < 0 { open[index].start = text.count }
    if isPreformatted {
      var previous: UInt8 = 0
      for byte in bytes {
        if byte == 0x0A && previous == 0x0D {
          previous = byte
          continue
        }
        text.append(byte == 0x0D ? 0x0A : byte)
        previous = byte
      }
      return
    }
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let byte = bytes[at]
      if Self.isSpace(byte) {
        while at < bytes.endIndex, Self.isSpace(bytes[at]) { at += 1 }
        if at == bytes.endIndex { needsSpace = true } else { text.append(0x20) }
      } else {
        text.append(byte)
        at += 1
      }
    }
  }

  private mutating func finish() -> (text: String, marks: [InlineMark]) {
    while isPreformatted, let last = text.last, Self.isSpace(last) { text.removeLast() }
    let count = text.count
    marks = marks.compactMap { mark in
      let range = min(mark.range.lowerBound, count)..<min(mark.range.upperBound, count)
      if range.isEmpty, case .image = mark.kind { return InlineMark(mark.kind, range) }
      return range.isEmpty ? nil : InlineMark(mark.kind, range)
    }
    marks.sort {
      $0.range.lowerBound != $1.range.lowerBound
        ? $0.range.lowerBound < $1.range.lowerBound
        : $0.range.upperBound > $1.range.upperBound
    }
    return (String(decoding: text, as: UTF8.self), marks)
  }
}
