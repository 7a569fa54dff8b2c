// Selectors against a page's tree, right to left, on bytes.

/// Views of one tree's arrays; valid only inside of `PageTree.withMatcher`.
struct SelectorMatcher {
  private let nodes: UnsafeBufferPointer<PageTree.Node>
  private let attributes: UnsafeBufferPointer<Attribute>
  private let values: UnsafeBufferPointer<UInt8>
  private let siblings: SiblingIndex?

  init(
    nodes: UnsafeBufferPointer<PageTree.Node>, attributes: UnsafeBufferPointer<Attribute>,
    values: UnsafeBufferPointer<UInt8>, siblings: SiblingIndex?
  ) {
    self.nodes = nodes
    self.attributes = attributes
    self.values = values
    self.siblings = siblings
  }

  /// Does one of the selectors match the element?
  func matches(_ list: SelectorList, _ node: Int) -> Bool {
    list.selectors.contains { matches($0, node) }
  }

  /// For each list the elements that it matches, without those inside of another match:
  /// `first..<end`. One walk over the page.
  func outermostMatches(of lists: [SelectorList?]) -> [[Range<Int>]] {
    let sought = SelectorIndex(lists)
    var found = [[Range<Int>]](repeating: [], count: lists.count)
    guard !sought.entries.isEmpty else { return found }
    for node in nodes.indices where nodes[node].tag != .text {
      sought.candidates(
        of: nodes[node], attributes: attributes, values: UnsafeRawBufferPointer(values)
      ) { place in
        let entry = sought.entries[place]
        if let last = found[entry.list].last, node < last.upperBound { return }
        if matches(entry.selector, node) {
          found[entry.list].append(node..<Int(nodes[node].end))
        }
      }
    }
    return found
  }

  // MARK: Combinators

  /// How far a failure reaches: whether other siblings or ancestors need a try, which keeps
  /// descendant combinators linear in the depth.
  private enum Outcome { case matches, failsHere, failsAllSiblings, failsCompletely }

  private func matches(_ selector: ComplexSelector, _ node: Int) -> Bool {
    selector.compounds.withUnsafeBufferPointer { compounds in
      selector.combinators.withUnsafeBufferPointer { combinators in
        guard let first = compounds.baseAddress else { return false }
        let view = View(compounds: first, combinators: combinators)
        return match(view, 0, node) == .matches
      }
    }
  }

  /// A selector by pointers, as copies of its parts would count references at each element.
  private struct View {
    let compounds: UnsafePointer<CompoundSelector>
    let combinators: UnsafeBufferPointer<ComplexSelector.Combinator>
  }

  private func match(_ selector: View, _ at: Int, _ node: Int) -> Outcome {
    guard matches(selector.compounds + at, node) else { return .failsHere }
    guard at < selector.combinators.count else { return .matches }
    switch selector.combinators[at] {
    case .descendant:
      var ancestor = Int(nodes[node].parent)
      while ancestor >= 0 {
        let outcome = match(selector, at + 1, ancestor)
        if outcome == .matches || outcome == .failsCompletely { return outcome }
        ancestor = Int(nodes[ancestor].parent)
      }
      return .failsCompletely
    case .child:
      let parent = Int(nodes[node].parent)
      guard parent >= 0 else { return .failsCompletely }
      let outcome = match(selector, at + 1, parent)
      return outcome == .failsAllSiblings ? .failsHere : outcome
    case .adjacent:
      guard let previous = siblings?.previous(of: node) else { return .failsAllSiblings }
      return match(selector, at + 1, previous)
    case .sibling:
      var sibling = siblings?.previous(of: node)
      var steps = 0
      while let previous = sibling, steps < SelectorList.siblingReach {
        steps += 1
        let outcome = match(selector, at + 1, previous)
        if outcome != .failsHere { return outcome }
        sibling = siblings?.previous(of: previous)
      }
      return .failsAllSiblings
    }
  }

  // MARK: One element

  private func matches(_ compound: UnsafePointer<CompoundSelector>, _ node: Int) -> Bool {
    if let tag = compound.pointee.tag, nodes[node].tag != tag { return false }
    if compound.pointee.isTagAlone { return true }
    if let id = compound.pointee.id, !has(id, .id, node) { return false }
    if !compound.pointee.classes.isEmpty {
      guard let value = value(.class, node) else { return false }
      for name in compound.pointee.classes where !Self.includes(name, in: value) { return false }
    }
    for test in compound.pointee.attributes where !holds(test, node) { return false }
    for position in compound.pointee.positions where !holds(position, node) { return false }
    return compound.pointee.excluded.withUnsafeBufferPointer { excluded in
      guard let first = excluded.baseAddress else { return true }
      return !excluded.indices.contains { matches(first + $0, node) }
    }
  }

  private func value(_ name: AttributeName, _ node: Int) -> UnsafeRawBufferPointer? {
    let first = Int(nodes[node].start)
    for index in first..<first + Int(nodes[node].length) where attributes[index].name == name {
      let start = Int(attributes[index].start)
      return UnsafeRawBufferPointer(
        rebasing: UnsafeRawBufferPointer(values)[start..<start + Int(attributes[index].length)])
    }
    return nil
  }

  private func has(_ wanted: [UInt8], _ name: AttributeName, _ node: Int) -> Bool {
    guard let value = value(name, node) else { return false }
    return value.count == wanted.count && value.elementsEqual(wanted)
  }

  private func holds(_ test: AttributeTest, _ node: Int) -> Bool {
    guard let value = value(test.name, node) else { return false }
    let wanted = test.value
    switch test.relation {
    case .exists: return true
    case .equals: return value.elementsEqual(wanted)
    case .includes: return !wanted.isEmpty && Self.includes(wanted, in: value)
    case .dash:
      return value.starts(with: wanted)
        && (value.count == wanted.count || value[wanted.count] == UInt8(ascii: "-"))
    case .prefix: return !wanted.isEmpty && value.starts(with: wanted)
    case .suffix: return !wanted.isEmpty && value.suffix(wanted.count).elementsEqual(wanted)
    case .contains:
      guard !wanted.isEmpty, value.count >= wanted.count else { return false }
      return value.withMemoryRebound(to: UInt8.self) { $0.firstIndex(of: wanted, from: 0) != nil }
    }
  }

  /// Is `name` one of the words of a value?
  private static func includes(_ name: [UInt8], in value: UnsafeRawBufferPointer) -> Bool {
    var at = 0
    while at < value.count {
      while at < value.count, Prefilter.isSpace(value[at]) { at += 1 }
      let start = at
      while at < value.count, !Prefilter.isSpace(value[at]) { at += 1 }
      if at - start == name.count, value[start..<at].elementsEqual(name) { return true }
    }
    return false
  }

  private func holds(_ position: CompoundSelector.Position, _ node: Int) -> Bool {
    switch position {
    case .last:
      let parent = Int(nodes[node].parent)
      let last = parent < 0 ? nodes.count : Int(nodes[parent].end)
      var next = Int(nodes[node].end)
      while next < last, nodes[next].tag == .text { next += 1 }
      return next == last
    case .nth(let a, let b):
      guard let place = siblings?.place(of: node) else { return false }
      let rest = place - b
      return a == 0 ? rest == 0 : rest % a == 0 && rest / a >= 0
    }
  }
}

/// For each element the element before it and its place among its siblings, text not counted.
struct SiblingIndex {
  private var previous: [Int32]
  private var places: [Int32]

  /// Linear in the number of nodes.
  init(_ tree: PageTree) {
    let count = tree.nodes.count
    previous = [Int32](repeating: -1, count: count)
    places = [Int32](repeating: 0, count: count)
    // The last child so far by parent; roots have the first slot.
    var last = [Int32](repeating: -1, count: count + 1)
    for (index, node) in tree.nodes.enumerated() where node.tag != .text {
      let slot = Int(node.parent) + 1
      let before = last[slot]
      previous[index] = before
      places[index] = before < 0 ? 1 : places[Int(before)] + 1
      last[slot] = Int32(index)
    }
  }

  func previous(of node: Int) -> Int? { previous[node] < 0 ? nil : Int(previous[node]) }
  func place(of node: Int) -> Int { Int(places[node]) }
}

extension PageTree {
  /// - Parameter needsSiblings: Whether selectors will ask for siblings.
  func withMatcher<Result>(
    needsSiblings: Bool, _ body: (SelectorMatcher) -> Result
  ) -> Result {
    let siblings = needsSiblings ? SiblingIndex(self) : nil
    return nodes.withUnsafeBufferPointer { nodes in
      attributes.withUnsafeBufferPointer { attributes in
        values.withUnsafeBufferPointer { values in
          body(
            SelectorMatcher(
              nodes: nodes, attributes: attributes, values: values, siblings: siblings))
        }
      }
    }
  }
}
