// Finds a run of bytes in another.

import Glibc

extension UnsafeBufferPointer<UInt8> {
  /// The first place at or after `start` where `needle` stands; looks for its first byte with
  /// `memchr`.
  package func firstIndex(of needle: [UInt8], from start: Int) -> Int? {
    guard let base = baseAddress, let first = needle.first else { return nil }
    var at = start
    while at + needle.count <= count {
      guard let found = memchr(base + at, Int32(first), count - at - needle.count + 1) else {
        return nil
      }
      at = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      if memcmp(base + at, needle, needle.count) == 0 { return at }
      at += 1
    }
    return nil
  }
}
