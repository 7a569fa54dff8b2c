// Hashes and counts by hash: alike for what is alike, apart for what is not.

import Testing

@testable import Winnow

@Suite("Hashes of bytes")
struct ByteHashTests {
  private func hash(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBufferPointer(ByteHash.hash) }

  @Test("Texts that differ in one byte, in length or in order differ in their hashes")
  func apart() {
    var seen: Set<UInt64> = []
    var count = 0
    for length in 0...40 {
      for changed in 0..<max(1, length) {
        for value in [UInt8(1), 2, 128] {
          var bytes = [UInt8](repeating: 0, count: length)
          if length > 0 { bytes[changed] = value }
          seen.insert(hash(bytes))
          count += length > 0 || value == 1 ? 1 : 0
        }
      }
    }
    #expect(seen.count == count)
    #expect(hash(Array("ab".utf8)) != hash(Array("ba".utf8)))
    #expect(hash(Array("a text".utf8)) == hash(Array("a text".utf8)))
  }

  @Test("Counts are those of a dictionary")
  func counts() {
    var random = SplitMix(state: 3)
    // Few keys that stand close together, zero among them.
    let keys = (0..<5000).map { _ in UInt64.random(in: 0...700, using: &random) }
    var counts = HashCounts(most: 701)
    var expected: [UInt64: Int32] = [:]
    var places: [Int] = []
    // A loop: Swift 6.3.1 crashes on a closure that changes both counts.
    for key in keys {
      let (place, before) = counts.add(key)
      // Zero is counted as one.
      #expect(before == expected[max(1, key), default: 0])
      expected[max(1, key), default: 0] += 1
      places.append(place)
    }
    for (key, place) in zip(keys, places) {
      #expect(counts.counts[place] == expected[max(1, key)])
    }
  }
}
