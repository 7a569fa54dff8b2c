// The loop that the encodings of one or two bytes a character share; what a pair means, each says
// for itself.

/// An encoding in which a lead byte from 0x80 on takes one more byte.
protocol PairDecoder {
  /// Whether `byte`, from 0x80 on, opens a pair.
  static func isLead(_ byte: UInt8) -> Bool
  /// The character of a single byte from 0x80 on that is no lead; `nil` is an error.
  static func single(_ byte: UInt8) -> UInt32?
  /// The character of a pair; `nil` is an error.
  static func pair(_ lead: UInt8, _ trail: UInt8) -> UInt32?
  /// A pair's two characters, in the few places where it has two.
  static func twin(_ lead: UInt8, _ trail: UInt8) -> (UInt32, UInt32)?
}

extension PairDecoder {
  static func single(_ byte: UInt8) -> UInt32? { nil }
  static func twin(_ lead: UInt8, _ trail: UInt8) -> (UInt32, UInt32)? { nil }

  /// As the standard: a bad pair is one error, and its second byte is read again if it is ASCII,
  /// so that no `<` is ever swallowed.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, into out: inout UTF8Writer) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        let end = out.appendASCII(bytes, from: index)
        if end == index {
          out.append(0)
          index += 1
        } else {
          index = end
        }
        continue
      }
      index += 1
      guard isLead(byte) else {
        if let scalar = single(byte) { out.append(scalar) } else { out.appendError() }
        continue
      }
      guard index < bytes.count else { return out.appendError() }
      let trail = bytes[index]
      if let scalar = pair(byte, trail) {
        out.append(scalar)
        index += 1
      } else if let (first, second) = twin(byte, trail) {
        out.append(first)
        out.append(second)
        index += 1
      } else {
        out.appendError()
        if trail >= 0x80 { index += 1 }
      }
    }
  }
}

/// The entry of a table, `nil` where it says U+FFFD.
@inline(__always)
func entry(_ table: UnsafePointer<UInt16>, _ pointer: Int) -> UInt32? {
  let scalar = table[pointer]
  return scalar == 0xFFFD ? nil : UInt32(scalar)
}
