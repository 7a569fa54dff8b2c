// Mojibake: text that was UTF-8, was read as windows-1252 or windows-1251, and was saved so. In comes
// `donâ€™t`, out goes `don’t`.

/// Finds runs of characters whose bytes in the wrong encoding are UTF-8, and puts what they say in
/// their place.
///
/// Honest text seldom holds such a run, but some do: `«СССР»` ends in two characters that can be
/// read so, and so does `KÖ“`. What a run must be like depends on how rare it is; see `isCertain`.
enum MojibakeRepair {
  /// The repaired text; `nil` when there is nothing to repair.
  ///
  /// - Parameter positions: UTF-8 offsets on scalar boundaries; they move with the text.
  /// - Complexity: O(text), and again for each layer of mojibake.
  static func repaired(
    _ text: UnsafeBufferPointer<UInt8>, positions: inout [Int]
  ) -> [UInt8]? {
    var result = once(text, &positions)
    // What was misread twice takes two rounds; each makes the text shorter.
    while let bytes = result, let next = bytes.withUnsafeBufferPointer({ once($0, &positions) }) {
      result = next
    }
    return result
  }

  private static func once(
    _ text: UnsafeBufferPointer<UInt8>, _ positions: inout [Int]
  ) -> [UInt8]? {
    // All leads of sequences are written with these bytes in front.
    guard text.contains(where: { $0 == 0xC3 || $0 == 0xD0 }) else { return nil }
    var runs: [Run] = []
    for misreading in Misreading.all { runs += misreading.runs(in: text) }
    let certain = runs.filter { $0.isCertain(in: text) }
    guard !certain.isEmpty else { return nil }
    // Where some is for sure, the rest is likely.
    let weight = certain.reduce(0) { $0 + $1.scalars.count }
    let taken = runs.filter { $0.isCertain(in: text) || $0.isLikely(in: text, besides: weight) }
      .sorted { $0.range.lowerBound < $1.range.lowerBound }
    var output: [UInt8] = []
    output.reserveCapacity(text.count)
    var offsets = OffsetMap(positions)
    var at = 0
    for run in taken where run.range.lowerBound >= at {
      offsets.copy(from: at, through: run.range.lowerBound, to: output.count)
      output += text[at..<run.range.lowerBound]
      for scalar in run.scalars { output += UTF8.encode(scalar).map(Array.init) ?? [] }
      at = run.range.upperBound
      offsets.reach(at, output: output.count)
    }
    offsets.copy(from: at, through: text.count, to: output.count)
    output += text[at...]
    positions = offsets.values
    return output
  }
}

/// Characters one after another that a misreading made of at least one other.
private struct Run {
  let range: Range<Int>
  let scalars: [Unicode.Scalar]
  let misreading: Misreading

  /// Whether honest text does not look so.
  ///
  /// Letters that lead to two bytes stand before quotes, dots and spaces often enough: alone they
  /// count only for the Latin letters of the West (`Ã©`, `Â£`), whose leads are rare. Three and more
  /// bytes in a row are certain in windows-1252; two sequences in a row always.
  func isCertain(in text: UnsafeBufferPointer<UInt8>) -> Bool {
    if scalars.count > 1 { return true }
    let value = scalars[0].value
    if misreading.isCyrillic { return 0x2000...0x2FFF ~= value }
    return value >= 0x800 || 0xA0...0xFF ~= value || isInsideWord(text)
  }

  /// - Parameter weight: Characters of the text that are mojibake for sure.
  func isLikely(in text: UnsafeBufferPointer<UInt8>, besides weight: Int) -> Bool {
    // Controls come of chance, unless they are part of what was misread twice.
    if scalars[0].value < 0xA0 { return false }
    if !misreading.isCyrillic { return true }
    // A word of one letter; `Рік` is Ukrainian and begins as `і` would.
    return weight >= 4 && !isLetter(text, range.upperBound)
      && (range.lowerBound == 0 || text[range.lowerBound - 1] <= 0x20)
  }

  private func isInsideWord(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    isLetter(text, range.upperBound) && range.lowerBound > 0
      && text[range.lowerBound - 1] | 0x20 >= UInt8(ascii: "a")
  }

  private func isLetter(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    guard at < text.count else { return false }
    return 0x61...0x7A ~= text[at] | 0x20 || 0xC3...0xD4 ~= text[at]
  }
}

/// UTF-8 read as an encoding of one byte a character.
private struct Misreading: Sendable {
  let isCyrillic: Bool
  /// The byte of each character from U+0080 on.
  private let bytes: [UInt32: UInt8]

  static let all = [
    Misreading(.windows1252, isCyrillic: false), Misreading(.windows1251, isCyrillic: true),
  ]

  private init(_ encoding: TextEncoding, isCyrillic: Bool) {
    self.isCyrillic = isCyrillic
    var bytes: [UInt32: UInt8] = [:]
    if let row = encoding.singleByteRow {
      for byte in UInt8(0x80)...0xFF { bytes[SingleByteDecoder.scalar(of: byte, row: row)] = byte }
    }
    bytes[0xFFFD] = nil
    // Where the table has no character, programs left the byte's own number.
    for byte in UInt32(0x80)...0x9F where !isCyrillic { bytes[byte] = UInt8(byte) }
    self.bytes = bytes
  }

  func runs(in text: UnsafeBufferPointer<UInt8>) -> [Run] {
    var runs: [Run] = []
    var at = 0
    var start = 0
    var scalars: [Unicode.Scalar] = []
    func close() {
      if !scalars.isEmpty {
        runs.append(Run(range: start..<at, scalars: scalars, misreading: self))
      }
      scalars = []
    }
    while at < text.count {
      if text[at] < 0x80 {
        close()
        at += 1
      } else if let (scalar, end) = sequence(in: text, at: at) {
        if scalars.isEmpty { start = at }
        scalars.append(scalar)
        at = end
      } else {
        close()
        at += UTF8Text.scalar(in: text, at: at).length
      }
    }
    close()
    return runs
  }

  /// What the characters from here on say, if their bytes are a sequence of UTF-8.
  private func sequence(
    in text: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> (Unicode.Scalar, end: Int)? {
    var at = start
    func next() -> UInt8? {
      guard at < text.count, text[at] >= 0x80 else { return nil }
      let (scalar, length) = UTF8Text.scalar(in: text, at: at)
      at += length
      return bytes[scalar]
    }
    guard let lead = next() else { return nil }
    let (count, least): (Int, UInt32) =
      switch lead {
      case 0xC2...0xDF: (1, 0x80)
      case 0xE0...0xEF: (2, 0x800)
      case 0xF0...0xF4: (3, 0x10000)
      default: (0, 0)
      }
    guard count > 0 else { return nil }
    var value = UInt32(lead) & (0x3F >> UInt32(count))
    for _ in 0..<count {
      guard let trail = next(), trail & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(trail & 0x3F)
    }
    guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, at)
  }
}
