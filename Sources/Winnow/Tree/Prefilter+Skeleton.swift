// What the parser is told of: tags without attributes, a byte for each run of text, and a byte for
// each leaf, which is an element of a line with nothing but text in it.
//
// Four of ten elements are leaves: links in menus, words in bold. To the parser they are no more than
// text, as it opens and closes nothing on their account: so it need not see their tags.

extension Prefilter {
  /// Tells the parser of a start tag.
  mutating func emit(_ tag: Tag) {
    endText()
    links.start(tag)
    if tag.isBlock, tag != .html, tag != .head { isInBody = true }
    page.skeleton.append(Tag.toldStarts[Int(tag.rawValue)])
    tagEnd = page.skeleton.count
  }

  mutating func emitEnd(_ tag: Tag) {
    if let leaf, leaf.tag.isTold(as: tag) { return end(leaf: leaf.startTag) }
    endText()
    links.end(tag)
    page.skeleton.append(Tag.toldEnds[Int(tag.rawValue)])
    tagEnd = page.skeleton.count
  }

  /// Ends the run of text before a tag, and the hope that the open element is a leaf.
  @inline(__always)
  mutating func endText() {
    if let leaf { tell(leaf: leaf.tag, at: leaf.startTag) }
    standIn()
  }

  // MARK: Leaves

  /// Bytes of text after which a leaf is told of all the same: the parser hands on text of 1,000
  /// bytes in pieces, and does not say where it stands by then.
  private static let longestText = 900

  /// May the element be a leaf, for all that its start tag tells? Before the body, text opens a
  /// paragraph and other elements none.
  @inline(__always)
  func mayBeLeaf(_ tag: Tag) -> Bool {
    findsLeaves && isInBody && tag.mayBeLeaf && (tag != .a || !links.mayBeOpen && leaf?.tag != .a)
      && page.skeleton.count - tagEnd < Self.longestText
  }

  /// What may be a leaf begins; its start tag is the page's next.
  mutating func beginLeaf(_ tag: Tag) {
    endText()
    leaf = (tag, page.startTags.count)
  }

  /// The text since its start tag, and maybe none, is all that it holds.
  private mutating func end(leaf startTag: Int) {
    leaf = nil
    standIn(UInt8(ascii: "x"), leaf: Int32(startTag))
  }

  private mutating func tell(leaf tag: Tag, at startTag: Int) {
    leaf = nil
    links.start(tag)
    page.skeleton.append(Tag.toldStarts[Int(tag.rawValue)])
    tagEnd = page.skeleton.count
    page.startTags[startTag].end = Int32(tagEnd - 1)
  }
}

/// Whether a link is open to the parser: another closes it then, if nothing stands between.
struct OpenLinks {
  /// Blocks that were begun and not ended, by their tags.
  private var blocks = 0
  /// For each open link, how many blocks were open when it began.
  private var starts: [Int] = []

  var mayBeOpen: Bool { !starts.isEmpty }

  @inline(__always)
  mutating func start(_ tag: Tag) {
    if tag == .a {
      starts.append(blocks)
    } else if tag.isBlock {
      blocks += 1
    }
  }

  /// A block that is open in a link keeps the link's end tag from ending it.
  @inline(__always)
  mutating func end(_ tag: Tag) {
    if tag == .a {
      if starts.last == blocks { starts.removeLast() }
    } else if tag.isBlock {
      blocks -= 1
    }
  }
}
