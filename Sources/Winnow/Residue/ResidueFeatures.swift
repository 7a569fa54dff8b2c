// A line's text in, the places of its features in the model's table out.
//
// Two groups: the form of the line (length, ends, signs), whose places are reserved at the start of
// the table, and hashed words and parts of words, which share the rest. Training reads the same
// places from this code (`winnow-training residue`), so there is no second copy of it to be kept equal.

/// Reads lines; keeps its memory from one to the next.
package struct ResidueFeatures {
  /// Places reserved for the form at the start of a table.
  package static let formBuckets = 512
  /// A longer line is never residue: it says more than a prompt has to say.
  package static let mostWords = 80
  private static let mostScalars = 1200

  /// Places of the form's features.
  package private(set) var form: [Int32] = []
  /// Hashes of words and parts of words, with repetitions.
  package var lexical: ArraySlice<UInt32> { hashes[..<lexicalCount] }
  package private(set) var words = 0

  private var hashes: [UInt32] = []
  private var lexicalCount = 0
  private var scalars: [UInt32] = []
  private var tokens: [Token] = []
  private var counts = SignCounts()

  fileprivate struct Token {
    var range: Range<Int>
    var isWord: Bool
    var isUnspaced: Bool
  }

  package init() {}

  /// Reads a line.
  ///
  /// - Returns: `false` for a line without a word or with too many to be residue.
  package mutating func read(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    form.removeAll(keepingCapacity: true)
    lexicalCount = 0
    guard line.count <= Self.mostScalars * 4 else { return false }
    cut(line)
    guard words > 0, words <= Self.mostWords, scalars.count <= Self.mostScalars else {
      return false
    }
    addForm()
    addLexical()
    return true
  }

  // MARK: Tokens

  private struct SignCounts {
    var letters = 0
    var upper = 0
    var digits = 0
    var sentences = 0
    var commas = 0
    var quotes = 0
    var first: UInt32 = 0
    var last: UInt32 = 0
    var before: UInt32 = 0
    var colonAt = 0
  }

  private mutating func cut(_ line: UnsafeBufferPointer<UInt8>) {
    scalars.removeAll(keepingCapacity: true)
    tokens.removeAll(keepingCapacity: true)
    counts = SignCounts()
    words = 0
    var start = -1
    var at = 0
    var unspaced = 0
    scalars.reserveCapacity(line.count)
    while at < line.count {
      if Self.isWordByte(line[at]) {
        if start >= 0, let last = tokens.last, last.isUnspaced { start = -1 }
        at = addWordBytes(of: line, from: at, wordStart: &start)
        continue
      }
      let (raw, length) = UTF8Text.scalar(in: line, at: at)
      at += length
      let scalar = ScalarFold.fold(raw)
      if scalar == ScalarFold.nothing { continue }
      if ScalarFold.isWord(scalar) {
        let isUnspaced = ScalarFold.isUnspaced(scalar)
        if start >= 0, let last = tokens.last, last.isUnspaced != isUnspaced { start = -1 }
        if start < 0 {
          start = scalars.count
          tokens.append(Token(range: start..<start, isWord: true, isUnspaced: isUnspaced))
          if !isUnspaced { words += 1 }
        }
        counts.letters += 1
        if scalar != raw, scalar == raw | 0x20 || raw > 0x7F && raw & 1 == 0 { counts.upper += 1 }
        if scalar &- 0x30 < 10 { counts.digits += 1 }
        if isUnspaced { unspaced += 1 }
        scalars.append(scalar)
        tokens[tokens.count - 1].range = start..<scalars.count
        note(raw)
      } else {
        start = -1
        if scalar <= 0x20 || scalar == 0xA0 || scalar >= 0x2000 && scalar <= 0x200A
          || scalar == 0x3000
        {
          continue
        }
        sign(scalar)
        note(raw)
        tokens.append(
          Token(range: scalars.count..<scalars.count + 1, isWord: false, isUnspaced: false))
        scalars.append(scalar)
      }
    }
    // A word of such scripts is about two characters long.
    words += (unspaced + 1) / 2
  }

  /// A letter or digit of ASCII.
  @inline(__always)
  private static func isWordByte(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
  }

  /// Takes letters and digits of ASCII that follow each other into the word that starts at
  /// `wordStart`, or into a new one if that is below zero.
  ///
  /// - Returns: The place after the last.
  private mutating func addWordBytes(
    of line: UnsafeBufferPointer<UInt8>, from start: Int, wordStart: inout Int
  ) -> Int {
    var end = start
    var upper = 0
    var digits = 0
    while end < line.count, Self.isWordByte(line[end]) {
      let byte = line[end]
      upper += byte &- 0x41 < 26 ? 1 : 0
      digits += byte &- 0x30 < 10 ? 1 : 0
      end += 1
    }
    if wordStart < 0 {
      wordStart = scalars.count
      tokens.append(Token(range: wordStart..<wordStart, isWord: true, isUnspaced: false))
      words += 1
    }
    scalars.append(
      contentsOf: line[start..<end].lazy.map { UInt32($0 &- 0x41 < 26 ? $0 | 0x20 : $0) })
    tokens[tokens.count - 1].range = wordStart..<scalars.count
    counts.letters += end - start
    counts.upper += upper
    counts.digits += digits
    // The first of all, and the last two.
    if counts.first == 0 { counts.first = UInt32(line[start]) }
    if end - start > 1 { note(UInt32(line[end - 2])) }
    note(UInt32(line[end - 1]))
    return end
  }

  private mutating func note(_ raw: UInt32) {
    if counts.first == 0 { counts.first = raw }
    counts.before = counts.last
    counts.last = raw
  }

  private mutating func sign(_ scalar: UInt32) {
    switch scalar {
    case 0x2E, 0x21, 0x3F, 0x3002, 0x61F, 0x6D4, 0x964: counts.sentences += 1
    case 0x2C, 0x60C, 0x3001: counts.commas += 1
    case 0x22, 0x201C...0x201F, 0xAB, 0xBB, 0x300C, 0x300D: counts.quotes += 1
    case 0x3A: if counts.colonAt == 0 { counts.colonAt = words + 1 }
    default: break
    }
  }

  // MARK: Form

  /// Words in steps that grow: `0...9`.
  private var lengthClass: Int {
    switch words {
    case ...1: 0
    case 2: 1
    case 3: 2
    case 4...5: 3
    case 6...7: 4
    case 8...10: 5
    case 11...14: 6
    case 15...20: 7
    case 21...30: 8
    default: 9
    }
  }

  private static func signClass(_ scalar: UInt32) -> Int {
    switch scalar {
    case 0x2E, 0x3002, 0x6D4, 0x964: 0
    case 0x21, 0xFF01: 1
    case 0x3F, 0x61F, 0xFF1F: 2
    case 0x3A, 0xFF1A: 3
    case 0x2026: 4
    case 0x2A: 5
    case 0x29, 0x5D, 0xFF09: 6
    case 0x22, 0x201C...0x201F, 0xAB, 0x300C, 0x300D: 7
    case 0xBB, 0x203A, 0x2192, 0x25B6, 0x25BA, 0x3E: 8
    case 0x2C, 0x3B, 0x60C, 0x3001: 9
    case 0x30...0x39: 10
    case 0x28, 0x5B, 0xFF08, 0x3010: 11
    case 0x23, 0x40: 12
    case 0x2D, 0x2013, 0x2014, 0x2022, 0x7C: 13
    default: ScalarFold.isWord(scalar) ? (ScalarFold.fold(scalar) == scalar ? 14 : 15) : 16
    }
  }

  private mutating func addForm() {
    let length = lengthClass
    let last = Self.signClass(counts.last)
    let first = Self.signClass(counts.first)
    func share(_ part: Int) -> Int { min(4, part * 5 / max(1, counts.letters)) }
    form.append(Int32(length))
    form.append(Int32(10 + last))
    form.append(Int32(30 + first))
    form.append(Int32(50 + min(4, counts.sentences)))
    form.append(Int32(60 + min(4, counts.commas)))
    form.append(Int32(70 + min(3, counts.quotes)))
    form.append(Int32(80 + share(counts.upper)))
    form.append(Int32(90 + share(counts.digits)))
    form.append(Int32(100 + (counts.colonAt == 0 ? 0 : min(6, counts.colonAt))))
    form.append(Int32(120 + last * 10 + length))
    form.append(Int32(300 + first * 10 + length))
    if counts.last == 0x2E && counts.before == 0x2E { form.append(480) }
  }

  // MARK: Words

  fileprivate static func mix(_ hash: UInt32, _ value: UInt32) -> UInt32 {
    let mixed = (hash ^ value) &* 0x9E37_79B1
    return mixed ^ mixed >> 15
  }

  /// Writes hashes into memory that has room for all of a line's: checking it for each of some
  /// hundred took a tenth of the time.
  fileprivate struct Words {
    let scalars: UnsafeBufferPointer<UInt32>
    let hashes: UnsafeMutableBufferPointer<UInt32>
    var count = 0

    @inline(__always)
    mutating func add(_ hash: UInt32) {
      hashes[count] = mix(hash, 0x5BD1)
      count += 1
    }

    @inline(__always)
    func hash(_ seed: UInt32, _ range: Range<Int>) -> UInt32 {
      var hash = seed &* 0x85EB_CA6B
      for index in range { hash = mix(hash, scalars[index]) }
      return hash
    }
  }

  private mutating func addLexical() {
    // A word has seven hashes and one for each of its parts, which are fewer than its scalars and
    // one; a scalar of a script without spaces has five.
    let room = tokens.count * 8 + scalars.count * 5 + 1
    if hashes.count < room {
      hashes = [UInt32](repeating: 0, count: room * 2)
    }
    let isShort: UInt32 = words <= 5 ? 1 : words <= 14 ? 2 : 3
    lexicalCount = scalars.withUnsafeBufferPointer { scalars in
      hashes.withUnsafeMutableBufferPointer { hashes in
        var words = Words(scalars: scalars, hashes: hashes)
        words.add(tokens, isShort)
        return words.count
      }
    }
  }
}

extension ResidueFeatures.Words {
  private typealias Features = ResidueFeatures

  mutating func add(_ tokens: [ResidueFeatures.Token], _ isShort: UInt32) {
    var previousWord: UInt32 = 0xFFFF
    var previousStem: UInt32 = 0xFFFF
    var isFirst = true
    for token in tokens {
      let range = token.range
      if !token.isWord {
        add(Features.mix(11, scalars[range.lowerBound]))
        continue
      }
      if token.isUnspaced {
        addUnspaced(range, isShort)
        isFirst = false
        continue
      }
      let isNumber = range.allSatisfy { scalars[$0] &- 0x30 < 10 }
      let word = isNumber ? 0x4E + UInt32(min(4, range.count)) : hash(1, range)
      let stem =
        isNumber
        ? 0x4E : hash(2, range.lowerBound..<min(range.upperBound, range.lowerBound + Self.stem))
      add(word)
      add(Features.mix(Features.mix(3, word), isShort))
      add(Features.mix(Features.mix(4, previousWord), word))
      add(Features.mix(Features.mix(5, previousStem), stem))
      if !isNumber {
        add(stem)
        if range.count >= 4 { addParts(range) }
      }
      if isFirst { add(Features.mix(6, stem)) }
      previousWord = word
      previousStem = stem
      isFirst = false
    }
    add(Features.mix(7, previousStem))
  }

  /// Scalars that make a stem: long enough to tell words apart, short enough to drop most endings.
  private static let stem = 5

  /// Runs of four scalars, the word's ends counted as one.
  private mutating func addParts(_ range: Range<Int>) {
    var run = (first: UInt32(0), second: UInt32(1), third: scalars[range.lowerBound])
    var next = range.lowerBound + 1
    while next <= range.upperBound {
      let fourth = next < range.upperBound ? scalars[next] : 1
      if next >= range.lowerBound + 2 {
        // Four products that do not wait for each other.
        add(
          run.first &* 0x85EB_CA6B &+ run.second &* 0xC2B2_AE35 &+ run.third &* 0x27D4_EB2F
            &+ fourth &* 0x1656_67B1)
      }
      run = (run.second, run.third, fourth)
      next += 1
    }
  }

  private mutating func addUnspaced(_ range: Range<Int>, _ isShort: UInt32) {
    for index in range {
      for length in 1...4 where index + length <= range.upperBound {
        let part = hash(9, index..<index + length)
        if length > 1 || range.count == 1 { add(part) }
        if length == 2 { add(Features.mix(Features.mix(3, part), isShort)) }
      }
    }
    add(Features.mix(6, hash(9, range.lowerBound..<min(range.upperBound, range.lowerBound + 2))))
  }
}
