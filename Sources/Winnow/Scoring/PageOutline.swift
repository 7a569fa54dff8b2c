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
  /// Categories of an element's own class, id, role and item properties.
  private(set) var masks: [LexiconMask]
  /// A hash of an element's tag, class and its parent's, alike for what is repeated.
  private(set) var signatures: [UInt32]
  /// How many elements share a signature.
  private(set) var repetitions: [UInt32: Int32]

  init(tree: PageTree, list: BlockList) {
    self.tree = tree
    self.list = list
    let count = list.blocks.count
    words = [Int32](repeating: 0, count: count + 1)
    linkWords = words
    goodWords = words
    sentences = words
    headings = words
    images = words
    endings = words
    for (index, block) in list.blocks.enumerated() {
      let blockWords = Int32(block.counts.words)
      let links = Int32(block.linkWords)
      let isGood = blockWords >= 10 && links * 3 < blockWords
      words[index + 1] = words[index] + blockWords
      linkWords[index + 1] = linkWords[index] + links
      goodWords[index + 1] = goodWords[index] + (isGood ? blockWords : 0)
      sentences[index + 1] = sentences[index] + Int32(block.counts.sentences)
      headings[index + 1] = headings[index] + (Self.headingLevel(block, tree) > 0 ? 1 : 0)
      images[index + 1] = images[index] + Int32(block.images)
      endings[index + 1] =
        endings[index] + (block.counts.flags.contains(.endsSentence) ? 1 : 0)
    }
    blocksBefore = [Int32](repeating: 0, count: tree.nodes.count + 1)
    var block = 0
    for node in tree.nodes.indices {
      blocksBefore[node] = Int32(block)
      while block < count, list.blocks[block].firstNode <= Int32(node) { block += 1 }
    }
    blocksBefore[tree.nodes.count] = Int32(count)

    masks = [LexiconMask](repeating: [], count: tree.nodes.count)
    signatures = [UInt32](repeating: 0, count: tree.nodes.count)
    repetitions = [:]
    readNames()
  }

  /// `1...6` if the block stands in a heading.
  static func headingLevel(_ block: TextBlock, _ tree: PageTree) -> Int {
    block.parent >= 0 ? tree.nodes[Int(block.parent)].tag.headingLevel : 0
  }

  private mutating func readNames() {
    var cache = LexiconCache()
    for index in tree.nodes.indices where tree.nodes[index].tag != .text {
      let node = tree.nodes[index]
      var hash = UInt32(node.tag.rawValue) &* 0x9E37_79B1
      for attribute in tree.attributes[Int(node.start)..<Int(node.start + node.length)] {
        switch attribute.name {
        case .class, .id, .role, .itemprop, .itemtype, .ariaLabel:
          let value = tree.values[
            Int(attribute.start)..<Int(attribute.start + attribute.length)]
          if attribute.name != .ariaLabel || value.count < 40 {
            masks[index].formUnion(cache.mask(of: value))
          }
          if attribute.name == .class {
            for byte in value where byte < 0x30 || byte > 0x39 {
              hash = (hash ^ UInt32(byte)) &* 0x0100_0193
            }
          }
        default: break
        }
      }
      let parent = Int(node.parent)
      signatures[index] = parent >= 0 ? hash ^ (signatures[parent] &* 31) >> 1 : hash
      if blocks(below: index).count > 0 { repetitions[signatures[index], default: 0] += 1 }
    }
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
