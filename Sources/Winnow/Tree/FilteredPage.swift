// What the prefilter makes of a page: the part that libxml2 parses, and what is kept aside.

/// A start tag as the page wrote it.
package struct StartTag: Sendable {
  /// Offset of its `>` in the filtered bytes, by which the parser's events find it again;
  /// `-1` for a tag that the parser is not told of.
  var end: Int32
  var firstAttribute: Int32
  var attributeCount: Int16
  var tag: Tag
  var flags: NodeFlags
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

/// The filtered bytes of a page and what was kept aside of it.
struct FilteredPage: ~Copyable {
  /// Well-formed tags without attributes, and text in which `<` and `&` stand as references.
  var bytes: ByteBuffer
  var startTags: [StartTag] = []
  var attributes: [Attribute] = []
  var values: [UInt8] = []
  /// Places in `startTags` of `meta`, `link` and `base`.
  var about: [Int32] = []
  /// The first `title`, as a range of `values`.
  var title: Range<Int>?
  var scripts: [DataScript] = []
  /// A comment, tag or raw text was never closed, and the page's end is in it.
  var hasSwallowedTail = false

  init(capacity: Int) { bytes = ByteBuffer(capacity: capacity) }
}
