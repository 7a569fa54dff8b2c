// Elements whose content is raw text up to their own end tag: skipped, kept aside or shown.

extension Prefilter {
  /// Skips the body and the end tag of a raw element; `position` stands after its start tag.
  mutating func skipRaw(_ tag: Tag) { _ = rawBody(of: tag) }

  mutating func rawText(_ tag: Tag, _ record: StartTag) {
    let body = rawBody(of: tag)
    switch tag {
    case .title:
      guard page.title == nil else { return }
      let from = page.values.count
      appendValue(body, inAttribute: false)
      page.title = from..<page.values.count
    case .script:
      if let kind = dataKind(of: record) {
        page.scripts.append(DataScript(kind: kind, body: body))
      }
    case .xmp, .plaintext:
      emit(.pre)
      appendRawText(body)
      emitEnd(.pre)
    default: break
    }
  }

  /// A raw element's body; goes to where the page goes on after its end tag.
  private mutating func rawBody(of tag: Tag) -> Range<Int> {
    let start = position
    let name = Array(tag.name.utf8)
    let close: Int? =
      switch tag {
      case .plaintext: end
      case .script: scriptEnd(from: start)
      case .title: hasNoTitleEnd ? nil : endTag(of: name, from: start)
      default: endTag(of: name, from: start)
      }
    // To a browser `noscript` is raw text itself: what never ends in it ends with it.
    if isInNoscript, let outer = endTag(of: Self.noscript, from: start), outer < close ?? end {
      position = outer
      return start..<outer
    }
    guard let close else {
      page.hasSwallowedTail = true
      if tag == .title {
        // A title that never ends would take the page with it: let it end at the next tag.
        hasNoTitleEnd = true
        position = find(0x3C, from: start) ?? end
      } else {
        position = end
      }
      return start..<position
    }
    position = min(close + 2 + name.count, end)
    if tag != .plaintext { skipTagEnd() }
    return start..<close
  }

  /// The first end tag of `name`.
  private func endTag(of name: [UInt8], from start: Int) -> Int? {
    var at = start
    while let less = find(0x3C, from: at) {
      if isEndTag(of: name, at: less) { return less }
      at = less + 1
    }
    return nil
  }

  private static let script = Array("script".utf8)
  private static let noscript = Array("noscript".utf8)

  /// The end tag of a script, by the standard's escaped states: inside of `<!--` a `<script` takes
  /// the next `</script` for itself.
  private func scriptEnd(from start: Int) -> Int? {
    var at = start
    // The first dash of the `<!--` that is open.
    var escapedFrom: Int?
    var isDoubleEscaped = false
    while at < end {
      guard let escape = escapedFrom else {
        guard let less = find(0x3C, from: at) else { return nil }
        if isEndTag(of: Self.script, at: less) { return less }
        if less + 3 < end, base[less + 1] == 0x21, base[less + 2] == 0x2D, base[less + 3] == 0x2D {
          escapedFrom = less + 2
        }
        at = less + 1
        continue
      }
      if base[at] == 0x3E, at - 2 >= escape, base[at - 1] == 0x2D, base[at - 2] == 0x2D {
        escapedFrom = nil
        isDoubleEscaped = false
      } else if base[at] == 0x3C {
        if isEndTag(of: Self.script, at: at) {
          if !isDoubleEscaped { return at }
          isDoubleEscaped = false
        } else if isName(Self.script, at: at + 1) {
          isDoubleEscaped = true
        }
      }
      at += 1
    }
    return nil
  }

  private func isEndTag(of name: [UInt8], at less: Int) -> Bool {
    less + 1 < end && base[less + 1] == 0x2F && isName(name, at: less + 2)
  }

  /// Does `name` stand at `start`, in any letter case, and end there?
  private func isName(_ name: [UInt8], at start: Int) -> Bool {
    guard start + name.count < end else { return false }
    for (offset, byte) in name.enumerated() where base[start + offset] | 0x20 != byte {
      return false
    }
    let after = base[start + name.count]
    return after == 0x3E || after == 0x2F || Self.isSpace(after)
  }

  private static let linkedData = Array("ld+json".utf8)
  private static let data = Array("application/json".utf8)

  /// Does the script hold data that may be needed, and of which kind?
  private func dataKind(of record: StartTag) -> DataScript.Kind? {
    let first = Int(record.firstAttribute)
    for attribute in page.attributes[first..<first + Int(record.attributeCount)]
    where attribute.name == .type {
      let start = Int(attribute.start)
      let value = page.value(start..<start + Int(attribute.length))
      if Self.isNamed(value, Self.linkedData) { return .jsonLD }
      if Self.isNamed(value, Self.data) { return .json }
    }
    return nil
  }

  /// Does `name`, in lower case, stand in the value in any letter case?
  private static func isNamed(_ value: UnsafeBufferPointer<UInt8>, _ name: [UInt8]) -> Bool {
    guard value.count >= name.count else { return false }
    for start in 0...value.count - name.count
    where name.indices.allSatisfy({ lowered(value[start + $0]) == name[$0] }) {
      return true
    }
    return false
  }
}
