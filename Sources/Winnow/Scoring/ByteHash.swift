// Runs of bytes in, hashes out; and counts by hash. For what is alike on one page; of no use to
// tell pages apart, nor against somebody who looks for collisions.

/// Hashes eight bytes at a time.
enum ByteHash {
  private static let factor: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// 64 bits that depend on each byte and on how many there are; never 0.
  @inline(__always)
  static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard let base = bytes.baseAddress else { return 1 }
    let raw = UnsafeRawPointer(base)
    var hash = UInt64(bytes.count) &* factor
    var at = 0
    while at + 8 <= bytes.count {
      hash = mixed(hash, raw.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at += 8
    }
    var rest: UInt64 = 0
    while at < bytes.count {
      rest = rest << 8 | UInt64(base[at])
      at += 1
    }
    hash = mixed(hash, rest)
    return hash | 1
  }

  /// Both halves of the product of 128 bits, as in wyhash (Wang Yi, public domain).
  @inline(__always)
  static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ word ^ 0xD6E8_FEB8_6659_FD93).multipliedFullWidth(by: factor)
    return product.high ^ product.low
  }
}

/// How often each of many hashes was seen: open addressing, no growth beyond twice what was said.
struct HashCounts {
  private var keys: [UInt64]
  private(set) var counts: [Int32]
  private let mask: Int

  /// - Parameter most: No more different keys than this are added.
  init(most: Int) {
    var size = 16
    while size < most * 2 { size *= 2 }
    mask = size - 1
    keys = [UInt64](repeating: 0, count: size)
    counts = [Int32](repeating: 0, count: size)
  }

  /// Counts a key once more.
  ///
  /// - Returns: The key's place in `counts`, and how often it was counted before.
  @inline(__always)
  mutating func add(_ key: UInt64) -> (place: Int, before: Int32) {
    // Zero marks a free place.
    let key = key == 0 ? 1 : key
    var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 20) & mask
    while keys[place] != key {
      if keys[place] == 0 {
        keys[place] = key
        break
      }
      place = (place + 1) & mask
    }
    let before = counts[place]
    counts[place] = before + 1
    return (place, before)
  }
}
