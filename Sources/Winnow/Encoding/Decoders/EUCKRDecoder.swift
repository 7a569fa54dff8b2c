// euc-kr with Microsoft's extension (unified Hangul code, windows-949).

private import CEncodingTables

enum EUCKRDecoder: PairDecoder {
  static func isLead(_ byte: UInt8) -> Bool { byte > 0x80 && byte < 0xFF }

  static func pair(_ lead: UInt8, _ trail: UInt8) -> UInt32? {
    guard 0x41...0xFE ~= trail else { return nil }
    return entry(winnow_euc_kr(), (Int(lead) - 0x81) * 190 + Int(trail) - 0x41)
  }
}
