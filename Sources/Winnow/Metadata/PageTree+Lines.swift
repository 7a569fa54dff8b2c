// An element's text as one short line, for what is looked at beside the blocks.

extension PageTree {
  /// The text below an element on one line; `nil` when there is none or it is longer than `limit`
  /// bytes before white space is collapsed.
  func text(below index: Int, limit: Int) -> String? {
    let end = Int(nodes[index].end)
    var bytes: [UInt8] = []
    for each in index..<max(end, index + 1) {
      let node = nodes[each]
      if node.tag == .text {
        bytes.append(contentsOf: text[Int(node.start)..<Int(node.start + node.length)])
        if bytes.count > limit * 2 { return nil }
      } else if node.tag.isBlock || node.tag == .br {
        bytes.append(0x20)
      }
    }
    guard let line = MetadataText.collapsed(bytes), line.utf8.count <= limit else { return nil }
    return line
  }
}
