// What the prefilter makes of a page: the skeleton that libxml2 parses, and what is kept aside.

/// A start tag as the page wrote it.
package struct StartTag: Sendable {
  /// Offset of its `>` in the skeleton, by which the parser's events find it again;
  /// `-1` for a tag that the parser is not told of.
  var end: Int32
  var firstAttribute: Int32
  var attributeCount: Int16
  var tag: Tag
  var flags: NodeFlags
}

/// A run of text between two tags that the parser is told of, or a whole leaf: an element of a line
/// that holds one run of text or nothing.
struct TextRun: Sendable {
  /// Offset just past its stand-in in the skeleton.
  var end: Int32
  /// Where it stands in the page's text, and its bytes.
  var start: Int32
  var length: Int32
  /// Of a leaf, the place of its start tag; `-1` for a run of text alone.
  var leaf: Int32
}

/// What an element's own attributes say about it.
package struct NodeFlags: OptionSet, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `hidden`, or a style that hides it.
  package static let hidden = NodeFlags(rawValue: 1)
  /// `aria-hidden="true"`.
  package static let ariaHidden = NodeFlags(rawValue: 2)
}

/// An attribute whose value stands in a buffer of values, references decoded.
package struct Attribute: Sendable {
  package var name: AttributeName
  package var start: Int32
  package var length: Int32
}

/// A `script` that holds data, such as JSON-LD; its body is a range of the page's bytes.
package struct DataScript: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// `application/ld+json`.
    case jsonLD
    /// `application/json`, as app shells embed their state.
    case json
  }
  package var kind: Kind
  package var body: Range<Int>
}

/// A page's skeleton and what was kept aside of it.
struct FilteredPage: ~Copyable {
  /// What the parser reads: well-formed tags without attributes, and one byte for each run of text,
  /// a letter or, for a run of white space, a space. Where text may stand and what it opens depends
  /// on nothing else, and the parser looks at text byte by byte. A leaf stands where text may, and
  /// is a letter too.
  var skeleton: ByteBuffer
  /// All text of the page, references decoded.
  var text: ByteBuffer
  var texts: [TextRun] = []
  var startTags: [StartTag] = []
  var attributes: [Attribute] = []
  var values: ByteBuffer
  /// Places in `startTags` of `meta`, `link` and `base`.
  var about: [Int32] = []
  /// The first `title`, as a range of `values`.
  var title: Range<Int>?
  var scripts: [DataScript] = []
  /// A comment, tag or raw text was never closed, and the page's end is in it.
  var hasSwallowedTail = false

  /// - Parameter bytes: Of the whole page.
  init(bytes: Int) {
    skeleton = ByteBuffer(capacity: bytes / 6 + 1024)
    text = ByteBuffer(capacity: bytes / 4 + 1024)
    values = ByteBuffer(capacity: bytes / 8 + 1024)
    startTags.reserveCapacity(bytes / 128)
    texts.reserveCapacity(bytes / 128)
    attributes.reserveCapacity(bytes / 128)
  }

  /// A value that was kept.
  func value(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: values.base + range.lowerBound, count: range.count)
  }
}
