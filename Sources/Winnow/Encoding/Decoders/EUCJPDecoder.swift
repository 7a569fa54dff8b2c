// euc-jp: JIS X 0208 in two bytes, half-width katakana after 0x8E, JIS X 0212 after 0x8F.

private import CEncodingTables

enum EUCJPDecoder {
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, into out: inout UTF8Writer) {
    var index = 0
    while index < bytes.count {
      var lead = bytes[index]
      if lead < 0x80 {
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
      guard lead == 0x8E || lead == 0x8F || 0xA1...0xFE ~= lead else {
        out.appendError()
        continue
      }
      var table = winnow_jis0208()
      if lead == 0x8F, index < bytes.count, 0xA1...0xFE ~= bytes[index] {
        lead = bytes[index]
        index += 1
        table = winnow_jis0212()
      }
      guard index < bytes.count else { return out.appendError() }
      let trail = bytes[index]
      if let scalar = character(lead, trail, table) {
        out.append(scalar)
        index += 1
      } else {
        out.appendError()
        if trail >= 0x80 { index += 1 }
      }
    }
  }

  private static func character(
    _ lead: UInt8, _ trail: UInt8, _ table: UnsafePointer<UInt16>
  ) -> UInt32? {
    if lead == 0x8E, 0xA1...0xDF ~= trail { return 0xFF61 - 0xA1 + UInt32(trail) }
    guard 0xA1...0xFE ~= lead, 0xA1...0xFE ~= trail else { return nil }
    return entry(table, (Int(lead) - 0xA1) * 94 + Int(trail) - 0xA1)
  }
}
