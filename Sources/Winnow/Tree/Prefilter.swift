// The pass before the parser: a page's UTF-8 in, the part worth parsing out.
//
// Tokenises as the HTML Standard says (13.2.5), so that what a browser shows is what is kept, and
// hands on less than half of the bytes: no script, style, comment, declaration, `svg` or
// `template`, and no attribute. It is also where HTML5 is made plain to libxml2 2.9.14, which
// knows neither its elements nor its character references (docs/architecture.md).
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

  // While inside an element that is never shown: which, and how many of them are open.
  var dropped: Tag?
  var droppedDepth = 0
  var nesting = BlockNesting()
  // Once no end tag of a title was found, none is sought again.
  var hasNoTitleEnd = false

  private init(_ input: UnsafeBufferPointer<UInt8>, base: UnsafePointer<UInt8>) {
    self.input = input
    self.base = base
    end = input.count
    page = FilteredPage(capacity: input.count / 2 + 1024)
    page.startTags.reserveCapacity(input.count / 128)
    page.attributes.reserveCapacity(input.count / 128)
    page.values.reserveCapacity(input.count / 16)
  }

  /// Filters a page of valid UTF-8 without NUL.
  static func filter(_ input: UnsafeBufferPointer<UInt8>) -> FilteredPage {
    guard let base = input.baseAddress else { return FilteredPage(capacity: 0) }
    var filter = Prefilter(input, base: base)
    filter.run()
    return filter.take()
  }

  private consuming func take() -> FilteredPage { page }

  private mutating func run() {
    while position < end {
      let stop = nextMarkup(from: position)
      if dropped == nil { page.bytes.append(from: base + position, count: stop - position) }
      position = stop
      guard position < end else { break }
      switch base[position] {
      case UInt8(ascii: "<"): markup()
      case UInt8(ascii: "&"): reference()
      default:
        // A form feed is white space to HTML and an error to libxml2, which would join words.
        if dropped == nil { page.bytes.append(UInt8(ascii: " ")) }
        position += 1
      }
    }
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
    if dropped == nil { page.bytes.append(Self.escapedLess) }
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

  // MARK: Character references

  static let escapedLess = Array("&lt;".utf8)
  static let escapedGreater = Array("&gt;".utf8)
  static let escapedAmpersand = Array("&amp;".utf8)

  private mutating func reference() {
    guard let found = HTMLEntities.decode(input, from: position + 1, inAttribute: false) else {
      if dropped == nil { page.bytes.append(Self.escapedAmpersand) }
      return position += 1
    }
    position += 1 + found.length
    guard dropped == nil else { return }
    appendText(scalar: found.scalars.0)
    if found.scalars.1 != 0 { appendText(scalar: found.scalars.1) }
  }

  mutating func appendText(scalar: UInt32) {
    switch scalar {
    case 0x3C: page.bytes.append(Self.escapedLess)
    case 0x3E: page.bytes.append(Self.escapedGreater)
    case 0x26: page.bytes.append(Self.escapedAmpersand)
    case 0x0C: page.bytes.append(UInt8(ascii: " "))
    default: page.bytes.append(scalar: scalar)
    }
  }

  /// Appends bytes of the page as text, whatever markup they seem to hold.
  mutating func appendEscaped(_ range: Range<Int>) {
    for byte in input[range] {
      if byte < 0x80 { appendText(scalar: UInt32(byte)) } else { page.bytes.append(byte) }
    }
  }
}
