// The unit of choice: a run of inline content between block-level boundaries.

/// One block of a page, with what was counted while it was cut.
package struct TextBlock: Sendable {
  /// The nodes its text stands in, from the first text to just past the last.
  package var firstNode: Int32
  package var endNode: Int32
  /// The innermost block-level element around it.
  package var parent: Int32
  /// The first `a` with text of it, -1 if there is none.
  package var firstLink: Int32 = -1
  /// Its collapsed text, a range of `BlockList.text`.
  package var textStart: Int32
  package var textLength: Int32
  package var flags: BlockFlags
  package var counts: TextCounts
  /// Words inside `a`, inside `b` or `strong`, and inside `i` or `em`.
  package var linkWords: UInt16
  package var boldWords: UInt16
  package var italicWords: UInt16
  package var links: UInt16
  package var images: UInt16
  package var lineBreaks: UInt16
}

/// Where a block stands, as far as its markup says so by itself.
package struct BlockFlags: OptionSet, Sendable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Below an element with `hidden` or a style that hides it.
  package static let hidden = BlockFlags(rawValue: 1)
  package static let ariaHidden = BlockFlags(rawValue: 2)
  package static let noscript = BlockFlags(rawValue: 4)
  /// In `pre`: white space is kept.
  package static let preformatted = BlockFlags(rawValue: 8)
  /// In `button` or `label`.
  package static let control = BlockFlags(rawValue: 16)
  package static let form = BlockFlags(rawValue: 32)
  /// Cut off by two `br`, not by a block-level tag.
  package static let brokenOff = BlockFlags(rawValue: 64)
}

/// The blocks of a page in document order.
package struct BlockList: Sendable {
  package var blocks: [TextBlock] = []
  /// Blocks in `noscript` that only stand in for what the page shows; their texts are in `text`.
  package var standIns: [TextBlock] = []
  /// The blocks' texts one after the other, UTF-8, white space collapsed, `\n` for `br`.
  package var text: [UInt8] = []

  package init() {}

  package func string(of block: TextBlock) -> String {
    let start = Int(block.textStart)
    return String(decoding: text[start..<start + Int(block.textLength)], as: UTF8.self)
  }
}
