// Bodies of MIME parts as mail carries them: encoded bytes in, plain ones out, wrong ones as well as
// they can be read.

enum TransferEncoding {
  /// - Parameter name: In small letters; bodies of other encodings than the two are as they are.
  static func decoded(_ body: ArraySlice<UInt8>, as name: String) -> [UInt8] {
    switch name {
    case "quoted-printable": quotedPrintable(body)
    case "base64": base64(body)
    default: Array(body)
    }
  }

  /// Source: RFC 2045, 6.7. A `=` that begins neither a byte nor a line's end stays.
  static func quotedPrintable(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(body.count)
    var at = body.startIndex
    while at < body.endIndex {
      let byte = body[at]
      at += 1
      guard byte == UInt8(ascii: "=") else {
        output.append(byte)
        continue
      }
      if at + 1 < body.endIndex, let high = digit(body[at]), let low = digit(body[at + 1]) {
        output.append(high << 4 | low)
        at += 2
        continue
      }
      // White space may have been added at the end of a line.
      let end = body[at...].drop { $0 == 0x20 || $0 == 0x09 }
      if end.isEmpty {
        at = body.endIndex
      } else if end.first == 0x0A {
        at = end.startIndex + 1
      } else if end.starts(with: [0x0D, 0x0A]) {
        at = end.startIndex + 2
      } else {
        output.append(byte)
      }
    }
    return output
  }

  /// Source: RFC 2045, 6.8: what is no digit is passed over; `=` ends the data.
  static func base64(_ body: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(body.count / 4 * 3)
    var bits: UInt32 = 0
    var count = 0
    for byte in body {
      let value: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = byte - 0x41
      case UInt8(ascii: "a")...UInt8(ascii: "z"): value = byte - 0x61 + 26
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = byte - 0x30 + 52
      case UInt8(ascii: "+"), UInt8(ascii: "-"): value = 62
      case UInt8(ascii: "/"), UInt8(ascii: "_"): value = 63
      case UInt8(ascii: "="): return output
      default: continue
      }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        output.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return output
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x37
    case 0x61...0x66: byte - 0x57
    default: nil
    }
  }
}
