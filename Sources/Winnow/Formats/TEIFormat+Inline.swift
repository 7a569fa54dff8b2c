// A block's text with its marks as TEI.

extension TEIFormat {
  mutating func writeInline(_ block: DocumentBlock) {
    let text = Array(block.text.utf8)
    write(InlineNode.tree(of: text, marks: block.marks), of: text)
  }

  private mutating func write(_ nodes: [InlineNode], of text: [UInt8]) {
    for node in nodes {
      switch node {
      case .text(let range): writeLines(text[range])
      case .mark(let kind, let children): write(kind, children, of: text)
      }
    }
  }

  private mutating func writeLines(_ text: ArraySlice<UInt8>) {
    let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      if index > 0 { xml.empty("lb") }
      xml.text(line)
    }
  }

  private mutating func write(
    _ kind: InlineMark.Kind, _ children: [InlineNode], of text: [UInt8]
  ) {
    switch kind {
    case .link(let target, _):
      guard let target = LinkTarget.safe(target).flatMap(TEIFormat.pointer) else {
        return write(children, of: text)
      }
      write(children, in: "ref", ("target", target), of: text)
    case .image(let source, let alternative, _):
      guard let source = LinkTarget.safeImage(source).flatMap(TEIFormat.pointer) else { return }
      xml.open("figure")
      xml.empty("graphic", [("url", source)])
      if !alternative.isEmpty {
        xml.open("figDesc")
        xml.text(alternative)
        xml.close("figDesc")
      }
      xml.close("figure")
    case .emphasis: write(children, in: "hi", ("rend", "italic"), of: text)
    case .strong: write(children, in: "hi", ("rend", "bold"), of: text)
    case .strikethrough: write(children, in: "hi", ("rend", "strikethrough"), of: text)
    case .lowered: write(children, in: "hi", ("rend", "subscript"), of: text)
    case .raised: write(children, in: "hi", ("rend", "superscript"), of: text)
    case .residue(let kind):
      xml.open("seg", [("type", "residue"), ("subtype", kind.rawValue)])
      write(children, of: text)
      xml.close("seg")
    case .code:
      // Holds text alone; `InlineNode` puts nothing into code.
      xml.open("code")
      for case .text(let range) in children { xml.text(text[range]) }
      xml.close("code")
    }
  }

  private mutating func write(
    _ children: [InlineNode], in name: String, _ attribute: (String, String), of text: [UInt8]
  ) {
    xml.open(name, [attribute])
    write(children, of: text)
    xml.close(name)
  }

  /// An address as RFC 3986 has it, with all escaped that may not stand in one; validators check.
  static func pointer(_ address: String) -> String? {
    let digits = Array("0123456789ABCDEF".utf8)
    let bytes = Array(address.utf8)
    var pointer: [UInt8] = []
    var hasFragment = false
    // A colon before the first slash ends a scheme, and may not stand where there is none.
    var hasScheme = false
    var isFirstSegment = true
    for (index, byte) in bytes.enumerated() {
      let isFree: Bool
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        isFree = true
      case UInt8(ascii: "%"):
        let next = bytes[(index + 1)...].prefix(2)
        isFree = next.count == 2 && next.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
      case UInt8(ascii: ":") where isFirstSegment && !hasScheme:
        hasScheme = index > 0 && bytes[..<index].allSatisfy(isOfScheme)
        isFree = hasScheme
      case UInt8(ascii: "#"):
        isFirstSegment = false
        isFree = !hasFragment
        hasFragment = true
      default:
        if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") { isFirstSegment = false }
        isFree = "-._~:/?@!$&'()*+,;=".utf8.contains(byte)
      }
      if isFree {
        pointer.append(byte)
      } else {
        pointer += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return pointer.isEmpty ? nil : String(decoding: pointer, as: UTF8.self)
  }

  private static func isOfScheme(_ byte: UInt8) -> Bool {
    0x61...0x7A ~= byte | 0x20 || 0x30...0x39 ~= byte || "+-.".utf8.contains(byte)
  }
}
