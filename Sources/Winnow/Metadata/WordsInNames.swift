// Words looked for inside of class names and ids, in one pass over a name.

/// Words in lower case ASCII, found in any letter case and anywhere in a name.
struct WordsInNames: Sendable {
  /// The words by their first letter, `a` at 0.
  private let byFirst: [[[UInt8]]]

  init(_ words: [String]) {
    var byFirst = [[[UInt8]]](repeating: [], count: 26)
    for word in words {
      let bytes = Array(word.utf8)
      if let first = bytes.first, 0x61...0x7A ~= first { byFirst[Int(first) - 0x61].append(bytes) }
    }
    self.byFirst = byFirst
  }

  func occur(in name: UnsafeBufferPointer<UInt8>) -> Bool {
    for start in name.indices {
      let first = Int(name[start] | 0x20) - 0x61
      guard 0..<26 ~= first, !byFirst[first].isEmpty else { continue }
      for word in byFirst[first] where start + word.count <= name.count {
        if word.indices.allSatisfy({ name[start + $0] | 0x20 == word[$0] }) { return true }
      }
    }
    return false
  }
}

extension PageTree {
  /// Does an element's class or id hold one of the words?
  func isNamed(_ words: WordsInNames, _ index: Int) -> Bool {
    let node = nodes[index]
    for each in Int(node.start)..<Int(node.start + node.length) {
      let attribute = attributes[each]
      guard attribute.name == .class || attribute.name == .id else { continue }
      let start = Int(attribute.start)
      let isFound = values.withUnsafeBufferPointer {
        words.occur(in: UnsafeBufferPointer(rebasing: $0[start..<start + Int(attribute.length)]))
      }
      if isFound { return true }
    }
    return false
  }
}
