// Character references of HTML: bytes after an ampersand in, scalars out. Never allocates.
//
// Source: HTML Standard, 13.2.5.72 to 13.2.5.80 (character reference states).

/// Decodes character references as browsers do.
package enum HTMLEntities {
  /// What a character reference stands for.
  package struct Reference: Equatable, Sendable {
    /// One or two scalars; the second is `0` if there is none.
    package var scalars: (UInt32, UInt32)
    /// Bytes after the ampersand that belong to the reference, its semicolon included.
    package var length: Int

    package static func == (a: Self, b: Self) -> Bool {
      a.scalars == b.scalars && a.length == b.length
    }
  }

  /// The reference that starts at `from`, where the byte before is `&`.
  ///
  /// The longest name of the standard wins; names such as `nbsp` and `copy` need no semicolon.
  /// Numbers need none either; those from 128 to 159 mean windows-1252, and zero, surrogates and
  /// what lies beyond Unicode become U+FFFD.
  ///
  /// - Parameters:
  ///   - bytes: The text, UTF-8; `from` may be its end.
  ///   - inAttribute: Whether the text is an attribute's value, where a name without semicolon
  ///     is none if `=`, a letter or a digit follows it.
  /// - Returns: `nil` when no reference starts here: the ampersand is then plain text.
  /// - Complexity: O(length of the reference x log of the names that share its start).
  package static func decode(
    _ bytes: UnsafeBufferPointer<UInt8>, from: Int, inAttribute: Bool
  ) -> Reference? {
    guard from < bytes.count else { return nil }
    if bytes[from] == UInt8(ascii: "#") { return decodeNumber(bytes, from: from) }
    guard let found = longestName(bytes, from: from) else { return nil }
    let end = from + found.length
    if inAttribute, bytes[end - 1] != UInt8(ascii: ";"), end < bytes.count,
      bytes[end] == UInt8(ascii: "=") || isAlphanumeric(bytes[end])
    {
      return nil
    }
    return Reference(scalars: scalars(ofName: found.index), length: found.length)
  }

  /// `#65;`, `#x41;` and both without semicolon.
  private static func decodeNumber(_ bytes: UnsafeBufferPointer<UInt8>, from: Int) -> Reference? {
    var at = from + 1
    let isHex = at < bytes.count && bytes[at] | 0x20 == UInt8(ascii: "x")
    if isHex { at += 1 }
    let firstDigit = at
    var value: UInt32 = 0
    while at < bytes.count, let digit = digit(bytes[at], isHex: isHex) {
      // Stays above Unicode once it is there, so that it cannot wrap around.
      if value <= 0x10FFFF { value = value * (isHex ? 16 : 10) + digit }
      at += 1
    }
    if at == firstDigit { return nil }
    if at < bytes.count, bytes[at] == UInt8(ascii: ";") { at += 1 }
    return Reference(scalars: (meaning(ofNumber: value), 0), length: at - from)
  }

  private static func digit(_ byte: UInt8, isHex: Bool) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f") where isHex: UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F") where isHex: UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  private static func meaning(ofNumber value: UInt32) -> UInt32 {
    switch value {
    case 0, 0xD800...0xDFFF, 0x11_0000...: 0xFFFD
    case 0x80...0x9F: windows1252(value)
    default: value
    }
  }

  /// The scalar of a windows-1252 byte, `0x80...0x9F`; five bytes have none and stay controls.
  private static func windows1252(_ value: UInt32) -> UInt32 {
    switch value {
    case 0x80: 0x20AC
    case 0x82: 0x201A
    case 0x83: 0x0192
    case 0x84: 0x201E
    case 0x85: 0x2026
    case 0x86: 0x2020
    case 0x87: 0x2021
    case 0x88: 0x02C6
    case 0x89: 0x2030
    case 0x8A: 0x0160
    case 0x8B: 0x2039
    case 0x8C: 0x0152
    case 0x8E: 0x017D
    case 0x91: 0x2018
    case 0x92: 0x2019
    case 0x93: 0x201C
    case 0x94: 0x201D
    case 0x95: 0x2022
    case 0x96: 0x2013
    case 0x97: 0x2014
    case 0x98: 0x02DC
    case 0x99: 0x2122
    case 0x9A: 0x0161
    case 0x9B: 0x203A
    case 0x9C: 0x0153
    case 0x9E: 0x017E
    case 0x9F: 0x0178
    default: value
    }
  }

  /// The longest name of the table that `bytes` holds at `from`.
  ///
  /// Narrows the range of names that agree so far, byte by byte; a name that ends here sorts
  /// before all that go on.
  private static func longestName(
    _ bytes: UnsafeBufferPointer<UInt8>, from: Int
  ) -> (index: Int, length: Int)? {
    let first = bytes[from]
    guard isAlphanumeric(first) else { return nil }
    return HTMLEntityTable.offsets.withUnsafeBufferPointer { offsets in
      let names = HTMLEntityTable.names.utf8Start
      var low = Int(HTMLEntityTable.firstName[Int(first)])
      var high = Int(HTMLEntityTable.firstName[Int(first) + 1])
      var length = 1
      var best: (index: Int, length: Int)?
      while low < high {
        if Int(offsets[low + 1] - offsets[low]) == length {
          best = (low, length)
          low += 1
        }
        guard from + length < bytes.count else { break }
        let byte = bytes[from + length]
        low = partition(low, high) { names[Int(offsets[$0]) + length] >= byte }
        high = partition(low, high) { names[Int(offsets[$0]) + length] > byte }
        length += 1
      }
      return best
    }
  }

  /// The first index in `low..<high` for which `isPast` holds, else `high`; `isPast` is monotone.
  @inline(__always)
  private static func partition(_ low: Int, _ high: Int, _ isPast: (Int) -> Bool) -> Int {
    var low = low
    var high = high
    while low < high {
      let middle = (low + high) / 2
      if isPast(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }

  private static func scalars(ofName index: Int) -> (UInt32, UInt32) {
    let packed = HTMLEntityTable.values[index]
    let second = Int(packed >> 21)
    return (packed & 0x1F_FFFF, second == 0 ? 0 : HTMLEntityTable.secondScalars[second - 1])
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }
}
