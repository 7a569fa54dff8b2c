// How much of a page is UTF-8: the counts that weigh a declaration against the bytes.

struct UTF8Census {
  /// Valid sequences of two bytes and more.
  private(set) var multiByte = 0
  /// Broken sequences, each as long as one U+FFFD would stand for.
  private(set) var broken = 0

  /// - Parameter enough: Stops counting when `multiByte` has reached this.
  /// - Complexity: O(bytes).
  init(_ bytes: [UInt8], upTo enough: Int = .max) {
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      while multiByte < enough {
        index = buffer.endOfASCII(from: index)
        guard index < buffer.count else { return }
        if buffer[index] == 0 {
          index += 1
          continue
        }
        let (length, isValid) = buffer.utf8Sequence(at: index)
        if isValid { multiByte += 1 } else { broken += 1 }
        index += length
      }
    }
  }
}
