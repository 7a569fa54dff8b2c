// A document's blocks in, its lines with a decision about each out.

/// One line of a document.
struct DocumentLine {
  var block: Int
  /// UTF-8 offsets into the block's text.
  var range: Range<Int>
  var verdict: LineVerdict
  /// The share of the line that stands inside links, `0...1`.
  var linkShare: Float
  /// What the line is there for, if it is residue.
  var residue: ResidueKind?
}

/// The lines of a document that may be residue, in order, and those that stand between them.
struct DocumentLines {
  private(set) var lines: [DocumentLine] = []

  var hasResidue: Bool { lines.contains { $0.residue != nil } }

  init(_ blocks: [DocumentBlock], judge: inout LineJudge, isSpared: (Int) -> Bool) {
    for (index, block) in blocks.enumerated() {
      let mayGo = Self.mayHoldResidue(block) && !isSpared(index)
      var text = block.text
      text.withUTF8 { bytes in
        var start = 0
        while start < bytes.count {
          let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
          if start < end {
            let line = UnsafeBufferPointer(rebasing: bytes[start..<end])
            let verdict = mayGo ? judge.judge(line) : .text(bytes: line.count)
            lines.append(
              DocumentLine(
                block: index, range: start..<end, verdict: verdict,
                linkShare: Self.linkShare(of: start..<end, block.marks)))
          }
          start = end + 1
        }
      }
    }
  }

  private static func mayHoldResidue(_ block: DocumentBlock) -> Bool {
    switch block.role {
    case .code, .tableCell, .title, .byline, .date: false
    default: !block.marks.contains { $0.kind == .code }
    }
  }

  private static func linkShare(of range: Range<Int>, _ marks: [InlineMark]) -> Float {
    var linked = 0
    for mark in marks {
      guard case .link = mark.kind else { continue }
      linked += mark.range.clamped(to: range).count
    }
    return min(1, Float(linked) / Float(range.count))
  }

  // MARK: The decision

  // Log-odds; how they were chosen, and what else was tried, stands in docs/quality.md, Residue.
  /// What a line must reach alone in the middle of a text.
  private static let threshold: Float = 0
  /// What a line of so few words, which may be a name or a heading, must reach more.
  private static let fewWords = 3
  private static let ofFewWords: Float = 0.5
  /// What a line must reach more between paragraphs of prose, where most lines are honest.
  private static let amidProse: Float = 0.5
  /// What a heading must reach more: a word or two say little of what stands below them.
  private static let asHeading: Float = 1
  /// What residue beside a line is worth, and how sure one must be of it.
  private static let besideResidue: Float = 1
  private static let sureResidue: Float = 3
  /// What it is worth that no prose follows a line that is no statement.
  private static let afterText: Float = 1
  /// What it is worth that all of a line is a link.
  private static let linked: Float = 0.5
  /// More words than this cost a line as much again as a link is worth.
  private static let manyWords = 25
  /// What an item must reach more in a list of text: of so many items, of which fewer than half look
  /// like residue. Names of a list are as short as those of networks and tags.
  private static let inListOfText: Float = 3
  private static let itemsOfList = 4
  /// Prose: a line of so many words that does not look like residue at all.
  private static let proseWords = 12

  /// Decides about each line.
  mutating func decide(_ blocks: [DocumentBlock], kinds: Set<ResidueKind>) {
    let endOfProse =
      (lines.lastIndex { $0.verdict.words >= Self.proseWords && $0.verdict.score < 0 } ?? -1) + 1
    var listsOfText = listsOfText(blocks)[...]
    for index in lines.indices {
      let line = lines[index]
      var need = Self.threshold
      while let list = listsOfText.first, list.upperBound <= index { listsOfText.removeFirst() }
      if listsOfText.first?.contains(index) == true { need += Self.inListOfText }
      if isBesideResidue(index) { need -= Self.besideResidue }
      if endOfProse > 0, index < endOfProse {
        need += Self.amidProse
      } else if endOfProse > 0, !isStatement(line, blocks) {
        need -= Self.afterText
      }
      if line.linkShare > 0.8 { need -= Self.linked }
      if line.verdict.words > Self.manyWords { need += Self.linked }
      if line.verdict.words <= Self.fewWords { need += Self.ofFewWords }
      if blocks[line.block].role == .heading { need += Self.asHeading }
      guard line.verdict.score >= need else { continue }
      if let kind = line.verdict.kind, kinds.contains(kind) { lines[index].residue = kind }
    }
    if isMostOfTheDocument() {
      for index in lines.indices where lines[index].residue != .phrase {
        lines[index].residue = nil
      }
      return
    }
    dropEmptyHeadings(blocks)
  }

  /// The lines of items that follow each other where fewer than half look like residue.
  private func listsOfText(_ blocks: [DocumentBlock]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var start = 0
    while start < lines.count {
      var end = start
      var likely = 0
      while end < lines.count, blocks[lines[end].block].role == .listItem {
        if lines[end].verdict.score >= Self.threshold { likely += 1 }
        end += 1
      }
      if end - start >= Self.itemsOfList, likely * 2 < end - start { found.append(start..<end) }
      start = max(end, start + 1)
    }
    return found
  }

  /// Is the line a sentence of some length that ends in a full stop? The last line of an article is.
  private func isStatement(_ line: DocumentLine, _ blocks: [DocumentBlock]) -> Bool {
    let text = blocks[line.block].text.utf8
    let last = text.index(text.startIndex, offsetBy: line.range.upperBound - 1)
    return line.verdict.words > Self.fewWords && text[last] == 0x2E
  }

  private func isBesideResidue(_ index: Int) -> Bool {
    for other in max(0, index - 2)...min(lines.count - 1, index + 2) where other != index {
      if lines[other].verdict.score >= Self.sureResidue { return true }
    }
    return false
  }

  private func isMostOfTheDocument() -> Bool {
    var all = 0
    var residue = 0
    for line in lines {
      all += line.verdict.words
      if line.residue != nil, line.residue != .phrase { residue += line.verdict.words }
    }
    return residue * 2 > all
  }

  /// A heading all of whose section went is left without a meaning, and goes too.
  private mutating func dropEmptyHeadings(_ blocks: [DocumentBlock]) {
    var kindBelow: ResidueKind?
    for index in lines.indices.reversed() {
      let line = lines[index]
      if let kind = line.residue {
        kindBelow = kind
      } else if let kind = kindBelow, blocks[line.block].role == .heading,
        isEndOfSection(after: index, blocks), line.verdict.score > -LineJudge.certain
      {
        lines[index].residue = kind
      } else {
        kindBelow = nil
      }
    }
  }

  /// Is all residue from here to the next heading of the same rank or the end?
  private func isEndOfSection(after index: Int, _ blocks: [DocumentBlock]) -> Bool {
    let level = blocks[lines[index].block].headingLevel
    for other in index + 1..<lines.count {
      let block = blocks[lines[other].block]
      if lines[other].residue != nil { continue }
      return block.role == .heading && block.headingLevel <= level
    }
    return true
  }
}
