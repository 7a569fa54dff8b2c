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
  static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  /// Reads a tag's name; `position` stands on its first letter.
  private mutating func tagName() -> Tag {
    if let (key, length) = ShortName.read(base, from: position, to: end, isAttribute: false) {
      position += length
      return key.tag
    }
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

  /// Reads an attribute's name, of which even a first `=` is a part; `nil` for one that nobody
  /// reads.
  private mutating func attributeName() -> AttributeName? {
    if let (key, length) = ShortName.read(base, from: position, to: end, isAttribute: true) {
      position += length
      return AttributeName.named(key, length: length)
    }
    let start = position
    var key = TagKey()
    repeat {
      let index = position - start
      if index < 16 { key.add(Self.lowered(base[position]), at: index) }
      position += 1
    } while position < end && !Self.endsAttributeName(base[position])
    return AttributeName.named(key, length: position - start)
  }

  /// Which of a tag's attributes are kept.
  private enum Keeping {
    case none, all
    /// Of a script nothing else is read.
    case type
  }

  private struct AttributeRun {
    var isClosed = false
    var isSelfClosing = false
    var flags: NodeFlags = []
  }

  /// Reads attributes up to and with `>`; keeps those that somebody reads.
  private mutating func attributes(_ keeping: Keeping) -> AttributeRun {
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
      let name = attributeName()
      let value = attributeValue()
      guard let name, keeping == .all || keeping == .type && name == .type,
        seen & (1 << UInt32(name.rawValue)) == 0
      else { continue }
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
    if !attributes(.none).isClosed { swallowTail() }
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
        page.values.append(from: base + at, count: value.upperBound - at)
        break
      }
      let ampersand = UnsafeRawPointer(found) - UnsafeRawPointer(base)
      page.values.append(from: base + at, count: ampersand - at)
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
    if Unicode.Scalar(scalar) != nil { page.values.append(scalar: scalar) }
  }

  private static let hidingStyles = ["display:none", "visibility:hidden"].map { Array($0.utf8) }

  /// Does a style hide its element? White space and letter case do not matter.
  private func hides(style: Range<Int>) -> Bool {
    guard style.count >= 12, mayHide(style) else { return false }
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

  /// Does a value start with the letter of `none` or `hidden`? Few styles' do.
  private func mayHide(_ style: Range<Int>) -> Bool {
    var at = style.lowerBound
    while let colon = find(0x3A, from: at), colon < style.upperBound {
      at = colon + 1
      while at < style.upperBound, Self.isSpace(base[at]) { at += 1 }
      guard at < style.upperBound else { return false }
      let letter = base[at] | 0x20
      if letter == 0x6E || letter == 0x68 { return true }
    }
    return false
  }

  // MARK: Start tags

  private func keeping(of tag: Tag) -> Keeping {
    if dropped != nil { return .none }
    switch tag.flow {
    case .inline, .block, .about, .dropped: return .all
    case .raw: return tag == .script ? .type : .none
    case .void: return .none
    }
  }

  mutating func startTag() {
    position += 1
    let tag = tagName()
    let firstAttribute = page.attributes.count
    let firstValue = page.values.count
    let run = attributes(keeping(of: tag))
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
      if tag == .noscript { isInNoscript = true }
      if mayBeLeaf(tag) {
        beginLeaf(tag)
      } else {
        emit(tag)
        record.end = Int32(page.skeleton.count - 1)
      }
      page.startTags.append(record)
    }
  }

  private mutating func forget(from attribute: Int, values: Int) {
    page.attributes.removeSubrange(attribute...)
    page.values.truncate(to: values)
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

  // MARK: End tags

  mutating func endTag() {
    guard position + 2 < end else {
      if dropped == nil { page.text.append(UInt8(ascii: "<")) }
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
    if position < end, base[position] == 0x3E {
      position += 1
    } else if !attributes(.none).isClosed {
      return swallowTail()
    }
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
    case .noscript:
      isInNoscript = false
    default:
      if BlockNesting.holds(tag) {
        for _ in 0..<nesting.end(tag) { emitEnd(tag) }
        return
      }
    }
    if tag.flow == .inline || tag.flow == .block { emitEnd(tag) }
  }
}
