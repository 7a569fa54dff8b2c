// Encodings of one byte a character: a table's 128 entries for the bytes from 0x80 on.

private import CEncodingTables

enum SingleByteDecoder {
  /// - Parameter row: `TextEncoding.singleByteRow`.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, row: Int, into out: inout UTF8Writer) {
    let table = winnow_single_byte() + row * 128
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        // Words of other scripts are as short as a dozen bytes: look before the long run's set-up.
        if byte != 0, index + 1 < bytes.count, bytes[index + 1] < 0x80 {
          let end = out.appendASCII(bytes, from: index)
          index = end
          continue
        }
        out.append(UInt32(byte))
      } else {
        let scalar = UInt32(table[Int(byte) - 0x80])
        if scalar == 0xFFFD { out.appendError() } else { out.append(scalar) }
      }
      index += 1
    }
  }

  /// The character of a byte from 0x80 on; U+FFFD for none.
  static func scalar(of byte: UInt8, row: Int) -> UInt32 {
    UInt32(winnow_single_byte()[row * 128 + Int(byte) - 0x80])
  }

  /// x-user-defined: the upper half maps to U+F780 and on.
  static func decodeUserDefined(_ bytes: UnsafeBufferPointer<UInt8>, into out: inout UTF8Writer) {
    for byte in bytes { out.append(byte < 0x80 ? UInt32(byte) : 0xF700 + UInt32(byte)) }
  }
}
