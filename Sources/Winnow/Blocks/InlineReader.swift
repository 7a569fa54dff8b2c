// A block's nodes in, its text with marks out. Runs for the blocks that are kept, and for no others.

/// Reads the inline content of one block again, with links, emphasis, code and images.
struct InlineReader {
  private let tree: PageTree
  private let isPreformatted: Bool
  private let wantsLinks: Bool
  private let wantsImages: Bool
  /// Text is read as the page has it: white space in code is kept, none is added beside images.
  private let isExact: Bool
  private let addresses: AddressResolver?

  private var text: [UInt8] = []
  private var marks: [InlineMark] = []
  private var open: [(end: Int32, kind: InlineMark.Kind, start: Int)] = []
  private var needsSpace = false
  private var needsLine = false
  private var breaks = 0
  private var hasImage = false

  private init(
    _ tree: PageTree, _ block: TextBlock, _ options: ExtractionOptions,
    _ addresses: AddressResolver?
  ) {
    self.tree = tree
    isPreformatted = block.flags.contains(.preformatted)
    wantsLinks = options.includesLinks
    wantsImages = options.showsImages
    isExact = options.scope == .whole
    self.addresses = addresses
  }

  /// The text, as `BlockBuilder` collapsed it, and its marks.
  ///
  /// - Parameter addresses: Makes links and images absolute.
  static func read(
    _ block: TextBlock, in tree: PageTree, _ options: ExtractionOptions,
    _ addresses: AddressResolver? = nil
  ) -> (text: String, marks: [InlineMark]) {
    var reader = InlineReader(tree, block, options, addresses)
    let range = range(of: block, in: tree, withImages: reader.wantsImages)
    reader.openAncestors(of: block, before: range.lowerBound)
    reader.walk(range, isHeading: PageOutline.headingLevel(block, tree) > 0)
    return reader.finish()
  }

  /// Elements around the first text that reach into the block.
  ///
  /// - Parameter first: From this node on, elements are met on the walk.
  private mutating func openAncestors(of block: TextBlock, before first: Int) {
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
    for node in around.reversed() where node < first { enter(node) }
  }

  private mutating func walk(_ range: Range<Int>, isHeading: Bool) {
    var index = range.lowerBound
    while index < range.upperBound {
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

  /// The nodes of a block: those of its text and, of the images that share its element, those that
  /// stand before and behind it.
  static func range(of block: TextBlock, in tree: PageTree, withImages: Bool) -> Range<Int> {
    var start = Int(block.firstNode)
    var end = Int(block.endNode)
    guard withImages, block.images > 0, block.parent >= 0 else { return start..<end }
    while start - 1 > Int(block.parent), tree.nodes[start - 1].isInlineElement { start -= 1 }
    let limit = Int(tree.nodes[Int(block.parent)].end)
    var at = end
    while at < limit, tree.nodes[at].isInlineElement || tree.isBlank(at) {
      at += 1
      if tree.nodes[at - 1].tag == .img { end = at }
    }
    return start..<end
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
      case .a where wantsLinks:
        tree.string(.href, of: index).map {
          .link(absolute($0), title: tree.string(.title, of: index))
        }
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
      if last.start >= 0, last.start <= text.count {
        marks.append(InlineMark(last.kind, last.start..<text.count))
      }
    }
  }

  private mutating func addImage(_ index: Int) {
    guard wantsImages, let source = tree.string(.src, of: index) ?? tree.string(.dataSrc, of: index)
    else { return }
    separate()
    for index in open.indices where open[index].start < 0 { open[index].start = text.count }
    let image = InlineMark.Kind.image(
      source: absolute(source), alternative: tree.string(.alt, of: index) ?? "",
      title: tree.string(.title, of: index))
    marks.append(InlineMark(image, text.count..<text.count))
    hasImage = true
    if !isExact { needsSpace = true }
  }

  private func absolute(_ address: String) -> String { addresses?.absolute(address) ?? address }

  @inline(__always)
  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }

  private mutating func separate() {
    if !text.isEmpty || hasImage {
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
    if isPreformatted && (!text.isEmpty || hasImage || isExact) {
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
    addCollapsed(bytes)
  }

  /// Adds text whose white space becomes single spaces. It does not start with any.
  private mutating func addCollapsed(_ bytes: ArraySlice<UInt8>) {
    bytes.withUnsafeBufferPointer { bytes in
      var at = 0
      while at < bytes.count {
        // Runs of words with single spaces between them are taken as they are.
        let start = at
        while at < bytes.count {
          if !Self.isSpace(bytes[at]) {
            at += 1
          } else if bytes[at] == 0x20, at + 1 < bytes.count, !Self.isSpace(bytes[at + 1]) {
            at += 2
          } else {
            break
          }
        }
        text.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<at]))
        if at == bytes.count { return }
        while at < bytes.count, Self.isSpace(bytes[at]) { at += 1 }
        if at == bytes.count { needsSpace = true } else { text.append(0x20) }
      }
    }
  }

  private mutating func finish() -> (text: String, marks: [InlineMark]) {
    if isPreformatted && isExact {
      if text.last == 0x0A { text.removeLast() }
    } else if isPreformatted {
      while let last = text.last, Self.isSpace(last) { text.removeLast() }
    }
    let count = text.count
    for index in marks.indices {
      let range = marks[index].range
      marks[index].range = min(range.lowerBound, count)..<min(range.upperBound, count)
    }
    marks.removeEmpty()
    // Of two that cover the same the outer one comes first; it ended last.
    if marks.count > 1 { sortMarks() }
    return (String(decoding: text, as: UTF8.self), marks)
  }

  private mutating func sortMarks() {
    marks = marks.enumerated().sorted { left, right in
      let (one, other) = (left.element.range, right.element.range)
      if one.lowerBound != other.lowerBound { return one.lowerBound < other.lowerBound }
      if one.upperBound != other.upperBound { return one.upperBound > other.upperBound }
      return left.element.isImage && right.element.isImage
        ? left.offset < right.offset : left.offset > right.offset
    }.map(\.element)
  }
}

extension PageTree.Node {
  fileprivate var isInlineElement: Bool { tag != .text && !tag.isBlock }
}

extension PageTree {
  /// Is a node text that is nothing but white space?
  fileprivate func isBlank(_ index: Int) -> Bool {
    let node = nodes[index]
    guard node.tag == .text else { return false }
    return text[Int(node.start)..<Int(node.start + node.length)]
      .allSatisfy { $0 == 0x20 || $0 >= 0x09 && $0 <= 0x0D }
  }
}
