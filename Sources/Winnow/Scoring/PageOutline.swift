// What features need to know of the whole page, computed once: where the words are, and what
// stands below each element.

import Glibc

/// A page's blocks with running sums, and its elements with the blocks below them.
struct PageOutline {
  let tree: PageTree
  let list: BlockList
  var blocks: [TextBlock] { list.blocks }

  /// Running sums over blocks; `sums[i]` is the sum of the blocks before `i`.
  private(set) var words: [Int32]
  private(set) var linkWords: [Int32]
  /// Words of blocks that read like prose: ten or more of them, less than a third in links.
  private(set) var goodWords: [Int32]
  private(set) var sentences: [Int32]
  private(set) var headings: [Int32]
  private(set) var images: [Int32]
  private(set) var endings: [Int32]

  /// Blocks before a node, by node; one more entry than nodes.
  private(set) var blocksBefore: [Int32]
  /// Categories of an element's own class, id, role and item properties. Of elements in which a block
  /// begins, as those around blocks do; so for `signatures`.
  private(set) var masks: [LexiconMask]
  /// A hash of an element's tag, class and its parent's, alike for what is repeated.
  private(set) var signatures: [UInt32]
  /// For each element with text below it: how many of these share its signature, itself included.
  private(set) var repetitions: [Int32]

  init(tree: PageTree, list: BlockList) {
    self.tree = tree
    self.list = list
    let blocks = list.blocks
    let count = blocks.count
    words = Self.sums(blocks) { Int32($0.counts.words) }
    linkWords = Self.sums(blocks) { Int32($0.linkWords) }
    goodWords = Self.sums(blocks) { block in
      let words = Int32(block.counts.words)
      return words >= 10 && Int32(block.linkWords) * 3 < words ? words : 0
    }
    sentences = Self.sums(blocks) { Int32($0.counts.sentences) }
    headings = Self.sums(blocks) { Self.headingLevel($0, tree) > 0 ? 1 : 0 }
    images = Self.sums(blocks) { Int32($0.images) }
    endings = Self.sums(blocks) { $0.counts.flags.contains(.endsSentence) ? 1 : 0 }
    let nodes = tree.nodes.count
    blocksBefore = [Int32](unsafeUninitializedCapacity: nodes + 1) { buffer, initialized in
      var block = 0
      for node in 0..<nodes {
        buffer[node] = Int32(block)
        while block < count, blocks[block].firstNode <= Int32(node) { block += 1 }
      }
      buffer[nodes] = Int32(count)
      initialized = nodes + 1
    }
    masks = [LexiconMask](repeating: [], count: nodes)
    signatures = [UInt32](repeating: 0, count: nodes)
    repetitions = [Int32](repeating: 1, count: nodes)
    readNames()
    countRepetitions()
  }

  @inline(__always)
  private static func sums(_ blocks: [TextBlock], _ value: (TextBlock) -> Int32) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: blocks.count + 1) { buffer, initialized in
      var sum: Int32 = 0
      for index in blocks.indices {
        buffer[index] = sum
        sum += value(blocks[index])
      }
      buffer[blocks.count] = sum
      initialized = blocks.count + 1
    }
  }

  /// `1...6` if the block stands in a heading.
  static func headingLevel(_ block: TextBlock, _ tree: PageTree) -> Int {
    block.parent >= 0 ? tree.nodes[Int(block.parent)].tag.headingLevel : 0
  }

  private mutating func readNames() {
    var cache = LexiconCache()
    let tree = self.tree
    tree.values.withUnsafeBufferPointer { values in
      for index in tree.nodes.indices where tree.nodes[index].tag != .text {
        if blocks(below: index).isEmpty { continue }
        let node = tree.nodes[index]
        var mask: LexiconMask = []
        var hash = UInt32(node.tag.rawValue) &* 0x9E37_79B1
        for place in Int(node.start)..<Int(node.start + node.length) {
          let attribute = tree.attributes[place]
          let value = UnsafeBufferPointer(
            rebasing: values[Int(attribute.start)..<Int(attribute.start + attribute.length)])
          switch attribute.name {
          case .class:
            let reading = cache.reading(ofClass: value, seed: hash)
            mask.formUnion(reading.mask)
            hash = reading.signature
          case .id, .role, .itemprop, .itemtype: mask.formUnion(cache.mask(of: value))
          case .ariaLabel where value.count < 40: mask.formUnion(cache.mask(of: value))
          default: break
          }
        }
        let parent = Int(node.parent)
        masks[index] = mask
        signatures[index] = parent >= 0 ? hash ^ (signatures[parent] &* 31) >> 1 : hash
      }
    }
  }

  private mutating func countRepetitions() {
    let elements = tree.nodes.indices.filter {
      tree.nodes[$0].tag != .text && !blocks(below: $0).isEmpty
    }
    var counts = HashCounts(most: elements.count)
    let places = elements.map { counts.add(UInt64(signatures[$0]) &+ 1).place }
    for (element, place) in zip(elements, places) { repetitions[element] = counts.counts[place] }
  }

  /// The blocks below a node.
  @inline(__always)
  func blocks(below node: Int) -> Range<Int> {
    Int(blocksBefore[node])..<Int(blocksBefore[Int(tree.nodes[node].end)])
  }

  @inline(__always)
  func sum(_ sums: [Int32], _ range: Range<Int>) -> Int32 {
    sums[range.upperBound] - sums[range.lowerBound]
  }

  @inline(__always)
  func linkDensity(_ range: Range<Int>) -> Float {
    let all = sum(words, range)
    return all == 0 ? 0 : Float(sum(linkWords, range)) / Float(all)
  }

  /// The smallest element that holds at least `share` of the page's good words.
  func container(ofShare share: Float) -> Int? {
    let total = Float(goodWords.last ?? 0)
    guard total > 0 else { return nil }
    var found: Int?
    var index = 0
    while index < tree.nodes.count {
      let node = tree.nodes[index]
      if node.tag == .text {
        index += 1
      } else if Float(sum(goodWords, blocks(below: index))) >= share * total {
        if node.tag.isBlock { found = index }
        index += 1
      } else {
        // Nothing below it can hold more than it does.
        index = Int(node.end)
      }
    }
    return found
  }
}
