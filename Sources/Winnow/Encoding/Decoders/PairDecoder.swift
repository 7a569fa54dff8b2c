// What the encodings of one or two bytes a character share; what a pair means, each says for itself.

/// An encoding in which a lead byte from 0x80 on takes one more byte.
protocol PairDecoder: MultiByteDecoder {
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

  static func decodeCharacter(
    _ lead: UInt8, _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int,
    into out: inout UTF8Writer
  ) {
    guard isLead(lead) else {
      if let scalar = single(lead) { out.append(scalar) } else { out.appendError() }
      return
    }
    guard index < bytes.count else { return out.appendError() }
    let trail = bytes[index]
    let scalar = pair(lead, trail)
    if scalar == nil, let (first, second) = twin(lead, trail) {
      out.append(first)
      out.append(second)
      index += 1
    } else {
      finishPair(scalar, trail: trail, &index, into: &out)
    }
  }
}
