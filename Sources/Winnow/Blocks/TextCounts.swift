// What can be counted in one pass over a block's bytes: words, sentences, kinds of characters.

/// Counts over a run of UTF-8, each at most 65,535. A word is a run of letters, digits and `_`; each Han or kana
/// character is a word of its own, as such text has no spaces.
package struct TextCounts: Sendable, Equatable {
  package var words: UInt16 = 0
  /// Letters and digits, in characters.
  package var letters: UInt16 = 0
  package var digits: UInt16 = 0
  package var uppercase: UInt16 = 0
  /// Words that start in upper case.
  package var capitalised: UInt16 = 0
  /// `. ! ? …` and their like in other scripts, each followed by a space or the end.
  package var sentences: UInt16 = 0
  package var commas: UInt16 = 0
  package var otherPunctuation: UInt16 = 0
  package var characters: UInt16 = 0
  package var flags: Flags = []

  /// What stands in the text at least once.
  package struct Flags: OptionSet, Sendable, Equatable {
    package let rawValue: UInt16
    package init(rawValue: UInt16) { self.rawValue = rawValue }

    package static let copyright = Flags(rawValue: 1)
    package static let at = Flags(rawValue: 2)
    package static let currency = Flags(rawValue: 4)
    /// `|`, `»`, `›`, `•`, `→`: what stands between links.
    package static let separator = Flags(rawValue: 8)
    package static let quotation = Flags(rawValue: 16)
    package static let question = Flags(rawValue: 32)
    package static let exclamation = Flags(rawValue: 64)
    package static let startsUppercase = Flags(rawValue: 128)
    package static let startsWithDigit = Flags(rawValue: 256)
    package static let endsSentence = Flags(rawValue: 512)
    package static let endsWithColon = Flags(rawValue: 1024)
    /// Four digits that may be a year, 1900 to 2099.
    package static let year = Flags(rawValue: 2048)
    package static let parenthesis = Flags(rawValue: 4096)
    package static let endsWithEllipsis = Flags(rawValue: 8192)
  }

  package init() {}

  init(flags: Flags) { self.flags = flags }

  /// Nothing to be seen.
  package var isBlank: Bool {
    words == 0 && sentences == 0 && commas == 0 && otherPunctuation == 0 && flags.isEmpty
  }
}

/// Counts in one pass; feed it runs of bytes and take `counts` at the end.
struct TextCounter {
  private var counts = TextCounts()
  // What was counted before `counts`, whose numbers would wrap around in a huge block.
  private var earlier = Totals()
  private var isInWord = false
  private var isFirst = true
  private var endsSentence = false
  private var digitRun = 0
  private var digitValue = 0
  private var last: UInt32 = 0

  // Each character adds at most two to a number, so that two such runs fit into 16 bits.
  private static let longestRun = 1 << 14

  /// Words counted up to here.
  var words: Int { earlier.words + Int(counts.words) }

  /// Counts the scalars of valid UTF-8 that starts and ends on scalar boundaries.
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    var start = 0
    while bytes.count - start > Self.longestRun {
      var stop = start + Self.longestRun
      // Not inside of a scalar.
      while bytes[stop] & 0xC0 == 0x80 { stop -= 1 }
      addRun(UnsafeBufferPointer(rebasing: bytes[start..<stop]))
      start = stop
    }
    addRun(UnsafeBufferPointer(rebasing: bytes[start...]))
  }

  private mutating func addRun(_ bytes: UnsafeBufferPointer<UInt8>) {
    if counts.characters >= Self.longestRun {
      earlier.add(counts)
      counts = TextCounts(flags: counts.flags)
    }
    var at = 0
    let end = bytes.count
    while at < end {
      let byte = bytes[at]
      if Self.isLetter(byte) {
        at = letters(of: bytes, from: at)
      } else if byte < 0x80 {
        ascii(byte)
        at += 1
      } else if byte < 0xE0 {
        let scalar = UInt32(byte & 0x1F) << 6 | UInt32(bytes[at + 1] & 0x3F)
        wide(scalar)
        at += 2
      } else if byte < 0xF0 {
        let scalar =
          UInt32(byte & 0x0F) << 12 | UInt32(bytes[at + 1] & 0x3F) << 6
          | UInt32(bytes[at + 2] & 0x3F)
        wide(scalar)
        at += 3
      } else {
        letter(0x10000)
        at += 4
      }
    }
  }

  /// A letter of ASCII.
  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

  /// Counts letters of ASCII that follow each other; at most as many as are in a run.
  ///
  /// - Returns: The place after the last.
  @inline(__always)
  private mutating func letters(of bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    if !isInWord {
      startWord()
      if bytes[start] & 0x20 == 0 {
        counts.capitalised &+= 1
        if isFirst { counts.flags.insert(.startsUppercase) }
      }
    }
    var at = start
    var upper: UInt16 = 0
    repeat {
      upper &+= UInt16(~bytes[at] & 0x20) >> 5
      at += 1
    } while at < bytes.count && Self.isLetter(bytes[at])
    counts.uppercase &+= upper
    counts.letters &+= UInt16(truncatingIfNeeded: at - start)
    counts.characters &+= UInt16(truncatingIfNeeded: at - start)
    afterVisible(UInt32(bytes[at - 1]))
    return at
  }

  /// Counts what is of ASCII and no letter.
  @inline(__always)
  private mutating func ascii(_ byte: UInt8) {
    if byte >= 0x30 && byte <= 0x39 {
      counts.characters &+= 1
      if !isInWord {
        startWord()
        if isFirst { counts.flags.insert(.startsWithDigit) }
      }
      counts.letters &+= 1
      counts.digits &+= 1
      digitValue = digitRun < 4 ? digitValue * 10 + Int(byte - 0x30) : 0
      digitRun += 1
      isFirst = false
      endsSentence = false
      last = UInt32(byte)
    } else if byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D {
      counts.characters &+= 1
      space()
    } else if byte == 0x5F {
      counts.characters &+= 1
      if !isInWord { startWord() }
      afterVisible(0x5F)
    } else {
      punctuation(UInt32(byte))
    }
  }

  private mutating func startWord() {
    counts.words &+= 1
    isInWord = true
  }

  @inline(__always)
  private mutating func afterVisible(_ scalar: UInt32) {
    if digitRun > 0 { endDigits() }
    isFirst = false
    endsSentence = false
    last = scalar
  }

  private mutating func endDigits() {
    if digitRun == 4 && digitValue >= 1900 && digitValue < 2100 { counts.flags.insert(.year) }
    digitRun = 0
    digitValue = 0
  }

  private mutating func space() {
    endWord()
    if endsSentence {
      counts.sentences &+= 1
      endsSentence = false
    }
  }

  private mutating func endWord() {
    isInWord = false
    if digitRun > 0 { endDigits() }
  }

  private mutating func letter(_ scalar: UInt32) {
    counts.characters &+= 1
    if !isInWord { startWord() }
    counts.letters &+= 1
    afterVisible(scalar)
  }

  private mutating func wide(_ scalar: UInt32) {
    switch scalar {
    case 0xA0, 0x2000...0x200B, 0x3000, 0x2028, 0x2029:
      counts.characters &+= 1
      space()
    case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF:
      counts.characters &+= 1
      counts.words &+= 1
      counts.letters &+= 1
      afterVisible(scalar)
      isInWord = false
    case 0x80...0xBF, 0x2010...0x27BF, 0x3001...0x303F, 0xFF01...0xFF0F, 0xFF1A...0xFF20, 0x60C,
      0x61B, 0x61F, 0x6D4, 0x964, 0x965, 0xD7, 0xF7:
      punctuation(scalar)
    case 0x300...0x36F:
      break
    default:
      let isUpper = scalar >= 0xC0 && scalar <= 0xDE || scalar >= 0x391 && scalar <= 0x42F
      if isUpper { counts.uppercase &+= 1 }
      if !isInWord && isUpper {
        counts.capitalised &+= 1
        if isFirst { counts.flags.insert(.startsUppercase) }
      }
      letter(scalar)
    }
  }

  private mutating func punctuation(_ scalar: UInt32) {
    endWord()
    isFirst = false
    switch scalar {
    case 0x2E, 0x21, 0x3F, 0x2026, 0x61F, 0x6D4, 0x964:
      endsSentence = true
      if scalar == 0x3F || scalar == 0x61F { counts.flags.insert(.question) }
      if scalar == 0x21 { counts.flags.insert(.exclamation) }
    case 0x3002, 0xFF01, 0xFF1F, 0xFF0E:
      // No space follows these.
      counts.sentences &+= 1
      if scalar == 0xFF1F { counts.flags.insert(.question) }
    case 0x2C, 0x3B, 0x3001, 0xFF0C, 0x60C: counts.commas &+= 1
    case 0xA9: counts.flags.insert(.copyright)
    case 0x40: counts.flags.insert(.at)
    case 0x24, 0xA3, 0xA5, 0x20AC, 0x20B9, 0x20BD: counts.flags.insert(.currency)
    case 0x7C, 0xBB, 0x203A, 0x2022, 0x2192, 0xB7, 0x25B8, 0x25BA: counts.flags.insert(.separator)
    case 0x22, 0x201C...0x201F, 0xAB, 0x300C, 0x300D: counts.flags.insert(.quotation)
    case 0x28, 0x29: counts.flags.insert(.parenthesis)
    default: counts.otherPunctuation &+= 1
    }
    switch scalar {
    case 0x2E, 0x21, 0x3F, 0x2026, 0x61F, 0x6D4, 0x964: break
    // A closing quote or bracket after a sentence's end does not undo it.
    case 0x22, 0x27, 0x29, 0xBB, 0x2019, 0x201D: break
    default: endsSentence = false
    }
    counts.characters &+= 1
    last = scalar
  }

  /// Ends the run and hands over what was counted.
  mutating func finish() -> TextCounts {
    endWord()
    if endsSentence {
      counts.sentences &+= 1
      counts.flags.insert(.endsSentence)
    }
    switch last {
    case 0x3002, 0xFF01, 0xFF1F, 0xFF0E: counts.flags.insert(.endsSentence)
    case 0x3A, 0xFF1A: counts.flags.insert(.endsWithColon)
    case 0x2026: counts.flags.insert(.endsWithEllipsis)
    default: break
    }
    return earlier.characters == 0 ? counts : earlier.sum(with: counts)
  }
}

/// Counts of a block that do not wrap around.
private struct Totals {
  private var letters = 0
  private var digits = 0
  private var uppercase = 0
  private var capitalised = 0
  private var sentences = 0
  private var commas = 0
  private var otherPunctuation = 0
  private(set) var words = 0
  private(set) var characters = 0

  mutating func add(_ counts: TextCounts) {
    words += Int(counts.words)
    letters += Int(counts.letters)
    digits += Int(counts.digits)
    uppercase += Int(counts.uppercase)
    capitalised += Int(counts.capitalised)
    sentences += Int(counts.sentences)
    commas += Int(counts.commas)
    otherPunctuation += Int(counts.otherPunctuation)
    characters += Int(counts.characters)
  }

  /// The sum, each number at most 65,535.
  func sum(with counts: TextCounts) -> TextCounts {
    var totals = self
    totals.add(counts)
    var sum = TextCounts(flags: counts.flags)
    sum.words = UInt16(clamping: totals.words)
    sum.letters = UInt16(clamping: totals.letters)
    sum.digits = UInt16(clamping: totals.digits)
    sum.uppercase = UInt16(clamping: totals.uppercase)
    sum.capitalised = UInt16(clamping: totals.capitalised)
    sum.sentences = UInt16(clamping: totals.sentences)
    sum.commas = UInt16(clamping: totals.commas)
    sum.otherPunctuation = UInt16(clamping: totals.otherPunctuation)
    sum.characters = UInt16(clamping: totals.characters)
    return sum
  }
}
