// A PageTree in, its text blocks out: one walk over the nodes.

/// Cuts a page into blocks: at every block-level tag and at every double `br`.
struct BlockBuilder: ~Copyable {
  /// What holds for all that is below an open element.
  private struct Context {
    var end: Int32
    var isBlock: Bool
    /// A block-level element in `pre`: one line of code, as highlighters write it.
    var isLine: Bool
    var flags: BlockFlags
    var isLink: Bool
    var isBold: Bool
    var isItalic: Bool
    var isSkipped: Bool
    var block: Int32
  }

  private let tree: PageTree
  private var list = BlockList()
  private var text: ByteBuffer
  private var stack: [Context] = []
  private var current: TextBlock?
  private var counter = TextCounter()
  private var needsSpace = false
  private var needsLine = false
  private var breaks = 0
  private var lastLink: Int32 = -1

  private init(_ tree: PageTree) {
    self.tree = tree
    text = ByteBuffer(capacity: tree.text.count + 64)
    list.blocks.reserveCapacity(tree.nodes.count / 4)
  }

  /// The blocks of a page. Linear in its nodes and text.
  static func blocks(of tree: PageTree) -> BlockList {
    var builder = BlockBuilder(tree)
    builder.walk()
    builder.list.text = builder.text.array()
    builder.settleNoscript()
    return builder.list
  }

  /// App shells hold their text in `noscript`; elsewhere it says what stands on the page anyway,
  /// or asks for scripts. It counts where it holds most of the page's prose.
  private mutating func settleNoscript() {
    var inside = 0
    var outside = 0
    for block in list.blocks
    where block.counts.words >= 10 && Int(block.linkWords) * 3 < Int(block.counts.words) {
      if block.flags.contains(.noscript) {
        inside += Int(block.counts.words)
      } else {
        outside += Int(block.counts.words)
      }
    }
    if inside <= outside {
      list.standIns = list.blocks.filter { $0.flags.contains(.noscript) }
      if !list.standIns.isEmpty { list.blocks.removeAll { $0.flags.contains(.noscript) } }
    }
  }

  private mutating func walk() {
    tree.text.withUnsafeBufferPointer { text in
      for index in tree.nodes.indices {
        let node = tree.nodes[index]
        while let open = stack.last, open.end <= Int32(index) {
          stack.removeLast()
          if open.isBlock { flush() }
          if open.isLine { needsLine = true }
        }
        if node.tag == .text {
          if stack.last?.isSkipped != true {
            let start = Int(node.start)
            add(
              UnsafeBufferPointer(rebasing: text[start..<start + Int(node.length)]),
              node: Int32(index))
          }
        } else {
          enter(node, at: Int32(index))
        }
      }
      flush()
    }
  }

  private mutating func enter(_ node: PageTree.Node, at index: Int32) {
    switch node.tag {
    case .br:
      breaks += 1
      if breaks >= 2, stack.last?.flags.contains(.preformatted) != true {
        flush()
        brokenOff = true
      }
      return
    case .img:
      current?.images.add(1)
      if current == nil { pendingImages.add(1) }
      return
    default: break
    }
    var context =
      stack.last
      ?? Context(
        end: 0, isBlock: false, isLine: false, flags: [], isLink: false, isBold: false,
        isItalic: false,
        isSkipped: false, block: -1)
    context.end = node.end
    let isLine = node.tag.isBlock && context.flags.contains(.preformatted)
    context.isLine = isLine
    context.isBlock = node.tag.isBlock && !isLine
    if isLine { needsLine = true }
    if context.isBlock {
      flush()
      context.block = index
    }
    if node.flags.contains(.hidden) { context.flags.insert(.hidden) }
    if node.flags.contains(.ariaHidden) { context.flags.insert(.ariaHidden) }
    switch node.tag {
    case .a: context.isLink = true
    case .b, .strong: context.isBold = true
    case .i, .em: context.isItalic = true
    case .pre: context.flags.insert(.preformatted)
    case .noscript: context.flags.insert(.noscript)
    case .button, .label: context.flags.insert(.control)
    case .form: context.flags.insert(.form)
    // Shown only where the element itself cannot be.
    case .video, .audio, .canvas, .rp, .rt: context.isSkipped = true
    default: break
    }
    if node.end > index + 1 { stack.append(context) } else if context.isBlock { flush() }
  }

  private var brokenOff = false
  private var pendingImages: UInt16 = 0

  @inline(__always)
  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }

  private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>, node: Int32) {
    guard let context = stack.last else { return add(bytes, node: node, Self.rootContext) }
    add(bytes, node: node, context)
  }

  private static let rootContext = Context(
    end: .max, isBlock: true, isLine: false, flags: [], isLink: false, isBold: false,
    isItalic: false,
    isSkipped: false, block: -1)

  private mutating func add(
    _ bytes: UnsafeBufferPointer<UInt8>, node: Int32, _ context: Context
  ) {
    let isPreformatted = context.flags.contains(.preformatted)
    var at = 0
    if current == nil || !isPreformatted {
      // White space before the first word is none.
      while at < bytes.count, Self.isSpace(bytes[at]) { at += 1 }
      if at > 0 { needsSpace = true }
      if at == bytes.count { return }
    }
    if current == nil { start(at: node, context) }
    if breaks > 0 || needsLine && lastByte != 0x0A {
      separate(by: 0x0A)
      current?.lineBreaks.add(1)
      breaks = 0
    } else if needsSpace && !isPreformatted {
      separate(by: 0x20)
    }
    needsSpace = false
    needsLine = false
    let before = counter.words
    append(bytes, from: at, isPreformatted: isPreformatted)
    let words = counter.words - before
    current?.endNode = node + 1
    current?.flags.formUnion(context.flags)
    if context.isLink { current?.linkWords.add(words) }
    if context.isBold { current?.boldWords.add(words) }
    if context.isItalic { current?.italicWords.add(words) }
    if context.isLink, let link = enclosingLink(of: node), link != lastLink {
      if lastLink < 0 { current?.firstLink = link }
      lastLink = link
      current?.links.add(1)
    }
  }

  private func enclosingLink(of node: Int32) -> Int32? {
    var index = tree.nodes[Int(node)].parent
    while index >= 0 {
      if tree.nodes[Int(index)].tag == .a { return index }
      index = tree.nodes[Int(index)].parent
    }
    return nil
  }

  private mutating func start(at node: Int32, _ context: Context) {
    current = TextBlock(
      firstNode: node, endNode: node + 1, parent: context.block,
      textStart: Int32(text.count), textLength: 0,
      flags: brokenOff ? .brokenOff : [], counts: TextCounts(), linkWords: 0, boldWords: 0,
      italicWords: 0, links: 0, images: pendingImages, lineBreaks: 0)
    counter = TextCounter()
    needsSpace = false
    needsLine = false
    breaks = 0
    pendingImages = 0
    lastLink = -1
  }

  private var lastByte: UInt8? { text.count > 0 ? text.base[text.count - 1] : nil }

  private mutating func separate(by byte: UInt8) {
    text.append(byte)
    counter.add(UnsafeBufferPointer(start: text.base + text.count - 1, count: 1))
  }

  /// Appends text; runs of white space become one space unless it is preformatted.
  private mutating func append(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isPreformatted: Bool
  ) {
    let rest = UnsafeBufferPointer(rebasing: bytes[start...])
    let before = text.count
    if isPreformatted {
      appendLines(rest)
    } else {
      needsSpace = text.append(collapsing: rest)
    }
    counter.add(UnsafeBufferPointer(start: text.base + before, count: text.count - before))
  }

  /// Appends preformatted text; a carriage return alone or before a line feed is one.
  private mutating func appendLines(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    var at = 0
    while at < bytes.count {
      let stop = bytes.firstIndex(of: 0x0D, from: at) ?? bytes.count
      text.append(from: base + at, count: stop - at)
      guard stop < bytes.count else { return }
      text.append(0x0A)
      at = stop + 1
      if at < bytes.count, bytes[at] == 0x0A { at += 1 }
    }
  }

  private mutating func flush() {
    breaks = 0
    brokenOff = false
    guard var block = current else { return }
    current = nil
    block.textLength = Int32(text.count) - block.textStart
    block.counts = counter.finish()
    if !block.counts.isBlank { list.blocks.append(block) }
  }
}

extension UInt16 {
  /// Adds what is not negative, up to 65,535 and no further.
  fileprivate mutating func add(_ more: Int) { self = UInt16(clamping: Int(self) + more) }
}
