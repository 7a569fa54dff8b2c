// The elements Winnow tells apart: a small number each, and how each takes part in the flow of text.

/// An HTML element's name as a small number; all names Winnow has no use for are `.unknown`.
package enum Tag: UInt8, CaseIterable, Sendable {
  /// A run of text, which has no name.
  case text
  case unknown

  case html, head, body
  // Blocks
  case div, p, h1, h2, h3, h4, h5, h6, ul, ol, li, dl, dt, dd, dir, menu
  case table, caption, thead, tbody, tfoot, tr, td, th
  case pre, blockquote, hr, form, fieldset, legend, center, address, noscript
  // Blocks of HTML5
  case section, article, aside, nav, main, header, footer, figure, figcaption, details, summary
  case dialog, hgroup, search
  // Parts of a line
  case span, a, b, i, em, strong, u, s, del, ins, strike, code, kbd, samp, `var`, tt, sub, sup
  case small, big, font, abbr, acronym, cite, q, dfn, label, img, br, button, object
  // Parts of a line of HTML5
  case time, mark, ruby, rt, rp, math, video, audio, canvas, picture
  // Never shown, nor what is in them
  case template, svg, select, datalist, annotation
  // Say something about the page
  case meta, link, base
  // Raw text up to their own end tag
  case title, script, style, textarea, xmp, iframe, noembed, noframes, plaintext
  // Nothing in them and nothing to show
  case input, source, track, wbr, embed, param, area, col, frame, keygen, bgsound, basefont

  package enum Flow: UInt8, Sendable { case inline, block, dropped, about, raw, void }

  package var flow: Flow {
    switch self {
    case .text, .unknown: .inline
    case .html, .head, .body: .block
    case _ where rawValue <= Tag.search.rawValue: .block
    case _ where rawValue <= Tag.picture.rawValue: .inline
    case _ where rawValue <= Tag.annotation.rawValue: .dropped
    case _ where rawValue <= Tag.base.rawValue: .about
    case _ where rawValue <= Tag.plaintext.rawValue: .raw
    default: .void
    }
  }

  @inline(__always)
  package var isBlock: Bool {
    rawValue >= Tag.html.rawValue && rawValue <= Tag.search.rawValue
  }

  /// `1...6` for `h1` to `h6`, else `0`.
  package var headingLevel: Int {
    rawValue >= Tag.h1.rawValue && rawValue <= Tag.h6.rawValue
      ? Int(rawValue - Tag.h1.rawValue) + 1 : 0
  }

  /// The element's name, in lower case.
  package var name: String { Self.names[Int(rawValue)] }

  // Made once: taking a case's name from the program's own description of itself is slow.
  private static let names = allCases.map { $0 == .text ? "#text" : "\($0)" }

  /// The name under which libxml2 is told of the element. Version 2.9.14 knows no element of
  /// HTML5, reports an error for each, and lets them stand inside an open paragraph.
  private var told: Tag {
    switch self {
    case .unknown, .picture: .span
    case _ where rawValue >= Tag.section.rawValue && rawValue <= Tag.search.rawValue: .div
    case _ where rawValue >= Tag.time.rawValue && rawValue <= Tag.picture.rawValue: .span
    default: self
    }
  }

  /// Is it a part of a line that opens and closes nothing around it, to libxml2, and may hold text?
  @inline(__always)
  var mayBeLeaf: Bool {
    rawValue >= Tag.span.rawValue && rawValue <= Tag.label.rawValue
      || rawValue >= Tag.time.rawValue && rawValue <= Tag.picture.rawValue || self == .unknown
  }

  /// Is libxml2 told of both by one name?
  @inline(__always)
  func isTold(as other: Tag) -> Bool { self == other || told == other.told }

  /// Is `name`, ended by a zero byte, what libxml2 is told of the element?
  @inline(__always)
  func isTold(as name: UnsafePointer<UInt8>) -> Bool {
    let told = Self.toldNames + Int(rawValue) * Self.nameStride
    var index = 0
    while told[index] == name[index] {
      if told[index] == 0 { return true }
      index += 1
    }
    return false
  }

  private static let nameStride = 16

  /// The names that libxml2 is told, 16 bytes a tag by number, zeros after the name. Written once,
  /// here, and never freed, so that any thread may read them.
  nonisolated(unsafe) private static let toldNames: UnsafePointer<UInt8> = {
    let names = UnsafeMutablePointer<UInt8>.allocate(capacity: allCases.count * nameStride)
    names.initialize(repeating: 0, count: allCases.count * nameStride)
    for tag in allCases {
      // The last byte stays zero; the longest name has 10.
      for (index, byte) in tag.told.name.utf8.prefix(nameStride - 1).enumerated() {
        names[Int(tag.rawValue) * nameStride + index] = byte
      }
    }
    return UnsafePointer(names)
  }()

  /// The tags that libxml2 is told, by number.
  static let toldStarts = allCases.map { ShortBytes("<\($0.told.name)>") }
  static let toldEnds = allCases.map { ShortBytes("</\($0.told.name)>") }
}

/// An element's name of up to 16 bytes, in lower case, as two words that hash and compare fast.
struct TagKey: Equatable {
  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init() {}

  init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// The first 16 bytes of a name that a zero byte ends.
  init(_ name: UnsafePointer<UInt8>) {
    var index = 0
    while index < 16, name[index] != 0 {
      add(name[index], at: index)
      index += 1
    }
  }

  /// Adds the byte at `index` (below 16).
  @inline(__always)
  mutating func add(_ byte: UInt8, at index: Int) {
    if index < 8 {
      low |= UInt64(byte) << UInt64(index * 8)
    } else {
      high |= UInt64(byte) << UInt64((index - 8) * 8)
    }
  }

  /// Multiplicative hashing (Knuth) of both halves into 512 slots.
  var slot: Int {
    Int(truncatingIfNeeded: ((low ^ (high &* 31)) &* 0x9E37_79B9_7F4A_7C15) >> 55)
  }

  // Open addressing; `.unknown` marks a free slot.
  private static let slots: [(key: TagKey, tag: Tag)] = {
    var slots = [(key: TagKey, tag: Tag)](repeating: (TagKey(), .unknown), count: 512)
    for tag in Tag.allCases where tag != .text && tag != .unknown {
      var key = TagKey()
      for (index, byte) in tag.name.utf8.enumerated() { key.add(byte, at: index) }
      var slot = key.slot
      while slots[slot].tag != .unknown { slot = (slot + 1) & 511 }
      slots[slot] = (key, tag)
    }
    return slots
  }()

  /// The tag of this name, `.unknown` if there is none.
  var tag: Tag {
    Self.slots.withUnsafeBufferPointer { slots in
      var slot = self.slot
      while slots[slot].tag != .unknown {
        if slots[slot].key == self { return slots[slot].tag }
        slot = (slot + 1) & 511
      }
      return .unknown
    }
  }
}
