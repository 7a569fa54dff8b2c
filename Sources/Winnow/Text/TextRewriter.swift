// One pass over a text that needs work: every step of normalisation but NFC.
//
// A scalar is read, classed and appended, dropped or replaced. White space is collapsed against
// the end of the output. A reference is decoded when its semicolon arrives, by looking back into
// the output, so that what was escaped more than twice comes out in the same pass and a second
// pass finds nothing to do.

/// How white space in a text is to be read.
enum TextLayout {
  /// Running text: spaces collapse, `\n` is a line break of the page.
  case flow
  /// Code: every character stands where it stands.
  case preformatted
  /// A line of metadata: a line break is a space.
  case line
}

struct TextRewriter: ~Copyable {
  private let options: NormalizationOptions
  private let layout: TextLayout
  private let source: UnsafeBufferPointer<UInt8>
  private(set) var output: [UInt8] = []
  private var offsets: OffsetMap
  /// The source's bytes that are read so far.
  private var at = 0
  private var isVerbatim = false
  /// Where the last verbatim range ended in the output; no reference reaches over it.
  private var barrier = 0
  private lazy var hasRightToLeft = Self.hasRightToLeft(source)

  /// The longest name of a reference has 31 letters; numbers with that many digits do not occur.
  private static let longestReference = 34

  /// - Parameter positions: Byte offsets into the source, which move with the text.
  init(
    _ source: UnsafeBufferPointer<UInt8>, layout: TextLayout, options: NormalizationOptions,
    positions: [Int]
  ) {
    self.source = source
    self.layout = layout
    self.options = options
    offsets = OffsetMap(positions)
    output.reserveCapacity(source.count)
  }

  var positions: [Int] { offsets.values }

  /// - Parameter verbatim: Ranges of the source in which no reference is decoded, by their starts.
  mutating func run(verbatim: [Range<Int>]) {
    for range in verbatim where range.upperBound > at {
      read(to: range.lowerBound)
      let start = output.count
      isVerbatim = true
      read(to: range.upperBound)
      isVerbatim = false
      if output.count > start { barrier = output.count }
    }
    read(to: source.count)
    trimEnd()
    offsets.reach(.max, output: output.count)
  }

  private mutating func read(to end: Int) {
    let end = min(end, source.count)
    while at < end {
      copyPlainRun(to: end)
      guard at < end else { return }
      offsets.reach(at, output: output.count)
      let (scalar, length) = UTF8Text.scalar(in: source, at: at)
      at += length
      take(scalar)
      if scalar == 0x3B { decodeReferences() }
    }
  }

  /// Copies what nothing can happen to: visible ASCII but the semicolon, single spaces after it,
  /// and letters of scripts that need no look.
  private mutating func copyPlainRun(to end: Int) {
    let start = at
    while at < end {
      let byte = source[at]
      if byte < 0x7F {
        let isSpaceInside = byte == 0x20 && at > start && source[at - 1] > 0x20
        guard byte > 0x20 && byte != UInt8(ascii: ";") || isSpaceInside else { break }
        at += 1
      } else {
        let length = UTF8Text.plainLength(lead: byte)
        if length == 0 { break }
        at += length
      }
    }
    guard at > start else { return }
    offsets.copy(from: start, through: at - 1, to: output.count)
    output.append(contentsOf: UnsafeBufferPointer(rebasing: source[start..<at]))
  }

  // MARK: One scalar

  private mutating func take(_ scalar: UInt32) {
    switch InvisibleCharacters.characterClass(of: scalar) {
    case .plain:
      if scalar == 0x20 { takeSpace(0x20) } else { UTF8Text.append(composed(scalar), to: &output) }
    case .lineFeed:
      takeLineFeed()
    case .tab, .space:
      takeSpace(scalar)
    case .noBreakSpace:
      takeSpace(options.spaces ? 0x20 : scalar)
    case .spacingControl:
      takeSpacingControl(scalar)
    case .separator:
      if options.spaces && layout == .preformatted { takeLineFeed() } else { takeSpace(scalar) }
    case .softHyphen:
      if !options.softHyphens { UTF8Text.append(scalar, to: &output) }
    case .stray:
      if !options.controlCharacters { UTF8Text.append(scalar, to: &output) }
    case let kind:
      if !options.controlCharacters || stays(scalar, kind) { UTF8Text.append(scalar, to: &output) }
    }
  }

  /// Three scalars that Form C turns into ASCII, turned at once so that they count as what they
  /// become: the Greek question mark, the Greek varia and the Kelvin sign.
  private func composed(_ scalar: UInt32) -> UInt32 {
    guard options.nfc else { return scalar }
    switch scalar {
    case 0x37E: return 0x3B
    case 0x1FEF: return 0x60
    case 0x212A: return 0x4B
    default: return scalar
    }
  }

  private mutating func takeSpace(_ scalar: UInt32) {
    guard options.spaces, layout != .preformatted else {
      return UTF8Text.append(scalar, to: &output)
    }
    // Spaces at the start of the text or of a line, and after another space, are none.
    if let last = output.last, last != 0x20, last != 0x0A { output.append(0x20) }
  }

  private mutating func takeSpacingControl(_ scalar: UInt32) {
    guard options.controlCharacters else { return UTF8Text.append(scalar, to: &output) }
    let isBeforeLineFeed = at < source.count && source[at] == 0x0A
    if scalar == 0x0D && isBeforeLineFeed { return }
    if scalar == 0x0D && layout == .preformatted { takeLineFeed() } else { takeSpace(0x20) }
  }

  private mutating func takeLineFeed() {
    if layout == .line { return takeSpace(0x20) }
    if options.spaces { dropTrailing { $0 == 0x20 || $0 == 0x09 } }
    if options.blankLines {
      if output.isEmpty { return }
      let isAfterBlankLine = output.count > 1 && output.suffix(2).allSatisfy { $0 == 0x0A }
      if layout == .flow && isAfterBlankLine { return }
    }
    output.append(0x0A)
  }

  private mutating func trimEnd() {
    let (spaces, lines) = (options.spaces, options.blankLines)
    dropTrailing { $0 == 0x0A ? lines : spaces && ($0 == 0x20 || $0 == 0x09) }
  }

  private mutating func dropTrailing(_ isDropped: (UInt8) -> Bool) {
    guard let last = output.last, isDropped(last) else { return }
    while let last = output.last, isDropped(last) { output.removeLast() }
    offsets.replace(after: output.count, end: output.count)
    barrier = min(barrier, output.count)
  }

  // MARK: Invisible characters

  private mutating func stays(_ scalar: UInt32, _ kind: CharacterClass) -> Bool {
    let isRightToLeft = kind == .directionMark && hasRightToLeft
    // A joiner acts on the letter, whatever accents stand between; Form C may reorder those.
    let previous =
      kind == .directionMark || kind == .tag
      ? UTF8Text.lastScalar(of: output)
      : UTF8Text.lastScalar(of: output, where: { !InvisibleCharacters.isAccent($0) })
    return InvisibleCharacters.stays(
      scalar, kind, previous: previous, next: nextVisible(),
      isRightToLeft: isRightToLeft)
  }

  /// The next scalar that is not invisible; looks a few scalars ahead.
  private func nextVisible() -> UInt32? {
    var ahead = at
    // Longer runs of invisible characters are strays altogether.
    for _ in 0..<8 where ahead < source.count {
      let (scalar, length) = UTF8Text.scalar(in: source, at: ahead)
      switch InvisibleCharacters.characterClass(of: scalar) {
      case .softHyphen where options.softHyphens: break
      case .stray, .zeroWidthSpace, .nonJoiner, .joiner, .directionMark, .vowelSeparator, .tag:
        break
      default: return scalar
      }
      ahead += length
    }
    return nil
  }

  private static func hasRightToLeft(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var at = 0
    while at < text.count {
      let (scalar, length) = UTF8Text.scalar(in: text, at: at)
      if InvisibleCharacters.isRightToLeft(scalar) { return true }
      at += length
    }
    return false
  }

  // MARK: References

  /// Decodes the reference that the last byte of the output, a semicolon, may have completed.
  private mutating func decodeReferences() {
    guard options.entities, layout != .preformatted, !isVerbatim else { return }
    while output.last == UInt8(ascii: ";"), let start = startOfReference() {
      let found = output.withUnsafeBufferPointer {
        HTMLEntities.decode($0, from: start + 1, inAttribute: false)
      }
      // A shorter match is a name without semicolon, which may be plain text.
      guard let found, found.length == output.count - start - 1 else { return }
      output.removeLast(output.count - start)
      take(decoded: found.scalars.0)
      if found.scalars.1 != 0 { take(decoded: found.scalars.1) }
      offsets.replace(after: start, end: output.count)
    }
  }

  /// A line feed that comes from a reference breaks no line of the page: it is a space.
  private mutating func take(decoded scalar: UInt32) {
    take(scalar == 0x0A ? 0x20 : scalar)
  }

  /// Where the ampersand stands from which letters, digits and `#` lead to the end of the output.
  private func startOfReference() -> Int? {
    var index = output.count - 2
    let first = max(barrier, output.count - Self.longestReference)
    while index >= first {
      switch output[index] {
      case UInt8(ascii: "&"): return index
      case UInt8(ascii: "#"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"):
        index -= 1
      default: return nil
      }
    }
    return nil
  }
}
