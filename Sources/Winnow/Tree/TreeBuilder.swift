// The parser's events in, a PageTree out.

/// Takes libxml2's events in document order and keeps the tree within its limits.
struct TreeBuilder {
  private(set) var tree = PageTree()
  private let startTags: [StartTag]
  private let texts: [TextRun]
  private let limits: ExtractionOptions.Limits
  // The next start tag and text that an event may belong to; they come in the same order as events.
  private var nextStartTag = 0
  private var nextText = 0
  private var open: [Int32] = []
  // Open elements deeper than the limit; they have no node.
  private var flattened = 0

  init(
    startTags: [StartTag], texts: [TextRun], text: [UInt8], limits: ExtractionOptions.Limits
  ) {
    self.startTags = startTags
    self.texts = texts
    self.limits = limits
    tree.text = text
    tree.nodes.reserveCapacity(startTags.count + texts.count + 8)
    open.reserveCapacity(64)
  }

  /// Are there as many nodes as the limits allow?
  var isFull: Bool { tree.nodes.count >= limits.nodes }

  /// An element starts; `offset` is where the parser stands in the skeleton.
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

  /// Text ends, of runs and leaves; `offset` is where the parser stands in the skeleton, and `length`
  /// its bytes there.
  mutating func text(offset: Int, length: Int) {
    while nextText < texts.count, Int(texts[nextText].end) <= offset - length { nextText += 1 }
    while nextText < texts.count, Int(texts[nextText].end) <= offset {
      guard !isFull else { return note(.nodes) }
      let run = texts[nextText]
      nextText += 1
      if run.leaf < 0 {
        add(run)
      } else {
        add(run, in: startTags[Int(run.leaf)])
      }
    }
  }

  private mutating func add(_ run: TextRun) {
    // A tag that is none to the parser stands between two runs that are one.
    if let last = tree.nodes.indices.last, tree.nodes[last].tag == .text,
      tree.nodes[last].parent == open.last ?? -1
    {
      extend(last, by: run)
      return
    }
    let index = Int32(tree.nodes.count)
    tree.nodes.append(
      PageTree.Node(
        parent: open.last ?? -1, end: index + 1, start: run.start, length: run.length,
        depth: UInt16(clamping: open.count), tag: .text, flags: []))
  }

  private mutating func add(_ run: TextRun, in leaf: StartTag) {
    guard open.count < limits.depth else {
      note(.depth)
      if run.length > 0 { add(run) }
      return
    }
    let index = Int32(tree.nodes.count)
    let depth = UInt16(clamping: open.count)
    tree.nodes.append(
      PageTree.Node(
        parent: open.last ?? -1, end: index + (run.length > 0 ? 2 : 1), start: leaf.firstAttribute,
        length: Int32(leaf.attributeCount), depth: depth, tag: leaf.tag, flags: leaf.flags))
    guard run.length > 0 else { return }
    tree.nodes.append(
      PageTree.Node(
        parent: index, end: index + 2, start: run.start, length: run.length, depth: depth &+ 1,
        tag: .text, flags: []))
  }

  private mutating func extend(_ last: Int, by run: TextRun) {
    let node = tree.nodes[last]
    if node.start + node.length != run.start {
      // The parser passed over what stands between.
      let start = Int32(tree.text.count)
      tree.text += tree.text[Int(node.start)..<Int(node.start + node.length)]
      tree.text += tree.text[Int(run.start)..<Int(run.start + run.length)]
      tree.nodes[last].start = start
    }
    tree.nodes[last].length += run.length
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
