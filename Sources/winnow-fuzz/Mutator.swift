// Inputs by chance: pieces of seeds and of a small dictionary put together, the same for the same
// number.

/// A generator whose numbers follow from its state alone (SplitMix64, Steele et al., OOPSLA 2014).
struct Chance: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

struct Mutator {
  let seeds: [[UInt8]]
  /// Bytes of an input.
  private static let longest = 20_000
  private static let mostChanges = 12

  /// What turns states of the tokeniser and the decoders.
  private static let words: [[UInt8]] =
    [
      "<", ">", "</", "/>", "<!--", "-->", "--!>", "<!-->", "<![CDATA[", "<!doctype html \"", "<?",
      "&", "&amp;", "&lt;", "&#0;", "&#x110000;", "&nbsp", "&NotEqualTilde;", "<script>",
      "</script",
      "<script type=application/ld+json>", "<title>", "</title>", "<svg>", "<svg/>", "</svg>",
      "<template>", "</template>", "<select>", "<xmp>", "</xmp>", "<plaintext>", "<table>", "<tr>",
      "<td>", "</table>", "<p>", "</p>", "<a href=\"", "<section>", "</section>", "<div hidden>",
      "</div>", "<br>", "<img src=x>", "<pre>", "<ul><li>", "<h1>", "<article class='", "=\"", "'",
      " style=\"display:none\"", "<meta charset=", "utf-16", "shift_jis", "\u{C}", "\r\n", "\t",
      "\u{1}", "\u{FFFD}", "\u{FFFE}", "é", "語", "😀", "{\"@type\":\"Article\",\"articleBody\":\"",
      "<time datetime=\"2020-01-01\">", "By Jane Doe", "Subscribe to our newsletter",
    ].map { Array($0.utf8) } + [
      [0], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0x1B, 0x24, 0x42], [0x81],
    ]

  func input(_ chance: inout Chance) -> [UInt8] {
    var bytes = seeds.randomElement(using: &chance) ?? []
    if bytes.count > Self.longest {
      let start = Int.random(in: 0...bytes.count - Self.longest, using: &chance)
      bytes = Array(bytes[start..<start + Self.longest])
    }
    for _ in 0...Int.random(in: 0..<Self.mostChanges, using: &chance) { change(&bytes, &chance) }
    return Array(bytes.prefix(Self.longest))
  }

  private func change(_ bytes: inout [UInt8], _ chance: inout Chance) {
    let at = Int.random(in: 0...bytes.count, using: &chance)
    let end = min(bytes.count, at + Int.random(in: 0...64, using: &chance))
    switch Int.random(in: 0..<6, using: &chance) {
    case 0: bytes.insert(contentsOf: Self.words.randomElement(using: &chance) ?? [], at: at)
    case 1: bytes.removeSubrange(at..<end)
    case 2: bytes.insert(contentsOf: Array(bytes[at..<end]), at: at)
    case 3: if at < bytes.count { bytes[at] = UInt8.random(in: 0...255, using: &chance) }
    case 4:
      let other = seeds.randomElement(using: &chance) ?? []
      let start = Int.random(in: 0...other.count, using: &chance)
      bytes.replaceSubrange(at..<end, with: other[start...].prefix(256))
    default:
      let word = Self.words.randomElement(using: &chance) ?? []
      for _ in 0..<Int.random(in: 1...200, using: &chance) where bytes.count < Self.longest {
        bytes.insert(contentsOf: word, at: at)
      }
    }
  }
}
