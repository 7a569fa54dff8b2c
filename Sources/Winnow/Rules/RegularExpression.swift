// Regular expressions that take linear time: a program of few instructions, made from a text.
//
// The standard library's Regex tries one way after the other, which a short expression can make
// exponential, cannot be stopped, and does not say where a text is wrong. Users' expressions run
// on every block of every page, so here all ways are followed at once (Thompson, CACM 1968;
// Pike). What that rules out, references back and looking around, is a mistake at load.

/// A compiled regular expression.
package struct RegularExpression: Sendable, Equatable {
  enum Instruction: Sendable, Equatable {
    /// Goes on after a scalar of the set at this place of `sets`.
    case scalar(Int)
    case split(Int, Int)
    case jump(Int)
    case start, end
    case wordBoundary(Bool)
    case match
  }

  var program: [Instruction] = []
  var sets: [ScalarSet] = []
  /// By byte: can a match start with it? Empty when one can be empty.
  private(set) var leads: [Bool] = []

  /// - Parameter text: Literals, `.`, classes such as `[a-z]`, `\d \w \s` and their opposites,
  ///   `^ $ \b \B`, groups, `|`, `* + ? {2,5}`, and `(?i)` in front for any letter case.
  /// - Throws: the first mistake, with its column.
  package init(_ text: String) throws(RuleMistake) {
    var parser = RegularExpressionParser(text)
    self = try parser.expression()
  }

  init(program: [Instruction], sets: [ScalarSet]) {
    self.program = program
    self.sets = sets
    leads = findLeads()
  }

  private func findLeads() -> [Bool] {
    var leads = [Bool](repeating: false, count: 256)
    var seen = Set<Int>()
    var open = [0]
    while let place = open.popLast() {
      guard seen.insert(place).inserted else { continue }
      switch program[place] {
      case .scalar(let set):
        for byte in 0..<128 where sets[set].contains(UInt32(byte)) { leads[byte] = true }
        for byte in 128..<256 { leads[byte] = true }
      case .jump(let target): open.append(target)
      case .split(let first, let second): open += [first, second]
      case .start, .end, .wordBoundary: open.append(place + 1)
      case .match: return []
      }
    }
    return leads
  }
}

/// Scalars that may stand at a place.
struct ScalarSet: Sendable, Equatable {
  enum Kind: Sendable { case digit, word, space, notDigit, notWord, notSpace }

  var ranges: [ClosedRange<UInt32>] = []
  var kinds: [Kind] = []
  var isNegated = false
  /// For scalars below 128: the answer, as bits. Filled by `finish`.
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init() {}

  /// Line breaks aside, all scalars.
  static var anyButLineBreak: ScalarSet {
    var set = ScalarSet()
    set.ranges = [0x0A...0x0A]
    set.isNegated = true
    set.finish()
    return set
  }

  /// Adds a range, and the other letter case of it.
  mutating func add(_ range: ClosedRange<UInt32>, ignoresCase: Bool) {
    ranges.append(range)
    guard ignoresCase, range.count < 0x300 else { return }
    for value in range {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for other in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
        let scalars = other.unicodeScalars
        if scalars.count == 1, let first = scalars.first, first != scalar {
          ranges.append(first.value...first.value)
        }
      }
    }
  }

  mutating func finish() {
    low = 0
    high = 0
    for value in UInt32(0)..<64 where slowlyContains(value) { low |= 1 << UInt64(value) }
    for value in UInt32(64)..<128 where slowlyContains(value) { high |= 1 << UInt64(value - 64) }
  }

  func contains(_ value: UInt32) -> Bool {
    if value < 64 { return low >> UInt64(value) & 1 == 1 }
    if value < 128 { return high >> UInt64(value - 64) & 1 == 1 }
    return slowlyContains(value)
  }

  private func slowlyContains(_ value: UInt32) -> Bool {
    let isIn =
      ranges.contains { $0.contains(value) } || kinds.contains { Self.holds($0, value) }
    return isIn != isNegated
  }

  private static func holds(_ kind: Kind, _ value: UInt32) -> Bool {
    switch kind {
    case .digit: return value >= 0x30 && value <= 0x39
    case .word: return isWord(value)
    case .space: return Unicode.Scalar(value)?.properties.isWhitespace ?? false
    case .notDigit: return !holds(.digit, value)
    case .notWord: return !holds(.word, value)
    case .notSpace: return !holds(.space, value)
    }
  }

  /// Letters of any script, digits and `_`.
  static func isWord(_ value: UInt32) -> Bool {
    if value < 0x80 {
      return (value | 0x20) >= 0x61 && (value | 0x20) <= 0x7A || value >= 0x30 && value <= 0x39
        || value == 0x5F
    }
    return Unicode.Scalar(value)?.properties.isAlphabetic ?? false
  }
}
