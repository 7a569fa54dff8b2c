// Words looked for inside of class names and ids, in one pass over a name.

/// Words of up to 8 bytes in lower case ASCII, found in any letter case and anywhere in a name.
struct WordsInNames: Sendable {
  /// A word's bytes as one number, the bits of it that count, and its length.
  private let words: [(bits: UInt64, mask: UInt64, length: Int)]
  /// The words' first letters: bit 0 is `a`.
  private let firstLetters: UInt32

  /// - Parameter words: Longer ones are looked for by their first 8 bytes.
  init(_ words: [String]) {
    self.words = words.map { word in
      let (bits, mask) = Self.number(word.utf8.prefix(8))
      return (bits, mask, min(8, word.utf8.count))
    }
    firstLetters = words.reduce(0) { letters, word in
      guard let first = word.utf8.first, 0x61...0x7A ~= first else { return letters }
      return letters | 1 << UInt32(first - 0x61)
    }
  }

  /// Up to 8 bytes as a number, and the bits of it that they fill.
  private static func number(_ bytes: some Sequence<UInt8>) -> (bits: UInt64, mask: UInt64) {
    var bits: UInt64 = 0
    var mask: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      // Bit 5 is what tells the letter cases of ASCII apart.
      bits |= UInt64(byte | 0x20) << UInt64(index * 8)
      mask |= 0xFF << UInt64(index * 8)
    }
    return (bits, mask)
  }

  /// Does one of the words stand in a range of the bytes?
  func occur(in bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    for start in range {
      let letter = (bytes[start] | 0x20) &- 0x61
      guard letter < 26, firstLetters & (1 << UInt32(letter)) != 0 else { continue }
      let left = range.upperBound - start
      let bits: UInt64
      if start + 8 <= bytes.count {
        bits =
          UnsafeRawPointer(base + start).loadUnaligned(as: UInt64.self) | 0x2020_2020_2020_2020
      } else {
        bits = Self.number(bytes[start..<bytes.count]).bits
      }
      for word in words where bits & word.mask == word.bits && word.length <= left { return true }
    }
    return false
  }
}

extension PageTree {
  /// Does an element's class or id hold one of the words?
  func isNamed(_ words: WordsInNames, _ index: Int) -> Bool {
    let node = nodes[index]
    return values.withUnsafeBufferPointer { values in
      for each in Int(node.start)..<Int(node.start + node.length) {
        let attribute = attributes[each]
        guard attribute.name == .class || attribute.name == .id else { continue }
        let start = Int(attribute.start)
        if words.occur(in: values, start..<start + Int(attribute.length)) { return true }
      }
      return false
    }
  }
}
