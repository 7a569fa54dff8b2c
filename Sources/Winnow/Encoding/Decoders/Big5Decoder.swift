// Big5 with the Hong Kong supplement.

private import CEncodingTables

enum Big5Decoder: PairDecoder {
  static func isLead(_ byte: UInt8) -> Bool { byte > 0x80 && byte < 0xFF }

  private static func pointer(_ lead: UInt8, _ trail: UInt8) -> Int? {
    switch trail {
    case 0x40...0x7E: (Int(lead) - 0x81) * 157 + Int(trail) - 0x40
    case 0xA1...0xFE: (Int(lead) - 0x81) * 157 + Int(trail) - 0x62
    default: nil
    }
  }

  static func pair(_ lead: UInt8, _ trail: UInt8) -> UInt32? {
    guard let pointer = pointer(lead, trail) else { return nil }
    let scalar = winnow_big5()[pointer]
    return scalar == 0xFFFD ? nil : scalar
  }

  static func twin(_ lead: UInt8, _ trail: UInt8) -> (UInt32, UInt32)? {
    switch pointer(lead, trail) {
    case 1133: (0xCA, 0x304)
    case 1135: (0xCA, 0x30C)
    case 1164: (0xEA, 0x304)
    case 1166: (0xEA, 0x30C)
    default: nil
    }
  }
}
