// The hash by which the ledger tells whether bytes are the same: bytes in, 128 bits out.

/// MurmurHash3 (x64, 128 bits, seed 0): fast, well spread, and not made against forgers.
///
/// Two different pages share a hash by chance once in about 10^38; somebody who wants to can make
/// two that do, and would gain that a page of theirs is not read again.
///
/// Source: Austin Appleby, MurmurHash3.cpp (public domain).
package struct ContentHash: Hashable, Sendable {
  package let first: UInt64
  package let second: UInt64

  /// - Complexity: O(n), some gigabytes a second in release builds.
  package init(_ bytes: [UInt8]) {
    self = bytes.withUnsafeBytes { Self.hash($0) }
  }

  init(first: UInt64, second: UInt64) {
    self.first = first
    self.second = second
  }

  private static func hash(_ data: UnsafeRawBufferPointer) -> ContentHash {
    var one: UInt64 = 0
    var two: UInt64 = 0
    let blocks = data.count / 16
    for block in 0..<blocks {
      let low = data.loadUnaligned(fromByteOffset: block * 16, as: UInt64.self).littleEndian
      let high = data.loadUnaligned(fromByteOffset: block * 16 + 8, as: UInt64.self).littleEndian
      one ^= scrambleFirst(low)
      one = (rotate(one, 27) &+ two) &* 5 &+ 0x52dc_e729
      two ^= scrambleSecond(high)
      two = (rotate(two, 31) &+ one) &* 5 &+ 0x3849_5ab5
    }
    var low: UInt64 = 0
    var high: UInt64 = 0
    for (place, byte) in data[(blocks * 16)...].enumerated() {
      if place < 8 {
        low |= UInt64(byte) << (8 * UInt64(place))
      } else {
        high |= UInt64(byte) << (8 * UInt64(place - 8))
      }
    }
    two ^= scrambleSecond(high)
    one ^= scrambleFirst(low)
    one ^= UInt64(data.count)
    two ^= UInt64(data.count)
    one &+= two
    two &+= one
    one = finish(one)
    two = finish(two)
    one &+= two
    two &+= one
    return ContentHash(first: one, second: two)
  }

  private static func scrambleFirst(_ value: UInt64) -> UInt64 {
    rotate(value &* 0x87c3_7b91_1142_53d5, 31) &* 0x4cf5_ad43_2745_937f
  }

  private static func scrambleSecond(_ value: UInt64) -> UInt64 {
    rotate(value &* 0x4cf5_ad43_2745_937f, 33) &* 0x87c3_7b91_1142_53d5
  }

  private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
    value << bits | value >> (64 - bits)
  }

  private static func finish(_ value: UInt64) -> UInt64 {
    var value = value
    value ^= value >> 33
    value &*= 0xff51_afd7_ed55_8ccd
    value ^= value >> 33
    value &*= 0xc4ce_b9fe_1a85_ec53
    value ^= value >> 33
    return value
  }
}

extension ContentHash: CustomStringConvertible {
  /// 32 hexadecimal digits.
  package var description: String {
    [first, second].map { part in
      let digits = String(part, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// As the ledger keeps it, 16 bytes.
  var bytes: [UInt8] {
    [first, second].flatMap { part in
      (0..<8).map { UInt8(truncatingIfNeeded: part >> (56 - 8 * UInt64($0))) }
    }
  }

  init?(bytes: [UInt8]) {
    guard bytes.count == 16 else { return nil }
    let parts = [bytes[..<8], bytes[8...]].map { $0.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
    self.init(first: parts[0], second: parts[1])
  }
}
