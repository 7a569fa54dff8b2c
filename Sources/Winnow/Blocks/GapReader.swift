// What a page shows between its blocks of text: pictures, rules, empty items of lists. The nodes and
// blocks in; for each thing its nodes out, in the page's order.

/// Something without text.
struct Gap {
  enum Kind { case images, rule, item }
  let kind: Kind
  /// As a block of no text, so that its place and pictures are read as those of any other.
  let block: TextBlock
}

struct GapReader {
  private let tree: PageTree
  private let list: BlockList
  private var gaps: [Gap] = []
  /// Pictures met since the last boundary between blocks: the first and the last.
  private var images: (first: Int32, last: Int32, parent: Int32)?

  private init(_ tree: PageTree, _ list: BlockList) {
    self.tree = tree
    self.list = list
  }

  /// - Parameter wantsAll: Rules and empty items besides pictures.
  /// - Complexity: O(nodes).
  static func gaps(in tree: PageTree, _ list: BlockList, wantsAll: Bool) -> [Gap] {
    guard wantsAll || tree.nodes.contains(where: { $0.tag == .img }) else { return [] }
    var reader = GapReader(tree, list)
    reader.walk(wantsAll: wantsAll)
    return reader.gaps
  }

  private mutating func walk(wantsAll: Bool) {
    var index = 0
    var next = 0
    while index < tree.nodes.count {
      let node = tree.nodes[index]
      while next < list.blocks.count {
        let range = InlineReader.range(of: list.blocks[next], in: tree, withImages: true)
        if range.upperBound > index { break }
        next += 1
      }
      if next < list.blocks.count {
        let range = InlineReader.range(of: list.blocks[next], in: tree, withImages: true)
        if range.contains(index) {
          endImages()
          index = range.upperBound
          continue
        }
      }
      if let images, images.parent >= 0, Int(tree.nodes[Int(images.parent)].end) <= index {
        endImages()
      }
      switch node.tag {
      case .img: add(Int32(index))
      case .noscript, .video, .audio, .canvas:
        // Shown only where the element itself cannot be.
        endImages()
        index = Int(node.end)
        continue
      case .hr where wantsAll:
        endImages()
        gaps.append(Gap(kind: .rule, block: block(Int32(index), Int32(index) + 1, node.parent)))
      case .li where wantsAll && isEmpty(index):
        endImages()
        gaps.append(Gap(kind: .item, block: block(Int32(index), node.end, Int32(index))))
      default:
        if node.tag.isBlock { endImages() }
      }
      index += 1
    }
    endImages()
  }

  private mutating func add(_ index: Int32) {
    if images == nil { images = (index, index, blockAround(index)) } else { images?.last = index }
  }

  private mutating func endImages() {
    guard let images else { return }
    self.images = nil
    gaps.append(
      Gap(kind: .images, block: block(images.first, images.last + 1, images.parent)))
  }

  private func block(_ first: Int32, _ end: Int32, _ parent: Int32) -> TextBlock {
    TextBlock(
      firstNode: first, endNode: end, parent: parent, textStart: 0, textLength: 0, flags: [],
      counts: TextCounts(), linkWords: 0, boldWords: 0, italicWords: 0, links: 0, images: 0,
      lineBreaks: 0)
  }

  private func blockAround(_ index: Int32) -> Int32 {
    var node = tree.nodes[Int(index)].parent
    while node >= 0, !tree.nodes[Int(node)].tag.isBlock { node = tree.nodes[Int(node)].parent }
    return node
  }

  /// Is there neither text nor a picture below?
  private func isEmpty(_ index: Int) -> Bool {
    for node in tree.nodes[(index + 1)..<Int(tree.nodes[index].end)] {
      switch node.tag {
      case .img, .hr, .li: return false
      case .text:
        let start = Int(node.start)
        let text = tree.text[start..<(start + Int(node.length))]
        if !text.allSatisfy({ $0 == 0x20 || $0 >= 0x09 && $0 <= 0x0D }) { return false }
      default: break
      }
    }
    return true
  }
}
