// Unicode Normalization Form C: bytes in, bytes and moved offsets out. The only file that calls
// utf8proc.
//
// Source: UAX #15. A text is cut before every scalar that never changes and never joins what
// stands before it; each piece that the quick check does not clear is normalised alone, so that
// offsets can follow.

import CUTF8Proc

enum NFC {
  /// What normalisation may do with a scalar.
  enum Behaviour: Equatable {
    /// Stays as it is and joins nothing before it.
    case inert
    /// A mark of this combining class, above 0, that joins nothing: only its order may change.
    case ordered(UInt8)
    /// May change or join what stands before it.
    case doubtful
  }

  /// Longest piece, in bytes, that is normalised. Ordering a piece takes quadratic time, and text
  /// in any language needs a few dozen bytes; longer stacks of marks stay as they are.
  static let longestPiece = 1024

  static func behaviour(of scalar: UInt32) -> Behaviour {
    if isCommonInert(scalar) { return .inert }
    if scalar > 0xFFFF || joinsBackwards(scalar) { return .doubtful }
    // utf8proc's table has an entry for every value; the pointer is to static memory.
    let property = utf8proc_get_property(Int32(scalar)).pointee
    // UINT16_MAX stands for no decomposition; type 0 is a canonical one.
    if property.decomp_seqindex != UInt16.max && property.decomp_type == 0 { return .doubtful }
    let combiningClass = UInt8(truncatingIfNeeded: property.combining_class)
    return combiningClass == 0 ? .inert : .ordered(combiningClass)
  }

  /// Inert scalars of the scripts and symbols that most text is made of.
  ///
  /// Each range has `NFC_Quick_Check=Yes` and combining class 0 throughout (Unicode 15).
  @inline(__always)
  private static func isCommonInert(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0..<0x300, 0x388...0x482, 0x48A...0x590, 0x5D0...0x60F, 0x620...0x64A, 0x660...0x66F,
      0x671...0x6D5, 0x10A0...0x10FF, 0x1E00...0x1EFF, 0x2002...0x20CF, 0x2100...0x2125,
      0x2190...0x2328, 0x232B...0x2ADB, 0x3000...0x3029, 0x3030...0x3098, 0x309B...0xA66E,
      0xAC00...0xD7A3, 0xE000...0xF8FF, 0xFF00...0xFFFD, 0x1F000...0x1FAFF, 0x20000...0x2F7FF,
      0x30000...0x3FFFF, 0xE0000...0xE01EF:
      true
    default: false
    }
  }

  /// `NFC_Quick_Check=Maybe` in the basic plane (DerivedNormalizationProps.txt, Unicode 15).
  private static func joinsBackwards(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x300...0x304, 0x306...0x30C, 0x30F, 0x311, 0x313...0x314, 0x31B, 0x323...0x328,
      0x32D...0x32E, 0x330...0x331, 0x338, 0x342, 0x345, 0x653...0x655, 0x93C, 0x9BE, 0x9D7,
      0xB3E, 0xB56...0xB57, 0xBBE, 0xBD7, 0xC56, 0xCC2, 0xCD5...0xCD6, 0xD3E, 0xD57, 0xDCA,
      0xDCF, 0xDDF, 0x102E, 0x1161...0x1175, 0x11A8...0x11C2, 0x1B35, 0x3099...0x309A:
      true
    default: false
    }
  }

  /// Whether the quick check clears the whole text; `false` means only that it may change.
  static func isCertain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = 0
    var lastClass: UInt8 = 0
    while at < bytes.count {
      // What starts with a byte below 0xCC is below U+0300.
      let plain =
        bytes[at] < 0x80 ? 1 : bytes[at] < 0xCC ? 2 : UTF8Text.plainLength(lead: bytes[at])
      if plain > 0 {
        at += plain
        lastClass = 0
        continue
      }
      let (scalar, length) = UTF8Text.scalar(in: bytes, at: at)
      at += length
      switch behaviour(of: scalar) {
      case .inert: lastClass = 0
      case .doubtful: return false
      case .ordered(let combiningClass):
        if combiningClass < lastClass { return false }
        lastClass = combiningClass
      }
    }
    return true
  }

  /// The text in Form C; `positions` are byte offsets that move with it.
  ///
  /// An offset inside a piece that changes moves to the end of what the piece became.
  static func normalize(_ bytes: [UInt8], positions: inout [Int]) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var offsets = OffsetMap(positions)
    bytes.withUnsafeBufferPointer { text in
      var start = 0
      while start < text.count {
        let end = endOfPiece(text, from: start)
        let piece = UnsafeBufferPointer(rebasing: text[start..<end])
        if end - start > longestPiece || isCertain(piece) {
          offsets.copy(from: start, through: end, to: output.count)
          output.append(contentsOf: piece)
        } else {
          offsets.reach(start, output: output.count)
          appendComposed(piece, to: &output)
          offsets.reach(end, output: output.count)
        }
        start = end
      }
    }
    offsets.reach(.max, output: output.count)
    positions = offsets.values
    return output
  }

  /// Where the piece that starts at `start` ends: a run of inert scalars up to the last one before
  /// a scalar that is not, or that last one and all that follow it up to the next inert one.
  private static func endOfPiece(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var at = start
    var lastInert = start
    var isInertSoFar = true
    while at < text.count {
      let (scalar, length) = UTF8Text.scalar(in: text, at: at)
      if behaviour(of: scalar) == .inert {
        if !isInertSoFar { return at }
        lastInert = at
      } else {
        if isInertSoFar && lastInert > start { return lastInert }
        isInertSoFar = false
      }
      at += length
    }
    return at
  }

  /// Appends Form C of `piece`, a whole text by itself, without a quick check.
  static func appendComposed(
    _ piece: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]
  ) {
    let options = utf8proc_option_t(rawValue: UTF8PROC_STABLE.rawValue | UTF8PROC_COMPOSE.rawValue)
    // No canonical decomposition gives more than four scalars for one, which has a byte or more;
    // `utf8proc_reencode` writes into the same memory and wants a place for a final zero.
    let capacity = piece.count * 4 + 1
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: capacity) { scalars in
      // Neither pointer is nil: both buffers are larger than zero.
      guard let source = piece.baseAddress, let target = scalars.baseAddress else { return }
      let count = utf8proc_decompose(source, piece.count, target, capacity - 1, options)
      let length =
        count >= 0 && count < capacity ? utf8proc_reencode(target, count, options) : -1
      // Only invalid UTF-8 is refused, and a String never holds any.
      guard length >= 0 else { return output.append(contentsOf: piece) }
      target.withMemoryRebound(to: UInt8.self, capacity: length) {
        output.append(contentsOf: UnsafeBufferPointer(start: $0, count: length))
      }
    }
  }
}
