// The pass before the parser: a page's UTF-8 in, the part worth parsing out.
//
// Tokenises as the HTML Standard says (13.2.5), so that what a browser shows is what is kept, and
// hands on the skeleton of the page: tags without attributes, a byte for each run of text, and
// nothing of script, style, comment, declaration, `svg` or `template`. It is also where HTML5 is
// made plain to libxml2 2.9.14, which knows neither its elements nor its character references
// (docs/architecture.md).
//
// Before editing: each byte is looked at once, positions only grow, and every loop over tags
// ends at `end`. Tests run html5lib's cases through it.

import Glibc

/// Filters one page. Linear in the page's length.
struct Prefilter: ~Copyable {
  let input: UnsafeBufferPointer<UInt8>
  let base: UnsafePointer<UInt8>
  let end: Int
  var position = 0
  var page: FilteredPage
  /// Where the run of text that is being read starts in the page's text.
  var textStart = 0
  /// Where the skeleton's last tag ends.
  var tagEnd = 0
  /// A start tag that the parser was not told of yet, as its element may be a leaf, and its place.
  var leaf: (tag: Tag, startTag: Int)?
  /// Has a block of the body begun, so that text and lines' elements open nothing around them?
  var isInBody = false
  var links = OpenLinks()
  /// Characters that XML has not are taken out of the text.
  private let isCleaning: Bool
  let findsLeaves: Bool

  // While inside an element that is never shown: which, and how many of them are open.
  var dropped: Tag?
  var droppedDepth = 0
  var nesting = BlockNesting()
  /// Between the tags of a `noscript`.
  var isInNoscript = false
  // Once no end tag of a title was found, none is sought again.
  var hasNoTitleEnd = false

  private init(
    _ input: UnsafeBufferPointer<UInt8>, base: UnsafePointer<UInt8>, isCleaning: Bool,
    findsLeaves: Bool
  ) {
    self.input = input
    self.base = base
    self.isCleaning = isCleaning
    self.findsLeaves = findsLeaves
    end = input.count
    page = FilteredPage(bytes: input.count)
  }

  /// Filters a page of valid UTF-8 without NUL.
  static func filter(
    _ input: UnsafeBufferPointer<UInt8>, findsLeaves: Bool = true
  ) -> FilteredPage {
    guard let base = input.baseAddress else { return FilteredPage(bytes: 0) }
    var filter = Prefilter(input, base: base, isCleaning: false, findsLeaves: findsLeaves)
    filter.run()
    if OddCharacters.stand(in: filter.page.text) {
      // Hardly any page has them: filtered again, byte by byte.
      filter = Prefilter(input, base: base, isCleaning: true, findsLeaves: findsLeaves)
      filter.run()
    }
    return filter.take()
  }

  private consuming func take() -> FilteredPage { page }

  private mutating func run() {
    while position < end {
      let stop = nextMarkup(from: position)
      if dropped == nil { appendText(position..<stop) }
      position = stop
      guard position < end else { break }
      switch base[position] {
      case UInt8(ascii: "<"): markup()
      case UInt8(ascii: "&"): reference()
      default:
        // A form feed is white space, and no character to XML.
        if dropped == nil { page.text.append(UInt8(ascii: " ")) }
        position += 1
      }
    }
    endText()
    if dropped != nil { page.hasSwallowedTail = true }
  }

  /// The next `<`, `&` or form feed. Eight bytes at a time: most text runs are 10 to 80 bytes.
  @inline(__always)
  private func nextMarkup(from start: Int) -> Int {
    var at = start
    let ones: UInt64 = 0x0101_0101_0101_0101
    let highs: UInt64 = 0x8080_8080_8080_8080
    while at + 8 <= end {
      let word = UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self)
      // A byte is zero after the exclusive-or where it equals the wanted one (Mycroft's test);
      // false alarms stand only above a true one, so the lowest bit is exact.
      let less = word ^ (ones &* 0x3C)
      let ampersand = word ^ (ones &* 0x26)
      let feed = word ^ (ones &* 0x0C)
      let found =
        ((less &- ones) & ~less | (ampersand &- ones) & ~ampersand | (feed &- ones) & ~feed)
        & highs
      if found != 0 { return at + found.trailingZeroBitCount >> 3 }
      at += 8
    }
    while at < end {
      let byte = base[at]
      if byte == 0x3C || byte == 0x26 || byte == 0x0C { return at }
      at += 1
    }
    return end
  }

  // MARK: What starts with `<`

  private mutating func markup() {
    guard position + 1 < end else { return literalLess() }
    switch base[position + 1] {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): startTag()
    case UInt8(ascii: "/"): endTag()
    case UInt8(ascii: "!"): declaration()
    case UInt8(ascii: "?"): bogusComment()
    default: literalLess()
    }
  }

  private mutating func literalLess() {
    if dropped == nil { page.text.append(UInt8(ascii: "<")) }
    position += 1
  }

  /// A comment, a doctype, or a CDATA section, which outside of `svg` is a comment too.
  private mutating func declaration() {
    guard position + 3 < end, base[position + 2] == 0x2D, base[position + 3] == 0x2D else {
      return bogusComment()
    }
    // `<!-->` and `<!--->` are whole comments.
    var at = position + 4
    if at < end, base[at] == 0x3E { return position = at + 1 }
    if at + 1 < end, base[at] == 0x2D, base[at + 1] == 0x3E { return position = at + 2 }
    while let greater = find(0x3E, from: at) {
      // `-->` or `--!>`, both dashes after the opening.
      let dashes = greater >= 1 && base[greater - 1] == 0x21 ? greater - 1 : greater
      if dashes - 2 >= position + 4, base[dashes - 1] == 0x2D, base[dashes - 2] == 0x2D {
        return position = greater + 1
      }
      at = greater + 1
    }
    swallowTail()
  }

  mutating func bogusComment() {
    guard let greater = find(0x3E, from: position) else { return swallowTail() }
    position = greater + 1
  }

  mutating func swallowTail() {
    page.hasSwallowedTail = true
    position = end
  }

  @inline(__always)
  func find(_ byte: UInt8, from start: Int) -> Int? {
    guard start < end, let found = memchr(base + start, Int32(byte), end - start) else {
      return nil
    }
    return UnsafeRawPointer(found) - UnsafeRawPointer(base)
  }

  // MARK: Text

  private mutating func reference() {
    guard let found = HTMLEntities.decode(input, from: position + 1, inAttribute: false) else {
      if dropped == nil { page.text.append(UInt8(ascii: "&")) }
      return position += 1
    }
    position += 1 + found.length
    guard dropped == nil else { return }
    appendText(scalar: found.scalars.0)
    if found.scalars.1 != 0 { appendText(scalar: found.scalars.1) }
  }

  private mutating func appendText(scalar: UInt32) {
    if scalar == 0x0C {
      page.text.append(UInt8(ascii: " "))
    } else if !(isCleaning && OddCharacters.contains(scalar)) {
      page.text.append(scalar: scalar)
    }
  }

  /// Appends bytes of the page as text, whatever markup they seem to hold.
  @inline(__always)
  mutating func appendText(_ range: Range<Int>) {
    if isCleaning {
      appendCleaned(range)
    } else {
      page.text.append(from: base + range.lowerBound, count: range.count)
    }
  }

  /// As `appendText`, where form feeds may stand in the bytes.
  mutating func appendRawText(_ range: Range<Int>) {
    let start = page.text.count
    appendText(range)
    for at in start..<page.text.count where page.text.base[at] == 0x0C { page.text.base[at] = 0x20 }
  }

  private mutating func appendCleaned(_ range: Range<Int>) {
    var at = range.lowerBound
    while at < range.upperBound {
      let (scalar, length) = UTF8Text.scalar(in: input, at: at)
      if !OddCharacters.contains(scalar) { page.text.append(from: base + at, count: length) }
      at += length
    }
  }

  /// White space of more bytes than this the parser takes for text: it is told of it in pieces, and
  /// a piece that no tag follows is text to it.
  private static let longestBlank = 1000

  /// Puts one byte in the skeleton for the run of text that ends here, if there is one.
  @inline(__always)
  mutating func standIn() {
    let length = page.text.count - textStart
    guard length > 0 else { return }
    var at = textStart
    while at < page.text.count, Self.isBlank(page.text.base[at]) { at += 1 }
    let isBlank = at == page.text.count && length <= Self.longestBlank
    standIn(isBlank ? UInt8(ascii: " ") : UInt8(ascii: "x"), leaf: -1)
  }

  @inline(__always)
  mutating func standIn(_ byte: UInt8, leaf: Int32) {
    page.skeleton.append(byte)
    page.texts.append(
      TextRun(
        end: Int32(page.skeleton.count), start: Int32(textStart),
        length: Int32(page.text.count - textStart), leaf: leaf))
    textStart = page.text.count
  }

  /// White space of XML.
  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
  }
}

/// Characters that are none to XML, white space aside: the control characters of ASCII, U+FFFE and
/// U+FFFF. A text tree has never held them.
enum OddCharacters {
  @inline(__always)
  static func contains(_ scalar: UInt32) -> Bool {
    scalar < 0x20
      ? scalar != 0x0A && scalar != 0x09 && scalar != 0x0D
      : scalar == 0xFFFE || scalar == 0xFFFF
  }

  /// Do some stand in valid UTF-8? A plain loop, which becomes vector instructions.
  static func stand(in text: borrowing ByteBuffer) -> Bool {
    let base = UnsafePointer(text.base)
    var found: UInt8 = 0
    for at in 0..<text.count {
      let byte = base[at]
      let isControl: UInt8 = byte < 0x20 ? 1 : 0
      let isSpace: UInt8 = byte == 0x0A || byte == 0x09 || byte == 0x0D ? 1 : 0
      found |= isControl & ~isSpace
    }
    if found != 0 { return true }
    var at = 0
    while let lead = memchr(base + at, 0xEF, text.count - at) {
      at = UnsafeRawPointer(lead) - UnsafeRawPointer(base)
      // Valid UTF-8: two bytes follow.
      if base[at + 1] == 0xBF && base[at + 2] >= 0xBE { return true }
      at += 3
    }
    return false
  }
}
