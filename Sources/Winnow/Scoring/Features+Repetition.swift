// Features of repetition: cards, rows and menus look alike; so do texts that stand twice.

/// What is repeated on a page.
struct Repeats {
  /// For each node: how many of its siblings have its signature, itself included, and which of
  /// them it is.
  private(set) var siblings: [Int32]
  private(set) var order: [Int32]
  /// For each block: how often its text stands on the page, and how often before it.
  private(set) var copies: [Int32]
  private(set) var earlierCopies: [Int32]
  /// For each block: a hash of its text.
  let hashes: [UInt64]

  init(_ outline: PageOutline) {
    let tree = outline.tree
    let nodes = tree.nodes.count
    siblings = [Int32](repeating: 1, count: nodes)
    order = [Int32](repeating: 0, count: nodes)
    let elements = tree.nodes.indices.filter {
      tree.nodes[$0].tag != .text && !outline.blocks(below: $0).isEmpty
    }
    var counts = HashCounts(most: elements.count)
    var places: [Int] = []
    places.reserveCapacity(elements.count)
    for index in elements {
      let parent = UInt64(UInt32(bitPattern: tree.nodes[index].parent))
      let (place, before) = counts.add(parent << 32 | UInt64(outline.signatures[index]))
      order[index] = before
      places.append(place)
    }
    for (index, place) in zip(elements, places) { siblings[index] = counts.counts[place] }

    let hashes = outline.list.text.withUnsafeBufferPointer { text in
      outline.list.blocks.map { block in
        let start = Int(block.textStart)
        return ByteHash.hash(
          UnsafeBufferPointer(rebasing: text[start..<start + Int(block.textLength)]))
      }
    }
    self.hashes = hashes
    var seen = HashCounts(most: hashes.count)
    let found = hashes.map { seen.add($0) }
    earlierCopies = found.map(\.before)
    copies = found.map { seen.counts[$0.place] }
  }
}

extension FeatureExtractor {
  static let repetitionNames: [String] = [
    "copies", "earlier copies", "same signature on page", "card siblings", "card order",
    "card levels", "card blocks", "card words", "card link density", "card headings",
    "card images", "card fraction", "outer card siblings", "outer card words",
    "outer card link density", "outer card levels",
  ]

  func putRepetition(_ index: Int, into row: inout FeatureRow) {
    row.put(Int(repeats.copies[index]))
    row.put(Int(repeats.earlierCopies[index]))
    let parent = Int(outline.blocks[index].parent)
    row.put(parent >= 0 ? Int(outline.repetitions[parent]) : 1)
    let place = Int(links.cardOf[index])
    let first: (node: Int, level: Int)? =
      place >= 0 ? (Int(links.cards[place].node), Int(links.levelsToCard[index])) : nil
    if let first {
      let below = outline.blocks(below: first.node)
      row.put(Int(repeats.siblings[first.node]))
      row.put(Int(repeats.order[first.node]))
      row.put(first.level)
      row.put(below.count)
      row.put(Float(outline.sum(outline.words, below)))
      row.put(outline.linkDensity(below))
      row.put(Float(outline.sum(outline.headings, below)))
      row.put(Float(outline.sum(outline.images, below)))
      row.put(Float(index - below.lowerBound) / Float(max(1, below.count)))
    } else {
      for _ in 0..<9 { row.put(Float(-1)) }
    }
    let outer = first.flatMap {
      card(from: Int(outline.tree.nodes[$0.node].parent), level: $0.level + 1)
    }
    if let outer {
      let below = outline.blocks(below: outer.node)
      row.put(Int(repeats.siblings[outer.node]))
      row.put(Float(outline.sum(outline.words, below)))
      row.put(outline.linkDensity(below))
      row.put(outer.level)
    } else {
      for _ in 0..<4 { row.put(Float(-1)) }
    }
  }

  private func card(from start: Int, level: Int) -> (node: Int, level: Int)? {
    var node = start
    var level = level
    while node >= 0 {
      if repeats.siblings[node] >= LinkIndex.cardSiblings { return (node, level) }
      node = Int(outline.tree.nodes[node].parent)
      level += 1
    }
    return nil
  }
}
