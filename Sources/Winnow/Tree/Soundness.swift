// What must hold of a decoded page, of a skeleton and of a tree, whatever the page: for fuzzing.

/// Lists what does not hold; empty for sound results.
package enum Soundness {
  /// A decoded page is valid UTF-8 without NUL.
  package static func faults(ofDecoding bytes: [UInt8], httpCharset: String?) -> [String] {
    let page = PageDecoder.decode(bytes, httpCharset: httpCharset)
    var faults: [String] = []
    if String(validating: page.utf8, as: UTF8.self) == nil { faults.append("not UTF-8") }
    if page.utf8.contains(0) { faults.append("a NUL") }
    if page.encoding.replacements < 0 { faults.append("replacements below zero") }
    return faults
  }

  /// A skeleton is short, of ASCII, and all that points into it or into values does so in order.
  package static func faults(ofFiltering utf8: [UInt8]) -> [String] {
    utf8.withUnsafeBufferPointer { input in
      let page = Prefilter.filter(input)
      var faults: [String] = []
      let skeleton = page.skeleton.array()
      if skeleton.contains(where: { $0 >= 0x7F || $0 < 0x20 }) { faults.append("odd skeleton") }
      var last: Int32 = 0
      for tag in page.startTags where tag.end >= 0 {
        if tag.end <= last && last > 0 || Int(tag.end) >= skeleton.count
          || skeleton[Int(tag.end)] != UInt8(ascii: ">")
        {
          faults.append("a start tag's end")
        }
        last = tag.end
      }
      var place: Int32 = 0
      var start: Int32 = 0
      for run in page.texts {
        if run.end <= place || Int(run.end) > skeleton.count { faults.append("a text's place") }
        if run.start != start || run.length < 0 || run.length == 0 && run.leaf < 0 {
          faults.append("a text's range")
        }
        place = run.end
        start = run.start + run.length
      }
      if Int(start) != page.text.count { faults.append("text without a place") }
      for attribute in page.attributes
      where attribute.start < 0 || Int(attribute.start + attribute.length) > page.values.count {
        faults.append("an attribute's value")
      }
      for script in page.scripts where script.body.upperBound > utf8.count {
        faults.append("a script's body")
      }
      if String(validating: page.text.array(), as: UTF8.self) == nil {
        faults.append("text that is not UTF-8")
      }
      return faults
    }
  }

  /// A tree's nodes stand in each other, its text in order, and its blocks in its text.
  package static func faults(ofParsing utf8: [UInt8]) -> [String] {
    guard let tree = try? PageParser.parse(utf8, limits: ExtractionOptions.Limits()) else {
      return []
    }
    var faults: [String] = []
    var open: [(index: Int, end: Int)] = []
    for (index, node) in tree.nodes.enumerated() {
      while let last = open.last, last.end <= index { open.removeLast() }
      if Int(node.parent) != open.last?.index ?? -1 { faults.append("node \(index): parent") }
      if Int(node.end) <= index || Int(node.end) > open.last?.end ?? tree.nodes.count {
        faults.append("node \(index): end")
      }
      let limit = node.tag == .text ? tree.text.count : tree.attributes.count
      if node.start < 0 || Int(node.start) + Int(node.length) > limit {
        faults.append("node \(index): range")
      }
      if node.tag != .text { open.append((index, Int(node.end))) }
    }
    if let told = try? PageParser.parse(
      utf8, limits: ExtractionOptions.Limits(), findsLeaves: false), !told.isAlike(tree)
    {
      faults.append("leaves that are not what the parser makes of them")
    }
    let list = BlockBuilder.blocks(of: tree)
    for (index, block) in list.blocks.enumerated()
    where block.textLength <= 0 || Int(block.textStart + block.textLength) > list.text.count
      || block.firstNode < 0 || Int(block.endNode) > tree.nodes.count
    {
      faults.append("block \(index)")
    }
    return faults
  }
}

extension PageTree {
  /// Does another tree of the same page have the same nodes? One that a limit cut does not count.
  package func isAlike(_ other: PageTree) -> Bool {
    guard !(degradations + other.degradations).contains(where: { $0 != .swallowedTail }) else {
      return true
    }
    return nodes.count == other.nodes.count
      && zip(nodes, other.nodes).allSatisfy { own, others in
        own.parent == others.parent && own.end == others.end && own.depth == others.depth
          && own.tag == others.tag && own.flags == others.flags && own.length == others.length
          && (own.tag != .text || content(of: own).elementsEqual(other.content(of: others)))
          && (own.tag == .text || own.start == others.start)
      }
  }

  private func content(of text: Node) -> ArraySlice<UInt8> {
    self.text[Int(text.start)..<Int(text.start + text.length)]
  }
}
