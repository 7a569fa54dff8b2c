// Where an element stands, as a CSS selector: for people who look for it in the page or write a
// rule about it.

extension PageTree {
  /// Elements that a selector names, the innermost.
  private static let selectorLevels = 4
  /// Classes that it gives for each.
  private static let selectorClasses = 2

  /// A selector that matches an element, such as `main > div#story.text > p`; not only that element
  /// need match it. Empty without an element.
  func selector(of element: Int32) -> String {
    var parts: [String] = []
    var node = element
    while node >= 0, parts.count < Self.selectorLevels {
      parts.append(name(of: Int(node)))
      node = nodes[Int(node)].parent
    }
    return parts.reversed().joined(separator: " > ")
  }

  private func name(of node: Int) -> String {
    let tag = nodes[node].tag
    var name = tag == .unknown ? "*" : tag.name
    if let id = value(.id, of: node).flatMap(Self.identifier) { name += "#" + id }
    if let classes = value(.class, of: node) {
      for each in classes.split(whereSeparator: { $0 == 0x20 || 0x09...0x0D ~= $0 })
        .lazy.compactMap(Self.identifier).prefix(Self.selectorClasses)
      {
        name += "." + each
      }
    }
    return name
  }

  /// A name as CSS takes it without escapes; `nil` for others, most of them made by programs.
  private static func identifier(_ name: ArraySlice<UInt8>) -> String? {
    guard let first = name.first, name.count <= 40, isLetter(first),
      name.allSatisfy({ isLetter($0) || 0x30...0x39 ~= $0 || $0 == UInt8(ascii: "-") })
    else { return nil }
    return String(decoding: name, as: UTF8.self)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    0x41...0x5A ~= byte || 0x61...0x7A ~= byte || byte == UInt8(ascii: "_")
  }
}
