// Shift_JIS as Windows has it (windows-31j).

private import CEncodingTables

enum ShiftJISDecoder: PairDecoder {
  static func isLead(_ byte: UInt8) -> Bool {
    0x81...0x9F ~= byte || 0xE0...0xFC ~= byte
  }

  static func single(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x80: 0x80
    case 0xA1...0xDF: 0xFF61 - 0xA1 + UInt32(byte)
    default: nil
    }
  }

  static func pair(_ lead: UInt8, _ trail: UInt8) -> UInt32? {
    guard 0x40...0x7E ~= trail || 0x80...0xFC ~= trail else { return nil }
    let row = Int(lead) - (lead < 0xA0 ? 0x81 : 0xC1)
    let pointer = row * 188 + Int(trail) - (trail < 0x7F ? 0x40 : 0x41)
    // Characters that end users may define for themselves.
    if 8836...10715 ~= pointer { return UInt32(0xE000 - 8836 + pointer) }
    return entry(winnow_jis0208(), pointer)
  }
}
