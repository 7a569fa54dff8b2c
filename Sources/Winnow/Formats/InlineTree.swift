// The marks of a block as a tree over its text. Shared by the formats that show marks.

/// A part of a block's text: plain, or inside a mark.
indirect enum InlineNode: Equatable {
  case text(Range<Int>)
  case mark(InlineMark.Kind, [InlineNode])

  /// Builds the tree of `marks` over `text`.
  ///
  /// A mark that would reach out of the one it starts in is cut there; white space at the ends of
  /// a mark is put outside it, since no format can set off a space; a mark that covers nothing
  /// else disappears, as does one inside another of its kind, and one inside code.
  static func tree(of text: [UInt8], marks: [InlineMark]) -> [InlineNode] {
    var builder = InlineTreeBuilder(text: text, marks: marks)
    return builder.nodes(in: builder.shown(of: 0..<text.count), inside: [])
  }
}

private struct InlineTreeBuilder {
  let text: [UInt8]
  let marks: [InlineMark]
  var next = 0

  mutating func nodes(in range: Range<Int>, inside: [InlineMark.Kind]) -> [InlineNode] {
    var nodes: [InlineNode] = []
    var at = range.lowerBound
    while next < marks.count {
      let mark = marks[next]
      let isImage = mark.isImage
      // An image at the very end belongs to what surrounds it, unless that ends here too.
      guard
        mark.range.lowerBound < range.upperBound
          || mark.range.lowerBound == range.upperBound
            && (isImage || mark.range.isEmpty && nextImage(in: mark.range, after: next + 1) != nil)
      else { break }
      next += 1
      let start = max(mark.range.lowerBound, at)
      let covered = start..<max(start, min(mark.range.upperBound, range.upperBound))
      if isImage {
        if inside.contains(.code) { continue }
        let position = min(max(mark.range.lowerBound, at), range.upperBound)
        appendText(at..<position, to: &nodes)
        at = position
        nodes.append(.mark(mark.kind, []))
        continue
      }
      if covered.isEmpty, nextImage(in: covered) == nil { continue }
      var shown = shown(of: covered)
      if shown.isEmpty {
        // A link may hold an image and nothing else.
        guard case .link = mark.kind, let image = nextImage(in: covered) else { continue }
        shown = image..<image
      }
      guard isAllowed(mark.kind, inside) else { continue }
      appendText(at..<shown.lowerBound, to: &nodes)
      let children = self.nodes(in: shown, inside: inside + [mark.kind])
      nodes.append(.mark(mark.kind, children))
      at = shown.upperBound
    }
    appendText(at..<range.upperBound, to: &nodes)
    return nodes
  }

  private func appendText(_ range: Range<Int>, to nodes: inout [InlineNode]) {
    if !range.isEmpty { nodes.append(.text(range)) }
  }

  private func isAllowed(_ kind: InlineMark.Kind, _ inside: [InlineMark.Kind]) -> Bool {
    if inside.contains(.code) || inside.contains(kind) { return false }
    guard case .link = kind else { return true }
    return !inside.contains { if case .link = $0 { true } else { false } }
  }

  private func nextImage(in range: Range<Int>, after index: Int? = nil) -> Int? {
    let next = index ?? next
    guard next < marks.count, marks[next].isImage else { return nil }
    let position = marks[next].range.lowerBound
    return position >= range.lowerBound && position <= range.upperBound ? position : nil
  }

  /// A range without the white space at its ends, but for what parts an image there from the text.
  func shown(of range: Range<Int>) -> Range<Int> {
    var shown = trim(range)
    if shown.isEmpty || shown == range { return shown }
    for mark in marks where mark.isImage {
      let position = mark.range.lowerBound
      if position == range.lowerBound { shown = position..<shown.upperBound }
      if position == range.upperBound { shown = shown.lowerBound..<position }
    }
    return shown
  }

  private func trim(_ range: Range<Int>) -> Range<Int> {
    func isSpace(_ index: Int) -> Bool { text[index] == 0x20 || text[index] == 0x0A }
    var low = range.lowerBound
    var high = range.upperBound
    while low < high, isSpace(low) { low += 1 }
    while low < high, isSpace(high - 1) { high -= 1 }
    return low..<high
  }
}
