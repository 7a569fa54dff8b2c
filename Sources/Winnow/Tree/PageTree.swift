// A page as flat arrays: what the rest of Winnow sees of the parse.

/// A page's elements and text in document order, in arrays of values.
///
/// A node's descendants follow it, up to `end`; walking the array is walking the page.
package struct PageTree: Sendable {
  /// An element or a run of text.
  package struct Node: Sendable {
    /// The element around it; `-1` for a root.
    package var parent: Int32
    /// Just past its last descendant.
    package var end: Int32
    /// Of text: offset in `text`. Of an element: its first attribute.
    package var start: Int32
    /// Of text: bytes. Of an element: the number of its attributes.
    package var length: Int32
    /// Elements around it.
    package var depth: UInt16
    package var tag: Tag
    package var flags: NodeFlags
  }

  package var nodes: [Node] = []
  /// All text of the page, one run after the other, UTF-8, white space as the page has it.
  package var text: [UInt8] = []
  package var attributes: [Attribute] = []
  /// The attributes' values, UTF-8, references decoded.
  package var values: [UInt8] = []
  /// `meta`, `link` and `base` in document order, wherever the page has them.
  package var about: [AboutTag] = []
  /// The first `title`, references decoded, white space as the page has it.
  package var title: String?
  /// The page's bytes, UTF-8; `scripts` are ranges of them.
  package var source: [UInt8] = []
  package var scripts: [DataScript] = []
  package var degradations: [Degradation] = []

  /// A `meta`, `link` or `base`: a range of `attributes`.
  package struct AboutTag: Sendable {
    package var tag: Tag
    package var attributes: Range<Int>
  }

  package init() {}

  // MARK: Attributes

  /// The bytes of an element's attribute, `nil` if it has none of that name.
  package func value(_ name: AttributeName, of node: Int) -> ArraySlice<UInt8>? {
    let element = nodes[node]
    guard element.tag != .text else { return nil }
    return value(name, in: Int(element.start)..<Int(element.start + element.length))
  }

  package func value(_ name: AttributeName, in range: Range<Int>) -> ArraySlice<UInt8>? {
    self.range(name, in: range).map { values[$0] }
  }

  /// Where in `values` an element's attribute stands.
  func range(_ name: AttributeName, of node: Int) -> Range<Int>? {
    let element = nodes[node]
    return range(name, in: Int(element.start)..<Int(element.start + element.length))
  }

  private func range(_ name: AttributeName, in range: Range<Int>) -> Range<Int>? {
    for index in range where attributes[index].name == name {
      let attribute = attributes[index]
      return Int(attribute.start)..<Int(attribute.start + attribute.length)
    }
    return nil
  }

  /// As `value`, as a string.
  package func string(_ name: AttributeName, of node: Int) -> String? {
    value(name, of: node).map { String(decoding: $0, as: UTF8.self) }
  }

  package func string(_ name: AttributeName, in range: Range<Int>) -> String? {
    value(name, in: range).map { String(decoding: $0, as: UTF8.self) }
  }

  // MARK: Text

  /// The text below a node, white space collapsed and trimmed. Allocates; not for hot paths.
  package func collapsedText(of node: Int) -> String {
    var result: [UInt8] = []
    var pendingSpace = false
    for index in node..<Int(nodes[node].end) {
      let element = nodes[index]
      guard element.tag == .text else {
        pendingSpace = pendingSpace || element.tag.isBlock || element.tag == .br
        continue
      }
      for byte in text[Int(element.start)..<Int(element.start + element.length)] {
        if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
          pendingSpace = true
        } else {
          if pendingSpace && !result.isEmpty { result.append(0x20) }
          pendingSpace = false
          result.append(byte)
        }
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
