// Which selectors an element may match, so that one walk over a page serves all rules: most
// elements are ruled out by their tag, id and classes without a look at any selector.

/// The selectors of many lists by the most telling part of what they match.
struct SelectorIndex {
  /// A selector of a list.
  struct Entry {
    let list: Int
    let selector: ComplexSelector
  }

  private struct Name {
    let bytes: [UInt8]
    let entry: Int
  }

  private(set) var entries: [Entry] = []
  private var ids: [Name] = []
  private var classes: [Name] = []
  // A bit for each hash of a class or id that is sought.
  private var idHashes: UInt64 = 0
  private var classHashes: UInt64 = 0
  private var attributes: [(name: AttributeName, entry: Int)] = []
  private var attributeNames: UInt64 = 0
  private var byTag = [[Int]](repeating: [], count: 256)
  private var isTagSought = [Bool](repeating: false, count: 256)

  init(_ lists: [SelectorList?]) {
    for (index, list) in lists.enumerated() {
      for selector in list?.selectors ?? [] { add(Entry(list: index, selector: selector)) }
    }
  }

  private mutating func add(_ entry: Entry) {
    let place = entries.count
    entries.append(entry)
    let compound = entry.selector.compounds[0]
    if let id = compound.id {
      ids.append(Name(bytes: id, entry: place))
      id.withUnsafeBytes { idHashes |= Self.hash($0) }
    } else if let name = compound.classes.first {
      classes.append(Name(bytes: name, entry: place))
      name.withUnsafeBytes { classHashes |= Self.hash($0) }
    } else if let test = compound.attributes.first {
      attributes.append((test.name, place))
      attributeNames |= 1 << UInt64(test.name.rawValue)
    } else if let tag = compound.tag {
      byTag[Int(tag.rawValue)].append(place)
      isTagSought[Int(tag.rawValue)] = true
    } else {
      for tag in Tag.allCases where tag != .text {
        byTag[Int(tag.rawValue)].append(place)
        isTagSought[Int(tag.rawValue)] = true
      }
    }
  }

  /// One of 64 bits; the length and two bytes tell most names apart.
  @inline(__always)
  private static func hash(_ name: UnsafeRawBufferPointer) -> UInt64 {
    guard let first = name.first, let last = name.last else { return 1 }
    return 1 << UInt64((name.count &* 37 &+ Int(first) &* 11 &+ Int(last)) & 63)
  }

  private var looksAtAttributes: Bool { idHashes | classHashes | attributeNames != 0 }

  /// Calls `body` with each entry that the element may match, which may be twice.
  @inline(__always)
  func candidates(
    of node: PageTree.Node, attributes all: UnsafeBufferPointer<Attribute>,
    values: UnsafeRawBufferPointer, _ body: (Int) -> Void
  ) {
    if isTagSought[Int(node.tag.rawValue)] { byTag[Int(node.tag.rawValue)].forEach(body) }
    guard looksAtAttributes, node.tag != .text, node.length > 0 else { return }
    for index in Int(node.start)..<Int(node.start + node.length) {
      let attribute = all[index]
      let start = Int(attribute.start)
      let value = UnsafeRawBufferPointer(
        rebasing: values[start..<start + Int(attribute.length)])
      switch attribute.name {
      case .class where classHashes != 0: classCandidates(value, body)
      case .id where idHashes & Self.hash(value) != 0:
        for name in ids where value.elementsEqual(name.bytes) { body(name.entry) }
      default: break
      }
      if attributeNames >> UInt64(attribute.name.rawValue) & 1 == 1 {
        for sought in attributes where sought.name == attribute.name { body(sought.entry) }
      }
    }
  }

  @inline(__always)
  private func classCandidates(_ value: UnsafeRawBufferPointer, _ body: (Int) -> Void) {
    var at = 0
    while at < value.count {
      while at < value.count, Prefilter.isSpace(value[at]) { at += 1 }
      let start = at
      // Every white space of HTML is at most 0x20, as is nothing that names are made of.
      while at < value.count, value[at] > 0x20 { at += 1 }
      while at < value.count, !Prefilter.isSpace(value[at]) { at += 1 }
      guard at > start else { continue }
      let name = UnsafeRawBufferPointer(rebasing: value[start..<at])
      guard classHashes & Self.hash(name) != 0 else { continue }
      for sought in classes
      where sought.bytes.count == name.count && name.elementsEqual(sought.bytes) {
        body(sought.entry)
      }
    }
  }
}
