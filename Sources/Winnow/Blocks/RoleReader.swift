// What part each block plays, read from its markup and its place.

/// Reads roles of a page's blocks.
struct RoleReader {
  private let outline: PageOutline
  private let headings: HeadingIndex
  /// The first block that is the whole title, word by word, as a line of its own.
  private let plainTitle: Int?
  private var tree: PageTree { outline.tree }

  init(_ outline: PageOutline, headings: HeadingIndex) {
    self.outline = outline
    self.headings = headings
    plainTitle = outline.blocks.indices.first {
      let shares = headings.titleShares[$0]
      return shares.own == 1 && shares.title == 1 && outline.blocks[$0].counts.words > 1
        && outline.blocks[$0].linkWords == 0
    }
  }

  /// Longer blocks are no bylines or dates.
  private static let bylineWords = 12

  func role(of index: Int, containers: [Container]) -> Role {
    let block = outline.blocks[index]
    if isTitle(index) { return .title }
    if isComment(block) { return .comment }
    let tag = block.parent >= 0 ? tree.nodes[Int(block.parent)].tag : .body
    if tag.headingLevel > 0 { return .heading }
    if block.flags.contains(.preformatted) { return .code }
    if isCaption(block) { return .caption }
    if block.counts.words <= Self.bylineWords, let role = shortRole(block) { return role }
    for container in containers.reversed() {
      switch container.kind {
      case .quote: return .quote
      case .cell: return .tableCell
      case .item, .term, .definition: return .listItem
      default: break
      }
    }
    return .body
  }

  /// The page's headline: its first `h1`, or a heading that says what the title says; where no
  /// heading is marked as such, the first line that is the title.
  func isTitle(_ index: Int) -> Bool {
    let level = PageOutline.headingLevel(outline.blocks[index], tree)
    let shares = headings.titleShares[index]
    if level == 0 { return headings.firstH1 < 0 && index == plainTitle }
    guard level <= 2 else { return false }
    if shares.own >= 0.8 && shares.title >= 0.4 { return true }
    return level == 1 && Int(headings.firstH1) == index
      && (shares.own >= 0.5 || isTitleWithAnchor(index))
  }

  /// The signs by which headings link to themselves.
  private static let anchors: Set<Character> = ["¶", "#", "§", "🔗", " "]

  /// Does the page's title begin with a heading's text, but for a link to the heading itself?
  private func isTitleWithAnchor(_ index: Int) -> Bool {
    var text = outline.list.string(of: outline.blocks[index])[...]
    let length = text.count
    while let last = text.last, Self.anchors.contains(last) { text.removeLast() }
    return !text.isEmpty && text.count < length && headings.title?.hasPrefix(text) == true
  }

  private func isComment(_ block: TextBlock) -> Bool {
    var node = block.parent
    while node >= 0 {
      let tag = tree.nodes[Int(node)].tag
      if tag == .article || tag == .main || tag == .body {
        // Comments are marked up as articles too; what holds the whole page is no comment.
        if !outline.masks[Int(node)].contains(LexiconMask(.comment)) { return false }
      }
      if outline.masks[Int(node)].contains(LexiconMask(.comment)),
        outline.blocks(below: Int(node)).count * 2 < outline.blocks.count
      {
        return true
      }
      node = tree.nodes[Int(node)].parent
    }
    return false
  }

  private func isCaption(_ block: TextBlock) -> Bool {
    var node = tree.nodes[Int(block.firstNode)].parent
    for _ in 0..<4 where node >= 0 {
      let tag = tree.nodes[Int(node)].tag
      if tag == .figcaption || tag == .caption { return true }
      if tag == .p && node != block.parent || tag == .article || tag == .body { return false }
      if outline.masks[Int(node)].contains(LexiconMask(.caption)), block.counts.words < 60 {
        // What holds an article's credits often holds its standfirst too.
        return !StandfirstNames.isNamed(block, tree, isNews: false)
      }
      node = tree.nodes[Int(node)].parent
    }
    return false
  }

  private func shortRole(_ block: TextBlock) -> Role? {
    var node = tree.nodes[Int(block.firstNode)].parent
    for _ in 0..<3 where node >= 0 {
      if tree.nodes[Int(node)].tag == .time { return .date }
      let mask = outline.masks[Int(node)]
      if outline.blocks(below: Int(node)).count <= 6 {
        if mask.contains(LexiconMask(.author)) { return .byline }
        if mask.contains(LexiconMask(.date)), block.counts.digits > 0 { return .date }
      }
      node = tree.nodes[Int(node)].parent
    }
    return nil
  }
}
