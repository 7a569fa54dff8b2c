// Where the decoders write: valid UTF-8, character by character.

/// Writes UTF-8 into memory that is large enough for any decoder's output.
///
/// NUL becomes U+FFFD, for libxml2 ends a page there; it is not counted as a replacement, because
/// the byte had a meaning.
struct UTF8Writer {
  /// The most bytes that one byte of input can become: no decoder makes more of it than one
  /// character below U+10000, and those above take two bytes or more of input.
  static let growth = 3

  private let start: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private(set) var count = 0
  /// U+FFFD written for bytes without a meaning.
  private(set) var replacements = 0

  /// - Parameter buffer: Room for `growth` bytes for each byte of input.
  init(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
    // An empty buffer may have no address; nothing is written then.
    start = buffer.baseAddress ?? UnsafeMutablePointer(bitPattern: 1)!
    capacity = buffer.count
  }

  @inline(__always)
  private mutating func put(_ byte: UInt32) {
    assert(count < capacity, "a decoder wrote more than \(Self.growth) bytes for one")
    start[count] = UInt8(truncatingIfNeeded: byte)
    count += 1
  }

  /// Writes a scalar value; surrogates must not come here.
  @inline(__always)
  mutating func append(_ scalar: UInt32) {
    if scalar < 0x80 {
      if scalar == 0 { putReplacement() } else { put(scalar) }
    } else if scalar < 0x800 {
      put(0xC0 | scalar >> 6)
      put(0x80 | scalar & 0x3F)
    } else if scalar < 0x10000 {
      put(0xE0 | scalar >> 12)
      put(0x80 | scalar >> 6 & 0x3F)
      put(0x80 | scalar & 0x3F)
    } else {
      put(0xF0 | scalar >> 18)
      put(0x80 | scalar >> 12 & 0x3F)
      put(0x80 | scalar >> 6 & 0x3F)
      put(0x80 | scalar & 0x3F)
    }
  }

  /// Writes U+FFFD for bytes without a meaning.
  @inline(__always)
  mutating func appendError() {
    putReplacement()
    replacements += 1
  }

  @inline(__always)
  private mutating func putReplacement() {
    put(0xEF)
    put(0xBF)
    put(0xBD)
  }

  /// Copies bytes that are valid UTF-8 without NUL.
  @inline(__always)
  mutating func appendValid(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty, let base = bytes.baseAddress else { return }
    assert(count + range.count <= capacity)
    (start + count).update(from: base + range.lowerBound, count: range.count)
    count += range.count
  }

  /// Copies the run of ASCII without NUL that starts at `index`, and returns where it ends.
  @inline(__always)
  mutating func appendASCII(_ bytes: UnsafeBufferPointer<UInt8>, from index: Int) -> Int {
    let end = bytes.endOfASCII(from: index)
    appendValid(bytes, index..<end)
    return end
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The first position from `index` on that holds NUL or a byte above 0x7F, or `count`.
  ///
  /// - Complexity: eight bytes a step.
  func endOfASCII(from index: Int) -> Int {
    var position = index
    guard let base = baseAddress else { return index }
    let raw = UnsafeRawPointer(base)
    while position + 8 <= count {
      let word = raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      // A high bit stands where a byte is above 0x7F, or where the subtraction took from a NUL.
      if (word | (word &- 0x0101_0101_0101_0101)) & 0x8080_8080_8080_8080 != 0 { break }
      position += 8
    }
    while position < count, self[position] &- 1 < 0x7F { position += 1 }
    return position
  }
}
