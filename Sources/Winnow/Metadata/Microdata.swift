// Microdata in, the same shape as JSON-LD out, so that one reader serves both.
//
// An item is an element with `itemscope`; a property belongs to the innermost item around it.
// `meta` and `link` do not stand in the tree and are placed by the order of their attributes.
// Source: HTML Standard, 5.2 (microdata).

struct Microdata {
  /// Properties that are read; more only stand in lists.
  private static let propertyLimit = 2000
  /// Bytes of an element's text that become a property's value.
  private static let textLimit = 1000

  private struct Scope {
    var end: Int32
    var type: String?
    var property: String?
    var members: [JSONMember] = []
  }

  private let tree: PageTree
  private var open: [Scope] = []
  private var items: [JSONValue] = []
  /// Properties outside of any item.
  private var loose: [JSONMember] = []
  private var nextAbout = 0
  private var properties = 0

  /// The page's items, outermost first, and what stands outside of any item as one without type.
  ///
  /// - Complexity: Linear in the page's elements; nothing but a look at the attributes' names when
  ///   the page has no microdata.
  static func items(of tree: PageTree) -> (items: [JSONValue], loose: JSONValue?) {
    guard tree.attributes.contains(where: { $0.name == .itemprop }) else { return ([], nil) }
    var reader = Microdata(tree: tree)
    reader.walk()
    return (reader.items, reader.loose.isEmpty ? nil : JSONValue(.object(reader.loose)))
  }

  private init(tree: PageTree) { self.tree = tree }

  private mutating func walk() {
    for index in tree.nodes.indices {
      let node = tree.nodes[index]
      guard node.tag != .text, node.length > 0 else { continue }
      readAbout(before: Int(node.start))
      close(at: Int32(index))
      read(index, node)
      if properties >= Self.propertyLimit { break }
    }
    readAbout(before: .max)
    close(at: .max)
  }

  private mutating func close(at index: Int32) {
    while let scope = open.last, scope.end <= index {
      open.removeLast()
      var members = scope.members
      if let type = scope.type { members.append(JSONMember("@type", JSONValue(.string(type)))) }
      let item = JSONValue(.object(members))
      if let property = scope.property {
        add(property, item)
      } else {
        items.append(item)
      }
    }
  }

  private mutating func read(_ index: Int, _ node: PageTree.Node) {
    var property: ArraySlice<UInt8>?
    var isScope = false
    for each in Int(node.start)..<Int(node.start + node.length) {
      switch tree.attributes[each].name {
      case .itemprop: property = tree.value(.itemprop, of: index)
      case .itemscope: isScope = true
      default: break
      }
    }
    if isScope {
      open.append(
        Scope(
          end: node.end, type: tree.string(.itemtype, of: index),
          property: property.map { String(decoding: $0, as: UTF8.self) }))
    } else if let property {
      properties += 1
      guard let value = value(of: index, node) else { return }
      for name in property.split(separator: 0x20) {
        add(String(decoding: name, as: UTF8.self), JSONValue(.string(value)))
      }
    }
  }

  private func value(of index: Int, _ node: PageTree.Node) -> String? {
    for name in [AttributeName.content, .datetime] {
      if let value = tree.value(name, of: index), !value.isEmpty {
        return String(decoding: value, as: UTF8.self)
      }
    }
    switch node.tag {
    case .a where tree.text(below: index, limit: 1) == nil: return tree.string(.href, of: index)
    case .img: return tree.string(.src, of: index)
    default: return tree.text(below: index, limit: Self.textLimit)
    }
  }

  /// `meta` and `link` that stand before an element's attributes.
  private mutating func readAbout(before attribute: Int) {
    while nextAbout < tree.about.count, tree.about[nextAbout].attributes.lowerBound < attribute {
      let tag = tree.about[nextAbout]
      nextAbout += 1
      guard let property = tree.string(.itemprop, in: tag.attributes),
        let value = tree.string(.content, in: tag.attributes)
          ?? tree.string(.href, in: tag.attributes)
      else { continue }
      properties += 1
      add(property, JSONValue(.string(value)))
    }
  }

  private static let small = ["Person", "Organization", "ImageObject", "NewsMediaOrganization"]
  private static let ofSmall: Set<String> = [
    "name", "url", "logo", "image", "width", "height", "sameAs", "contentUrl", "telephone",
  ]

  /// Adds a property to the innermost item. Where its element has ended already is not known for
  /// `meta`, so a person or picture takes only what persons and pictures have.
  private mutating func add(_ name: String, _ value: JSONValue) {
    let owner = open.lastIndex { scope in
      Self.ofSmall.contains(name) || !Self.small.contains { scope.type?.hasSuffix($0) == true }
    }
    guard let owner else { return Self.add(name, value, to: &loose) }
    Self.add(name, value, to: &open[owner].members)
  }

  private static func add(_ name: String, _ value: JSONValue, to members: inout [JSONMember]) {
    guard let index = members.firstIndex(where: { $0.key == name }) else {
      return members.append(JSONMember(name, value))
    }
    if let array = members[index].value.array {
      if array.count < 100 { members[index].value = JSONValue(.array(array + [value])) }
    } else {
      members[index].value = JSONValue(.array([members[index].value, value]))
    }
  }
}
