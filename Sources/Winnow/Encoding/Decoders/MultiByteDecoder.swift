// The loop that the encodings of one, two or more bytes a character share: ASCII runs copied, the
// rest left to each encoding.

/// An encoding that is ASCII below 0x80 and has characters of its own from there on.
protocol MultiByteDecoder {
  /// Decodes the character that `lead`, a byte from 0x80 on, begins.
  ///
  /// - Parameter index: Of the byte behind `lead`; moved behind what belongs to the character.
  static func decodeCharacter(
    _ lead: UInt8, _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int,
    into out: inout UTF8Writer)
}

extension MultiByteDecoder {
  @inline(__always)
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, into out: inout UTF8Writer) {
    var index = 0
    while index < bytes.count {
      let lead = bytes[index]
      if lead < 0x80 {
        let end = out.appendASCII(bytes, from: index)
        // A NUL is all that it leaves.
        if end == index { out.append(0) }
        index = max(end, index + 1)
      } else {
        index += 1
        decodeCharacter(lead, bytes, &index, into: &out)
      }
    }
  }

  /// Ends a pair as the standard does: one that means nothing is one error, and its second byte is
  /// read again if it is ASCII, so that no `<` is ever swallowed.
  @inline(__always)
  static func finishPair(
    _ scalar: UInt32?, trail: UInt8, _ index: inout Int, into out: inout UTF8Writer
  ) {
    if let scalar {
      out.append(scalar)
      index += 1
    } else {
      out.appendError()
      if trail >= 0x80 { index += 1 }
    }
  }
}

/// The entry of a table, `nil` where it says U+FFFD.
@inline(__always)
func entry(_ table: UnsafePointer<UInt16>, _ pointer: Int) -> UInt32? {
  let scalar = table[pointer]
  return scalar == 0xFFFD ? nil : UInt32(scalar)
}
