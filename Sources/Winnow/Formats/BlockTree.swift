// A document's blocks as a tree: consecutive blocks in the same element become one node's children.

/// A block, or an element with what stands in it.
indirect enum BlockNode {
  case block(DocumentBlock)
  case container(Container, [BlockNode])
}

enum BlockTree {
  /// The blocks in their containers.
  ///
  /// A quote that stands in no quote element gets one of its own.
  ///
  /// - Complexity: O(blocks x depth).
  static func make(_ blocks: [DocumentBlock]) -> [BlockNode] {
    var open: [(container: Container, children: [BlockNode])] = []
    var top: [BlockNode] = []

    func close(to depth: Int) {
      while open.count > depth, let last = open.popLast() {
        let node = BlockNode.container(last.container, last.children)
        if open.isEmpty { top.append(node) } else { open[open.count - 1].children.append(node) }
      }
    }

    for (index, block) in blocks.enumerated() {
      var containers = block.containers
      if block.role == .quote && !containers.contains(where: { $0.kind == .quote }) {
        // Identities of the page are not negative.
        containers.append(Container(.quote, identity: -1 - Int32(truncatingIfNeeded: index)))
      }
      let shared = zip(open, containers).prefix { $0.container == $1 }.count
      close(to: shared)
      for container in containers[shared...] { open.append((container, [])) }
      if open.isEmpty {
        top.append(.block(block))
      } else {
        open[open.count - 1].children.append(.block(block))
      }
    }
    close(to: 0)
    return top
  }
}

extension BlockNode {
  /// All blocks below, in reading order.
  var blocks: [DocumentBlock] {
    switch self {
    case .block(let block): [block]
    case .container(_, let children): children.flatMap(\.blocks)
    }
  }
}
