// The name of a tag or an attribute, read eight bytes at a time.

enum ShortName {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highs: UInt64 = 0x8080_8080_8080_8080

  /// The name that starts at `start`, ASCII letters in lower case, and its length.
  ///
  /// - Parameter isAttribute: Whether `=` ends the name.
  /// - Returns: `nil` when the name is empty, has more than 16 bytes or control characters, or ends
  ///   where the page does: then read it byte by byte.
  @inline(__always)
  static func read(
    _ base: UnsafePointer<UInt8>, from start: Int, to end: Int, isAttribute: Bool
  ) -> (key: TagKey, length: Int)? {
    guard start + 17 <= end else { return nil }
    let raw = UnsafeRawPointer(base + start)
    let low = raw.loadUnaligned(as: UInt64.self)
    var stops = self.stops(low, isAttribute)
    if stops != 0 {
      let length = stops.trailingZeroBitCount >> 3
      guard length > 0, isExactStop(base[start + length]) else { return nil }
      // Below 64, as a stop is in the word.
      let mask = (1 as UInt64) << UInt64(length * 8) &- 1
      return (TagKey(low: lowered(low & mask), high: 0), length)
    }
    let high = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
    stops = self.stops(high, isAttribute)
    guard stops != 0 else { return nil }
    let length = stops.trailingZeroBitCount >> 3
    guard isExactStop(base[start + 8 + length]) else { return nil }
    let mask = (1 as UInt64) << UInt64(length * 8) &- 1
    return (TagKey(low: lowered(low), high: lowered(high & mask)), 8 + length)
  }

  /// Is it `>`, `/`, `=` or HTML's white space, and no other control character?
  @inline(__always)
  private static func isExactStop(_ byte: UInt8) -> Bool {
    byte >= 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
  }

  /// The high bit of each byte that may end a name: `>`, `/`, `=` in attributes, and all up to the
  /// space. False alarms stand only above a true one (Mycroft's test), so the lowest is exact.
  @inline(__always)
  private static func stops(_ word: UInt64, _ isAttribute: Bool) -> UInt64 {
    let greater = word ^ (ones &* 0x3E)
    let slash = word ^ (ones &* 0x2F)
    var found =
      (greater &- ones) & ~greater | (slash &- ones) & ~slash | (word &- ones &* 0x21) & ~word
    if isAttribute {
      let equals = word ^ (ones &* 0x3D)
      found |= (equals &- ones) & ~equals
    }
    return found & highs
  }

  /// Capitals of ASCII as small letters.
  @inline(__always)
  private static func lowered(_ word: UInt64) -> UInt64 {
    let sevens = word & ~highs
    // The high bit of each byte from A on, and from beyond Z on.
    let isFromA = sevens &+ ones &* (0x80 - 0x41)
    let isBeyondZ = sevens &+ ones &* (0x7F - 0x5A)
    return word | (isFromA ^ isBeyondZ) & ~word & highs >> 2
  }
}
