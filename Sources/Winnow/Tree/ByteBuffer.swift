// A growing run of bytes that is cheaper to append to than an array, and that C may read.

import Glibc

/// Owns raw memory; appending checks the room once a run and not once a byte.
struct ByteBuffer: ~Copyable {
  private(set) var base: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = max(capacity, 64)
    base = .allocate(capacity: self.capacity)
  }

  deinit { base.deallocate() }

  /// Makes room for `extra` more bytes. Amortised constant.
  @inline(__always)
  mutating func reserve(_ extra: Int) {
    if capacity - count < extra { grow(extra) }
  }

  @inline(never)
  private mutating func grow(_ extra: Int) {
    capacity = max(capacity * 2, count + extra)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    larger.update(from: base, count: count)
    base.deallocate()
    base = larger
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    reserve(1)
    base[count] = byte
    count += 1
  }

  @inline(__always)
  mutating func append(from source: UnsafePointer<UInt8>, count length: Int) {
    reserve(length)
    // Most runs are shorter than a call is worth: two copies of a word, which may overlap.
    if length >= 8 && length <= 16 {
      let from = UnsafeRawPointer(source)
      let to = UnsafeMutableRawPointer(base + count)
      let tail = from.loadUnaligned(fromByteOffset: length - 8, as: UInt64.self)
      to.storeBytes(of: from.loadUnaligned(as: UInt64.self), as: UInt64.self)
      to.storeBytes(of: tail, toByteOffset: length - 8, as: UInt64.self)
    } else {
      memcpy(base + count, source, length)
    }
    count += length
  }

  /// Appends up to 16 bytes without a loop.
  @inline(__always)
  mutating func append(_ bytes: ShortBytes) {
    reserve(16)
    let place = UnsafeMutableRawPointer(base + count)
    place.storeBytes(of: bytes.low, as: UInt64.self)
    place.storeBytes(of: bytes.high, toByteOffset: 8, as: UInt64.self)
    count += bytes.count
  }

  /// Appends text in which each run of white space becomes one space, and none at its end.
  ///
  /// - Returns: Whether white space stood at the end.
  mutating func append(collapsing bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let source = bytes.baseAddress else { return false }
    // Copies go beyond what is kept by seven bytes at most.
    reserve(bytes.count + 8)
    let end = bytes.count
    var at = 0
    var to = count
    defer { count = to }
    while at < end {
      if at + 8 <= end {
        let word = UnsafeRawPointer(source + at).loadUnaligned(as: UInt64.self)
        UnsafeMutableRawPointer(base + to).storeBytes(of: word, as: UInt64.self)
        // The high bit of each byte up to the space; exact in its lowest (Mycroft's test).
        let stops = (word &- 0x2121_2121_2121_2121) & ~word & 0x8080_8080_8080_8080
        let length = stops == 0 ? 8 : stops.trailingZeroBitCount >> 3
        at += length
        to += length
        if stops == 0 { continue }
      }
      guard Self.isSpace(source[at]) else {
        base[to] = source[at]
        at += 1
        to += 1
        continue
      }
      repeat { at += 1 } while at < end && Self.isSpace(source[at])
      if at == end { return true }
      base[to] = 0x20
      to += 1
    }
    return false
  }

  @inline(__always)
  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (byte >= 0x09 && byte <= 0x0D)
  }

  /// Forgets all bytes from `count` on.
  mutating func truncate(to count: Int) { self.count = min(count, self.count) }

  /// The bytes as an array.
  func array() -> [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

  /// Appends a scalar as UTF-8; the caller vouches that it is one.
  mutating func append(scalar: UInt32) {
    reserve(4)
    switch scalar {
    case 0..<0x80:
      base[count] = UInt8(scalar)
      count += 1
    case 0x80..<0x800:
      base[count] = UInt8(0xC0 | scalar >> 6)
      base[count + 1] = UInt8(0x80 | scalar & 0x3F)
      count += 2
    case 0x800..<0x10000:
      base[count] = UInt8(0xE0 | scalar >> 12)
      base[count + 1] = UInt8(0x80 | scalar >> 6 & 0x3F)
      base[count + 2] = UInt8(0x80 | scalar & 0x3F)
      count += 3
    default:
      base[count] = UInt8(0xF0 | scalar >> 18)
      base[count + 1] = UInt8(0x80 | scalar >> 12 & 0x3F)
      base[count + 2] = UInt8(0x80 | scalar >> 6 & 0x3F)
      base[count + 3] = UInt8(0x80 | scalar & 0x3F)
      count += 4
    }
  }
}

/// At most 16 bytes in two words.
struct ShortBytes: Sendable {
  fileprivate var low: UInt64 = 0
  fileprivate var high: UInt64 = 0
  private(set) var count = 0

  /// The first 16 bytes of a text.
  init(_ text: String) {
    for byte in text.utf8.prefix(16) {
      if count < 8 {
        low |= UInt64(byte) << UInt64(count * 8)
      } else {
        high |= UInt64(byte) << UInt64(count * 8 - 64)
      }
      count += 1
    }
  }
}
