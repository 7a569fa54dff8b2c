// Blocks and decisions about their lines in, the blocks without those lines, or with marks on them, out.

enum LineRemoval {
  /// Removes the lines of residue; a block that nothing is left of goes, and marks move with their
  /// text.
  static func remove(_ lines: [DocumentLine], from blocks: inout [DocumentBlock]) {
    var emptied: Set<Int> = []
    var at = 0
    while at < lines.count {
      let block = lines[at].block
      var end = at
      while end < lines.count, lines[end].block == block { end += 1 }
      let ofBlock = lines[at..<end]
      at = end
      guard ofBlock.contains(where: { $0.residue != nil }) else { continue }
      let kept = ofBlock.filter { $0.residue == nil }.map(\.range)
      if kept.isEmpty { emptied.insert(block) } else { keep(kept, of: &blocks[block]) }
    }
    guard !emptied.isEmpty else { return }
    var place = -1
    blocks.removeAll { _ in
      place += 1
      return emptied.contains(place)
    }
  }

  /// Puts a mark on every line of residue.
  static func mark(_ lines: [DocumentLine], in blocks: inout [DocumentBlock]) {
    for line in lines {
      guard let kind = line.residue else { continue }
      blocks[line.block].marks.append(InlineMark(.residue(kind), line.range))
      blocks[line.block].marks.sort {
        ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
      }
    }
  }

  /// Leaves these ranges of the block's text, each a line.
  private static func keep(_ ranges: [Range<Int>], of block: inout DocumentBlock) {
    let old = Array(block.text.utf8)
    var text: [UInt8] = []
    var marks: [InlineMark] = []
    for range in ranges {
      if !text.isEmpty { text.append(0x0A) }
      let shift = text.count - range.lowerBound
      text += old[range]
      for mark in block.marks {
        let isImage = mark.range.isEmpty && range.contains(mark.range.lowerBound)
        let part = mark.range.clamped(to: range)
        if isImage || !part.isEmpty {
          marks.append(
            InlineMark(mark.kind, part.lowerBound + shift..<part.upperBound + shift))
        }
      }
    }
    block.text = String(decoding: text, as: UTF8.self)
    block.marks = marks.sorted {
      ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
    }
  }
}
