// Words looked for inside of class names and ids, in one pass over a name.

/// Words of up to 8 bytes in lower case ASCII, found in any letter case and anywhere in a name.
struct WordsInNames: Sendable {
  /// A word's bytes as one number, and the bits of it that count.
  private let words: [(bits: UInt64, mask: UInt64)]
  /// The words' first letters: bit 0 is `a`.
  private let firstLetters: UInt32

  /// - Parameter words: Longer ones are looked for by their first 8 bytes.
  init(_ words: [String]) {
    self.words = words.map { word in
      var bits: UInt64 = 0
      var mask: UInt64 = 0
      for (index, byte) in word.utf8.prefix(8).enumerated() {
        bits |= UInt64(byte) << UInt64(index * 8)
        mask |= 0xFF << UInt64(index * 8)
      }
      return (bits, mask)
    }
    firstLetters = words.reduce(0) { letters, word in
      guard let first = word.utf8.first, 0x61...0x7A ~= first else { return letters }
      return letters | 1 << UInt32(first - 0x61)
    }
  }

  func occur(in name: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = 0
    while start < name.count {
      // Bit 5 is what tells the letter cases of ASCII apart.
      let letter = (name[start] | 0x20) &- 0x61
      if letter < 26, firstLetters & (1 << UInt32(letter)) != 0, matches(name, at: start) {
        return true
      }
      start += 1
    }
    return false
  }

  private func matches(_ name: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
    var bits: UInt64 = 0
    for index in 0..<min(8, name.count - start) {
      bits |= UInt64(name[start + index] | 0x20) << UInt64(index * 8)
    }
    for word in words where bits & word.mask == word.bits { return true }
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
