// Tags: their names and attributes, and which of them reach the parser.

import Glibc

extension Prefilter {
  // MARK: Names and attributes

  /// HTML's white space.
  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D || byte == 0x0C
  }

  @inline(__always)
  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  /// Reads a tag's name; `position` stands on its first letter.
  private mutating func tagName() -> Tag {
    let start = position
    var key = TagKey()
    while position < end {
      let byte = base[position]
      if byte == 0x3E || byte == 0x2F || Self.isSpace(byte) { break }
      let index = position - start
      if index < 16 { key.add(Self.lowered(byte), at: index) }
      position += 1
    }
    return position - start <= 16 ? key.tag : .unknown
  }

  private struct AttributeRun {
    var isClosed = false
    var isSelfClosing = false
    var flags: NodeFlags = []
  }

  /// Reads attributes up to and with `>`; keeps those that somebody reads if `keeping`.
  private mutating func attributes(keeping: Bool) -> AttributeRun {
    var run = AttributeRun()
    var seen: UInt32 = 0
    while position < end {
      let byte = base[position]
      if byte == 0x3E {
        position += 1
        run.isClosed = true
        return run
      }
      if Self.isSpace(byte) || byte == 0x2F {
        run.isSelfClosing = byte == 0x2F
        position += 1
        continue
      }
      run.isSelfClosing = false
      // A name, of which even a first `=` is a part.
      let start = position
      var key = TagKey()
      repeat {
        let index = position - start
        if index < 16 { key.add(Self.lowered(base[position]), at: index) }
        position += 1
      } while position < end && !Self.endsAttributeName(base[position])
      let name = keeping ? AttributeName.named(key, length: position - start) : nil
      let value = attributeValue()
      guard let name, seen & (1 << UInt32(name.rawValue)) == 0 else { continue }
      seen |= 1 << UInt32(name.rawValue)
      keep(name, value: value, flags: &run.flags)
    }
    return run
  }

  @inline(__always)
  private static func endsAttributeName(_ byte: UInt8) -> Bool {
    byte == 0x3D || byte == 0x3E || byte == 0x2F || isSpace(byte)
  }

  /// Skips to the end of a tag whose name was read; quoted values may hold `>`.
  mutating func skipTagEnd() {
    if !attributes(keeping: false).isClosed { swallowTail() }
  }

  /// The range of the value after a name, empty if there is none.
  private mutating func attributeValue() -> Range<Int> {
    var at = position
    while at < end, Self.isSpace(base[at]) { at += 1 }
    guard at < end, base[at] == 0x3D else { return position..<position }
    at += 1
    while at < end, Self.isSpace(base[at]) { at += 1 }
    position = at
    guard at < end, base[at] != 0x3E else { return at..<at }
    let quote = base[at]
    if quote == 0x22 || quote == 0x27 {
      let close = find(quote, from: at + 1) ?? end
      position = min(close + 1, end)
      // Without its closing quote the tag never ends, and is dropped.
      if close == end { position = end }
      return at + 1..<close
    }
    while position < end, base[position] != 0x3E, !Self.isSpace(base[position]) { position += 1 }
    return at..<position
  }

  private mutating func keep(_ name: AttributeName, value: Range<Int>, flags: inout NodeFlags) {
    switch name {
    case .style:
      if hides(style: value) { flags.insert(.hidden) }
    case .hidden:
      flags.insert(.hidden)
    case .ariaHidden:
      if value.count == 4, Self.lowered(base[value.lowerBound]) == UInt8(ascii: "t") {
        flags.insert(.ariaHidden)
      }
    default:
      let start = page.values.count
      appendValue(value, inAttribute: true)
      page.attributes.append(
        Attribute(name: name, start: Int32(start), length: Int32(page.values.count - start)))
    }
  }

  /// Adds bytes of the page to the values, references decoded.
  mutating func appendValue(_ value: Range<Int>, inAttribute: Bool) {
    let slice = UnsafeBufferPointer(start: base, count: value.upperBound)
    var at = value.lowerBound
    while at < value.upperBound {
      guard let found = memchr(base + at, 0x26, value.upperBound - at) else {
        page.values.append(contentsOf: input[at..<value.upperBound])
        break
      }
      let ampersand = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      page.values.append(contentsOf: input[at..<ampersand])
      at = ampersand
      if let found = HTMLEntities.decode(slice, from: at + 1, inAttribute: inAttribute) {
        appendValue(scalar: found.scalars.0)
        if found.scalars.1 != 0 { appendValue(scalar: found.scalars.1) }
        at += 1 + found.length
      } else {
        page.values.append(0x26)
        at += 1
      }
    }
  }

  private mutating func appendValue(scalar: UInt32) {
    guard let scalar = Unicode.Scalar(scalar), let utf8 = Unicode.UTF8.encode(scalar) else {
      return
    }
    page.values.append(contentsOf: utf8)
  }

  private static let hidingStyles = ["display:none", "visibility:hidden"].map { Array($0.utf8) }

  /// Does a style hide its element? White space and letter case do not matter.
  private func hides(style: Range<Int>) -> Bool {
    guard style.count >= 12 else { return false }
    for wanted in Self.hidingStyles {
      var matched = 0
      for at in style {
        let byte = Self.lowered(base[at])
        if Self.isSpace(byte) { continue }
        if byte == wanted[matched] {
          matched += 1
          if matched == wanted.count { return true }
        } else {
          matched = byte == wanted[0] ? 1 : 0
        }
      }
    }
    return false
  }

  // MARK: Start tags

  mutating func startTag() {
    position += 1
    let tag = tagName()
    let firstAttribute = page.attributes.count
    let firstValue = page.values.count
    let run = attributes(keeping: dropped == nil && tag.flow != .void)
    guard run.isClosed else { return swallowTail() }

    if let dropped, !leavesDropped(dropped, at: tag) {
      if tag == dropped {
        // A `select` cannot hold another: its start tag ends the first.
        if tag == .select {
          self.dropped = nil
        } else if !(run.isSelfClosing && tag == .svg) {
          droppedDepth += 1
        }
      } else if tag.flow == .raw, dropped != .svg || tag == .script {
        skipRaw(tag)
      }
      return
    }
    var record = StartTag(
      end: -1, firstAttribute: Int32(firstAttribute),
      attributeCount: Int16(clamping: page.attributes.count - firstAttribute), tag: tag,
      flags: run.flags)
    switch tag.flow {
    case .dropped:
      forget(from: firstAttribute, values: firstValue)
      if run.isSelfClosing && tag == .svg { return }
      dropped = tag
      droppedDepth = 1
    case .about:
      page.about.append(Int32(page.startTags.count))
      page.startTags.append(record)
    case .void:
      return
    case .raw:
      rawText(tag, record)
    case .inline, .block:
      if BlockNesting.holds(tag) || tag == .table { nesting.start(tag) }
      emit(tag)
      record.end = Int32(page.bytes.count - 1)
      page.startTags.append(record)
    }
  }

  private mutating func forget(from attribute: Int, values: Int) {
    page.attributes.removeSubrange(attribute...)
    page.values.removeSubrange(values...)
  }

  /// In foreign content an HTML tag ends it (HTML Standard 13.2.6.5); a `select` is left by
  /// what cannot stand in it.
  private mutating func leavesDropped(_ dropped: Tag, at tag: Tag) -> Bool {
    let leaves =
      switch dropped {
      case .svg:
        tag != .unknown && tag != .a && tag != .svg
          && (tag.flow == .block || tag == .img || tag == .br || tag == .span || tag == .b
            || tag == .strong || tag == .em || tag == .i)
      case .select:
        tag == .input || tag == .textarea || tag.isBlock && tag != .hr
      default: false
      }
    if leaves {
      self.dropped = nil
      droppedDepth = 0
    }
    return leaves
  }

  /// Does the end tag close an element around the one that is never shown, and so both? In `svg`
  /// no block can be open, as its start tag would have ended it.
  private func endsDropped(_ dropped: Tag, at tag: Tag) -> Bool {
    switch dropped {
    case .svg:
      BlockNesting.holds(tag) ? nesting.isOpen(tag) : tag.isBlock && tag != .html && tag != .body
    case .select, .datalist: tag.rawValue >= Tag.table.rawValue && tag.rawValue <= Tag.th.rawValue
    default: false
    }
  }

  /// Tells the parser of a start tag.
  mutating func emit(_ tag: Tag) {
    page.bytes.append(0x3C)
    page.bytes.append(Tag.toldNames[Int(tag.rawValue)])
    page.bytes.append(0x3E)
  }

  // MARK: End tags

  mutating func endTag() {
    guard position + 2 < end else {
      if dropped == nil { page.bytes.append(Self.escapedLess) }
      return position += 1
    }
    let first = Self.lowered(base[position + 2])
    guard first >= 0x61 && first <= 0x7A else {
      // `</>` is nothing, everything else a comment.
      if base[position + 2] == 0x3E { return position += 3 }
      return bogusComment()
    }
    position += 2
    let tag = tagName()
    guard attributes(keeping: false).isClosed else { return swallowTail() }
    if let dropped {
      if tag == dropped {
        droppedDepth -= 1
        if droppedDepth == 0 { self.dropped = nil }
        return
      }
      guard endsDropped(dropped, at: tag) else { return }
      self.dropped = nil
    }
    switch tag {
    case .html, .body:
      // What follows belongs to the body still; libxml2 would start a second root.
      return
    case .br:
      emit(.br)
      return
    case .hr, .img:
      return
    case .table:
      nesting.endTable()
    default:
      if BlockNesting.holds(tag) {
        for _ in 0..<nesting.end(tag) { emitEnd(tag) }
        return
      }
    }
    if tag.flow == .inline || tag.flow == .block { emitEnd(tag) }
  }

  private mutating func emitEnd(_ tag: Tag) {
    page.bytes.append(0x3C)
    page.bytes.append(0x2F)
    page.bytes.append(Tag.toldNames[Int(tag.rawValue)])
    page.bytes.append(0x3E)
  }
}
