// The attributes that somebody reads; all others never reach the tree.

/// An attribute's name as a small number.
package enum AttributeName: UInt8, CaseIterable, Sendable {
  case `class`, id, role, itemprop, itemtype, itemscope, href, src, alt, hidden, style, rel, type
  case datetime, content, name, property, lang, dir, start, colspan, value
  case ariaHidden, ariaLabel, httpEquiv, dataSrc, itemid, title, rowspan

  /// The name as pages write it, in lower case.
  package var htmlName: String {
    switch self {
    case .ariaHidden: "aria-hidden"
    case .ariaLabel: "aria-label"
    case .httpEquiv: "http-equiv"
    case .dataSrc: "data-src"
    default: "\(self)"
    }
  }

  private static let byKey: [(key: TagKey, name: AttributeName)] = allCases.map { name in
    var key = TagKey()
    for (index, byte) in name.htmlName.utf8.enumerated() { key.add(byte, at: index) }
    return (key, name)
  }

  // By the name's length, so that a look-up compares two or three words.
  private static let byLength: [[(key: TagKey, name: AttributeName)]] = (0...16).map { length in
    byKey.filter { $0.name.htmlName.utf8.count == length }
  }

  static func named(_ key: TagKey, length: Int) -> AttributeName? {
    guard length <= 16 else { return nil }
    for candidate in byLength[length] where candidate.key == key { return candidate.name }
    return nil
  }
}
