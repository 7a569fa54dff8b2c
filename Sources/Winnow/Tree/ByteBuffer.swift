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
    memcpy(base + count, source, length)
    count += length
  }

  mutating func append(_ bytes: [UInt8]) {
    reserve(bytes.count)
    for byte in bytes {
      base[count] = byte
      count += 1
    }
  }

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
