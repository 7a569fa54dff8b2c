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

  // Open addressing over `TagKey.slot`; a length of zero marks a free slot.
  private static let slots: [(key: TagKey, length: Int, name: AttributeName)] = {
    var slots = [(key: TagKey, length: Int, name: AttributeName)](
      repeating: (TagKey(), 0, .class), count: 512)
    for name in allCases {
      var key = TagKey()
      for (index, byte) in name.htmlName.utf8.enumerated() { key.add(byte, at: index) }
      var slot = key.slot
      while slots[slot].length > 0 { slot = (slot + 1) & 511 }
      slots[slot] = (key, name.htmlName.utf8.count, name)
    }
    return slots
  }()

  /// The name of these bytes, `nil` if nobody reads it.
  static func named(_ key: TagKey, length: Int) -> AttributeName? {
    slots.withUnsafeBufferPointer { slots in
      var slot = key.slot
      while slots[slot].length > 0 {
        if slots[slot].key == key, slots[slot].length == length { return slots[slot].name }
        slot = (slot + 1) & 511
      }
      return nil
    }
  }
}
