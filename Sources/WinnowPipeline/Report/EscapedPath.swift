// Paths for people: any bytes in, text out that is safe on a terminal and can be turned back.

/// A path as it is shown.
///
/// Valid UTF-8 stands as it is, but for what could act on a terminal or mislead its reader:
/// control characters (C0, DEL, C1), line and paragraph separators, and the marks that change the
/// direction of writing become `\u{..}`; bytes that are no UTF-8 become `\xHH`; a backslash is
/// doubled.
package struct EscapedPath: CustomStringConvertible, Sendable {
  package let description: String

  package init(_ path: [UInt8]) {
    if path.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }) {
      description = String(decoding: path, as: UTF8.self)
      return
    }
    var text = ""
    var decoder = Unicode.UTF8.ForwardParser()
    var rest = path.makeIterator()
    var at = 0
    reading: while true {
      switch decoder.parseScalar(from: &rest) {
      case .valid(let encoded):
        at += encoded.count
        let scalar = Unicode.UTF8.decode(encoded)
        if scalar == "\\" {
          text += "\\\\"
        } else if Self.isUnsafe(scalar) {
          text += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
        } else {
          text.unicodeScalars.append(scalar)
        }
      case .error(let length):
        for byte in path[at..<(at + length)] {
          text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        at += length
      case .emptyInput:
        break reading
      }
    }
    description = text
  }

  /// Whether a character could act on a terminal or mislead its reader.
  static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F: true
    case 0x061C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    case 0x2028, 0x2029, 0xFEFF: true
    default: false
    }
  }
}
