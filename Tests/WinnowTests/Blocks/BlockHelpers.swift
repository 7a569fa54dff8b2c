// What the tests of blocks share.

@testable import Winnow

/// The blocks of a page.
func blocks(_ html: String) throws -> BlockList {
  BlockBuilder.blocks(of: try parsed(html))
}

extension BlockList {
  var strings: [String] { blocks.map { string(of: $0) } }

  /// What does not hold of these blocks; empty for sound ones.
  func faults(in tree: PageTree) -> [String] {
    var faults: [String] = []
    var nextNode: Int32 = 0
    var nextText: Int32 = 0
    for (index, block) in blocks.enumerated() {
      if block.firstNode < nextNode || block.endNode <= block.firstNode
        || Int(block.endNode) > tree.nodes.count
      {
        faults.append("block \(index): nodes")
        continue
      }
      if block.textStart < nextText || block.textLength <= 0
        || Int(block.textStart + block.textLength) > text.count
      {
        faults.append("block \(index): text range")
        continue
      }
      nextNode = block.endNode
      nextText = block.textStart + block.textLength
      if essence(of: block) != essence(of: block, in: tree) {
        faults.append("block \(index): text is not what its nodes hold")
      }
      if block.linkWords > block.counts.words || block.boldWords > block.counts.words {
        faults.append("block \(index): words in links")
      }
      if block.parent >= 0 {
        let parent = tree.nodes[Int(block.parent)]
        if !parent.tag.isBlock || block.parent >= block.firstNode || parent.end < block.endNode {
          faults.append("block \(index): parent")
        }
      }
    }
    return faults
  }

  private func essence(of block: TextBlock) -> [UInt8] {
    text[Int(block.textStart)..<Int(block.textStart + block.textLength)].filter { !isSpace($0) }
  }

  private func essence(of block: TextBlock, in tree: PageTree) -> [UInt8] {
    var bytes: [UInt8] = []
    var skippedTo: Int32 = 0
    for index in block.firstNode..<block.endNode {
      let node = tree.nodes[Int(index)]
      switch node.tag {
      case .video, .audio, .canvas, .rp, .rt: skippedTo = max(skippedTo, node.end)
      case .text where index >= skippedTo:
        bytes += tree.text[Int(node.start)..<Int(node.start + node.length)]
      default: break
      }
    }
    return bytes.filter { !isSpace($0) }
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }
}
