// euc-jp: JIS X 0208 in two bytes, half-width katakana after 0x8E, JIS X 0212 after 0x8F.

private import CEncodingTables

enum EUCJPDecoder: MultiByteDecoder {
  static func decodeCharacter(
    _ first: UInt8, _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int,
    into out: inout UTF8Writer
  ) {
    guard first == 0x8E || first == 0x8F || 0xA1...0xFE ~= first else { return out.appendError() }
    var lead = first
    var table = winnow_jis0208()
    if lead == 0x8F, index < bytes.count, 0xA1...0xFE ~= bytes[index] {
      lead = bytes[index]
      index += 1
      table = winnow_jis0212()
    }
    guard index < bytes.count else { return out.appendError() }
    let trail = bytes[index]
    finishPair(character(lead, trail, table), trail: trail, &index, into: &out)
  }

  private static func character(
    _ lead: UInt8, _ trail: UInt8, _ table: UnsafePointer<UInt16>
  ) -> UInt32? {
    if lead == 0x8E, 0xA1...0xDF ~= trail { return 0xFF61 - 0xA1 + UInt32(trail) }
    guard 0xA1...0xFE ~= lead, 0xA1...0xFE ~= trail else { return nil }
    return entry(table, (Int(lead) - 0xA1) * 94 + Int(trail) - 0xA1)
  }
}
