// Elements whose content is raw text up to their own end tag: skipped, kept aside or shown.

extension Prefilter {
  private typealias Body = (end: Int, next: Int)

  /// Skips the body and the end tag of a raw element; `position` stands after its start tag.
  mutating func skipRaw(_ tag: Tag) {
    position = rawBody(of: tag).next
  }

  mutating func rawText(_ tag: Tag, _ record: StartTag) {
    let start = position
    let body = rawBody(of: tag)
    position = body.next
    switch tag {
    case .title:
      guard page.title == nil else { return }
      let from = page.values.count
      appendValue(start..<body.end, inAttribute: false)
      page.title = from..<page.values.count
    case .script:
      if let kind = dataKind(of: record) {
        page.scripts.append(DataScript(kind: kind, body: start..<body.end))
      }
    case .xmp, .plaintext:
      emit(.pre)
      appendEscaped(start..<body.end)
      page.bytes.append(Array("</pre>".utf8))
    default: break
    }
  }

  /// The end of a raw element's body, and where the page goes on after its end tag.
  private mutating func rawBody(of tag: Tag) -> Body {
    let start = position
    let body: Body? =
      switch tag {
      case .plaintext: (end, end)
      case .script: scriptBody(from: start)
      default: plainBody(of: Array(tag.name.utf8), from: start)
      }
    if let body { return body }
    page.hasSwallowedTail = true
    if tag == .title {
      // A title that never ends would take the page with it: let it end at the next tag.
      let less = find(0x3C, from: start) ?? end
      return (less, less)
    }
    return (end, end)
  }

  private func plainBody(of name: [UInt8], from start: Int) -> Body? {
    var at = start
    while let less = find(0x3C, from: at) {
      if let next = endTag(of: name, at: less) { return (less, next) }
      at = less + 1
    }
    return nil
  }

  private static let script = Array("script".utf8)

  /// As `plainBody`, and with the standard's escaped states: inside of `<!--` a `<script` takes
  /// the next `</script` for itself.
  private func scriptBody(from start: Int) -> Body? {
    var at = start
    var escapedFrom: Int?
    var isDoubleEscaped = false
    while let less = find(0x3C, from: at) {
      at = less + 1
      if let from = escapedFrom, let closed = commentEnd(in: from..<less) {
        escapedFrom = nil
        isDoubleEscaped = false
        at = max(closed, less)
        if closed > less { continue }
        at = less + 1
      }
      if let next = endTag(of: Self.script, at: less) {
        if !isDoubleEscaped { return (less, next) }
        isDoubleEscaped = false
      } else if escapedFrom == nil, less + 3 < end, base[less + 1] == 0x21,
        base[less + 2] == 0x2D, base[less + 3] == 0x2D
      {
        escapedFrom = less + 2
      } else if escapedFrom != nil, !isDoubleEscaped, isName(Self.script, at: less + 1) {
        isDoubleEscaped = true
      }
    }
    return nil
  }

  /// Just after the first `-->` of a range.
  private func commentEnd(in range: Range<Int>) -> Int? {
    var at = range.lowerBound
    while let greater = find(0x3E, from: at), greater < range.upperBound {
      if greater - 2 >= range.lowerBound, base[greater - 1] == 0x2D, base[greater - 2] == 0x2D {
        return greater + 1
      }
      at = greater + 1
    }
    return nil
  }

  /// After the end tag of `name` if one starts at `less`, else `nil`.
  private func endTag(of name: [UInt8], at less: Int) -> Int? {
    guard less + 1 < end, base[less + 1] == 0x2F, isName(name, at: less + 2) else { return nil }
    return find(0x3E, from: less + 2 + name.count).map { $0 + 1 }
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

  /// Does the script hold data that may be needed, and of which kind?
  private func dataKind(of record: StartTag) -> DataScript.Kind? {
    let first = Int(record.firstAttribute)
    for attribute in page.attributes[first..<first + Int(record.attributeCount)]
    where attribute.name == .type {
      let start = Int(attribute.start)
      let value = String(
        decoding: page.values[start..<start + Int(attribute.length)], as: UTF8.self)
      if value.lowercased().contains("ld+json") { return .jsonLD }
      if value.lowercased().contains("application/json") { return .json }
    }
    return nil
  }
}
