// A page's elements in, sums of what the sequence model's table holds for their names out: for each
// element around a block, over its own tokens and those of all elements around it.

import CScores

/// Sums from the root, so that those of any stretch of ancestors are a difference of two.
struct ElementNames {
  private static let lanes = SEQUENCE_TOKEN_LANES

  /// For each node its place among the elements around blocks, or -1.
  private let places: [Int32]
  /// For each place `lanes` numbers, and how many tokens they are the sum of.
  private let sums: [Int32]
  private let known: [Int32]

  /// - Complexity: O(nodes + bytes of the names).
  init(_ outline: PageOutline, _ model: SequenceModel) {
    let tree = outline.tree
    let (elements, places) = Self.elementsAroundBlocks(of: outline)
    self.places = places
    var known = [Int32](repeating: 0, count: elements.count)
    var cache = NameCache(model)
    sums = [Int32](unsafeUninitializedCapacity: elements.count * Self.lanes) { sums, initialized in
      initialized = sums.count
      guard let base = sums.baseAddress else { return }
      for (place, node) in elements.enumerated() {
        let own = base + place * Self.lanes
        let parent = Int(tree.nodes[Int(node)].parent)
        if parent >= 0 {
          let around = Int(places[parent])
          own.initialize(from: base + around * Self.lanes, count: Self.lanes)
          known[place] = known[around]
        } else {
          own.initialize(repeating: 0, count: Self.lanes)
        }
        known[place] += cache.add(Int(node), of: tree, to: own)
      }
    }
    self.known = known
  }

  /// Elements that hold blocks, each after those around it, and for each node its place among them.
  private static func elementsAroundBlocks(
    of outline: PageOutline
  ) -> (elements: [Int32], places: [Int32]) {
    let nodes = outline.tree.nodes
    var places = [Int32](repeating: -1, count: nodes.count)
    var elements: [Int32] = []
    var new: [Int32] = []
    for block in outline.blocks {
      var node = nodes[Int(block.firstNode)].parent
      while node >= 0, places[Int(node)] < 0 {
        new.append(node)
        node = nodes[Int(node)].parent
      }
      while let node = new.popLast() {
        places[Int(node)] = Int32(elements.count)
        elements.append(node)
      }
    }
    return (elements, places)
  }

  /// Puts the mean of the tokens of the elements from `inner` up to, and without, `outer`; leaves
  /// things as they are where there are none. Nodes below 0 are beyond the root.
  @inline(__always)
  func putMean(
    from inner: Int32, to outer: Int32, _ model: SequenceModel,
    into row: UnsafeMutablePointer<Float>
  ) {
    guard inner >= 0 else { return }
    let first = Int(places[Int(inner)])
    var number = known[first]
    let last = outer >= 0 ? Int(places[Int(outer)]) : -1
    if last >= 0 { number -= known[last] }
    guard number > 0 else { return }
    sums.withUnsafeBufferPointer { sums in
      guard let base = sums.baseAddress else { return }
      sequence_put_mean(
        base + first * Self.lanes, last >= 0 ? base + last * Self.lanes : nil,
        model.step / Float(number), model.depth, row)
    }
  }
}

/// Remembers the sums of attributes' values within one page, where most stand many times.
private struct NameCache {
  private static let lanes = SEQUENCE_TOKEN_LANES
  private static let slots = 512

  private let model: SequenceModel
  /// For each slot, 64 bits of hash that a value is known by, or 0; how many of its tokens the model
  /// knows; and the sum of their numbers.
  private var keys = [UInt64](repeating: 0, count: slots)
  private var known = [Int32](repeating: 0, count: slots)
  private var sums = [Int32](repeating: 0, count: slots * lanes)
  private var tokens: [UInt32] = []
  /// As those of attributes, for each tag.
  private let tags: SequenceModel.TagSums

  init(_ model: SequenceModel) {
    self.model = model
    tags = model.tags
  }

  /// Adds the numbers of an element's tokens.
  ///
  /// - Returns: How many of the tokens the model knows.
  mutating func add(_ node: Int, of tree: PageTree, to sum: UnsafeMutablePointer<Int32>) -> Int32 {
    let element = tree.nodes[node]
    let tag = Int(element.tag.rawValue)
    var count = tags.known[tag]
    for lane in 0..<Self.lanes { sum[lane] &+= tags.sums[tag * Self.lanes + lane] }
    for place in Int(element.start)..<Int(element.start + element.length) {
      let attribute = tree.attributes[place]
      guard let kind = NameTokens.Kind(attribute.name) else { continue }
      let range = Int(attribute.start)..<Int(attribute.start + attribute.length)
      count += tree.values.withUnsafeBufferPointer {
        add(UnsafeBufferPointer(rebasing: $0[range]), kind, to: sum)
      }
    }
    return count
  }

  @inline(__always)
  private mutating func add(
    _ value: UnsafeBufferPointer<UInt8>, _ kind: NameTokens.Kind,
    to sum: UnsafeMutablePointer<Int32>
  ) -> Int32 {
    let key = ByteHash.mixed(ByteHash.hash(value), UInt64(kind.rawValue)) | 1
    let slot = Int(key >> 20) & (Self.slots - 1)
    return sums.withUnsafeMutableBufferPointer { sums in
      let own = UnsafeMutableBufferPointer(
        rebasing: sums[slot * Self.lanes..<(slot + 1) * Self.lanes])
      guard let base = own.baseAddress else { return 0 }
      if keys[slot] != key {
        keys[slot] = key
        own.update(repeating: 0)
        tokens.removeAll(keepingCapacity: true)
        NameTokens.forEach(inName: value, kind) { tokens.append($0) }
        known[slot] = tokens.withUnsafeBufferPointer {
          model.names.add($0.indices, of: $0, to: base)
        }
      }
      for lane in 0..<Self.lanes { sum[lane] &+= base[lane] }
      return known[slot]
    }
  }
}
