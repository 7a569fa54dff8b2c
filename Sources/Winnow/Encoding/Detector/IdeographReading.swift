// A text read as Chinese, Japanese or Korean in an encoding of several bytes a character, and what that
// reading costs.

private import CEncodingTables

/// A language of ideographs, with what each of its characters costs.
struct Ideographs: Sendable {
  /// As `LanguageHint` has it.
  let language: String
  /// By code point.
  private let costs: [UInt8]

  static let all: [Ideographs] = (0..<Int(winnow_characters_count)).map {
    Ideographs(winnow_characters_list()[$0])
  }

  private init(_ table: winnow_characters) {
    language = String(cString: table.language)
    var costs = [UInt8](repeating: UInt8(clamping: table.other), count: 1 << 16)
    for tier in 0..<Int(table.tier_count) {
      let (characters, count) = (table.tiers[tier].characters, Int(table.tiers[tier].count))
      for index in 0..<count { costs[Int(characters[index])] = UInt8(table.tiers[tier].cost) }
    }
    self.costs = costs
  }

  /// What a text costs, in quarters of a nat; ASCII costs nothing.
  func cost(of text: WideCharacters) -> Int32 {
    text.characters.reduce(0) { $0 + $1.count * cost(of: $1.scalar) }
      + text.changes * LanguageCost.change
  }

  private func cost(of scalar: UInt32) -> Int32 {
    switch scalar {
    case 0xFFFD: LanguageCost.error
    case 0x80..<0xA0, 0xE000..<0xF900, 0x10000...: LanguageCost.control
    default: Int32(costs[Int(scalar)])
    }
  }
}

/// The characters of a text beyond ASCII, and how often they stand in it.
struct WideCharacters {
  private(set) var characters: [(scalar: UInt32, count: Int32)] = []
  /// Places where ASCII begins or ends.
  private(set) var changes: Int32 = 0

  /// - Parameter utf8: Valid UTF-8.
  init(_ utf8: [UInt8]) {
    // What is beyond the first plane is all alike.
    var counts = [Int32](repeating: 0, count: 0x10001)
    var isWide = false
    var index = 0
    while index < utf8.count {
      let lead = UInt32(utf8[index])
      let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
      if isWide != (length > 1) { changes += 1 }
      isWide = length > 1
      if isWide {
        var scalar = lead & (0x7F >> UInt32(length))
        for next in utf8[index + 1..<index + length] { scalar = scalar << 6 | UInt32(next & 0x3F) }
        counts[min(Int(scalar), 0x10000)] += 1
      }
      index += length
    }
    for scalar in counts.indices where counts[scalar] > 0 {
      characters.append((UInt32(scalar), counts[scalar]))
    }
  }
}
