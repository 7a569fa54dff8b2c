// The parser's events in, a PageTree out.

/// Takes libxml2's events in document order and keeps the tree within its limits.
struct TreeBuilder {
  private(set) var tree = PageTree()
  private let startTags: [StartTag]
  private let limits: ExtractionOptions.Limits
  // The next start tag that an event may belong to; tags and events come in the same order.
  private var nextStartTag = 0
  private var open: [Int32] = []
  // Open elements deeper than the limit; they have no node.
  private var flattened = 0

  init(startTags: [StartTag], limits: ExtractionOptions.Limits, textCapacity: Int) {
    self.startTags = startTags
    self.limits = limits
    tree.nodes.reserveCapacity(startTags.count * 2)
    tree.text.reserveCapacity(textCapacity)
    open.reserveCapacity(64)
  }

  /// Are there as many nodes as the limits allow?
  var isFull: Bool { tree.nodes.count >= limits.nodes }

  /// An element starts; `offset` is where the parser stands in the filtered bytes.
  ///
  /// An element that the parser made up itself goes by its name. The parser stands at the end of
  /// the start tag that implied it, whose own event comes next.
  mutating func start(offset: Int, name: UnsafePointer<UInt8>) {
    while nextStartTag < startTags.count, startTags[nextStartTag].end < offset {
      nextStartTag += 1
    }
    guard open.count < limits.depth else {
      flattened += 1
      return
    }
    var node = PageTree.Node(
      parent: open.last ?? -1, end: 0, start: 0, length: 0, depth: UInt16(clamping: open.count),
      tag: .unknown, flags: [])
    if nextStartTag < startTags.count, startTags[nextStartTag].end == offset,
      startTags[nextStartTag].tag.isTold(as: name)
    {
      let startTag = startTags[nextStartTag]
      nextStartTag += 1
      node.tag = startTag.tag
      node.start = startTag.firstAttribute
      node.length = Int32(startTag.attributeCount)
      node.flags = startTag.flags
    } else {
      node.tag = TagKey(name).tag
    }
    open.append(Int32(tree.nodes.count))
    tree.nodes.append(node)
  }

  mutating func end() {
    if flattened > 0 {
      flattened -= 1
      note(.depth)
    } else if let last = open.popLast() {
      tree.nodes[Int(last)].end = Int32(tree.nodes.count)
    }
  }

  mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    let start = tree.text.count
    tree.text.append(contentsOf: bytes)
    // The parser hands long text on in pieces.
    if let last = tree.nodes.indices.last, tree.nodes[last].tag == .text,
      tree.nodes[last].parent == open.last ?? -1
    {
      tree.nodes[last].length += Int32(bytes.count)
    } else {
      let index = Int32(tree.nodes.count)
      tree.nodes.append(
        PageTree.Node(
          parent: open.last ?? -1, end: index + 1, start: Int32(start),
          length: Int32(bytes.count), depth: UInt16(clamping: open.count), tag: .text, flags: []))
    }
  }

  mutating func note(_ degradation: Degradation) {
    if !tree.degradations.contains(degradation) { tree.degradations.append(degradation) }
  }

  /// Closes what is open still and hands the tree over.
  mutating func finish() -> PageTree {
    while !open.isEmpty { end() }
    return tree
  }
}
