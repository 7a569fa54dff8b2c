// Features of where links lead: of a block's own first link, of the card it stands in, and of all
// cards beside that. Lists of other articles are told by them from parts of one.

/// For every block what its first link leads to, and the card around it.
struct LinkIndex {
  /// What a block's first link leads to.
  struct Target {
    var address = LinkAddress()
    /// Parts of its path, of which so many are the first parts of the page's own.
    var levels: UInt8 = 0
    var sharedLevels: UInt8 = 0
    /// Hyphens and underscores in the last part, and digits in all.
    var joints: UInt8 = 0
    var digits: UInt8 = 0
    /// How many blocks have links to it.
    var copies: Int32 = 0
    fileprivate var hash: UInt64 = 0

    /// To a page of some site.
    var isPage: Bool { address.kind == .own || address.kind == .other }
  }

  /// The innermost element around blocks that has two others like it beside it.
  struct Card {
    var node: Int32
    /// Different pages that blocks in it link to, and blocks that link to the first of these.
    var targets: Int32 = 0
    var linksToFirst: Int32 = 0
    var ellipses: Int32 = 0
    var plainWords: Int32 = 0
  }

  let targets: [Target]
  private(set) var cards: [Card] = []
  /// For each block the place of its card, -1 if it stands in none, and how far up that is.
  private(set) var cardOf: [Int32] = []
  private(set) var levelsToCard: [Int32] = []
  /// For each block the last one before it that is nothing but a link of some words to a page of
  /// the site, or -1.
  private(set) var headlines: [Int32] = []
  /// Running sums: blocks with a link to a page, and blocks that end with an ellipsis.
  let linked: [Int32]
  let ellipses: [Int32]

  /// An element with at least two like it beside it is a card.
  static let cardSiblings: Int32 = 3
  private static let headlineWords = 3

  init(_ outline: PageOutline, _ repeats: Repeats, url: String?, _ needs: FeatureNeeds) {
    let blocks = outline.list.blocks
    let targets = Self.targets(outline, url: url, needs)
    self.targets = targets
    linked = Self.sums(blocks.indices) { targets[$0].isPage }
    ellipses = Self.sums(blocks.indices) { blocks[$0].counts.flags.contains(.endsWithEllipsis) }
    headlines.reserveCapacity(blocks.count)
    var headline: Int32 = -1
    for (index, block) in blocks.enumerated() {
      headlines.append(headline)
      if targets[index].address.kind == .own, block.linkWords == block.counts.words,
        block.linkWords >= Self.headlineWords
      {
        headline = Int32(index)
      }
    }
    findCards(outline, repeats, needs)
  }

  private mutating func findCards(
    _ outline: PageOutline, _ repeats: Repeats, _ needs: FeatureNeeds
  ) {
    let nodes = outline.tree.nodes
    cardOf.reserveCapacity(outline.blocks.count)
    levelsToCard.reserveCapacity(outline.blocks.count)
    var known: [Int32: Int32] = [:]
    for block in outline.blocks {
      var node = block.parent
      var level: Int32 = 0
      while node >= 0, repeats.siblings[Int(node)] < Self.cardSiblings {
        node = nodes[Int(node)].parent
        level += 1
      }
      levelsToCard.append(level)
      guard node >= 0 else {
        cardOf.append(-1)
        continue
      }
      // Blocks of one card mostly follow each other.
      if let last = cards.indices.last, cards[last].node == node {
        cardOf.append(Int32(last))
      } else if let place = known[node] {
        cardOf.append(place)
      } else {
        let place = Int32(cards.count)
        known[node] = place
        cardOf.append(place)
        cards.append(card(at: node, outline, needs))
      }
    }
  }

  /// Of cards with more blocks than this the first ones are looked at.
  private static let blocksOfCard = 12

  private func card(at node: Int32, _ outline: PageOutline, _ needs: FeatureNeeds) -> Card {
    var card = Card(node: node)
    let below = outline.blocks(below: Int(node))
    card.ellipses = outline.sum(ellipses, below)
    card.plainWords = outline.sum(outline.words, below) - outline.sum(outline.linkWords, below)
    guard needs.linkCopies else { return card }
    let first = below.prefix(Self.blocksOfCard)
    for index in first where targets[index].isPage {
      let hash = targets[index].hash
      if !(first.lowerBound..<index).contains(where: { targets[$0].hash == hash }) {
        card.targets += 1
        if card.targets == 1 {
          card.linksToFirst = first.reduce(0) { $0 + (targets[$1].hash == hash ? 1 : 0) }
        }
      }
    }
    return card
  }

  private static func sums(_ blocks: Range<Int>, _ counts: (Int) -> Bool) -> [Int32] {
    var sum: Int32 = 0
    var sums: [Int32] = [0]
    sums.reserveCapacity(blocks.count + 1)
    for index in blocks {
      if counts(index) { sum += 1 }
      sums.append(sum)
    }
    return sums
  }

  private static func targets(
    _ outline: PageOutline, url: String?, _ needs: FeatureNeeds
  ) -> [Target] {
    let tree = outline.tree
    let address = Array((url ?? "").utf8)
    var counts = HashCounts(most: outline.blocks.count)
    var places: [Int] = []
    places.reserveCapacity(outline.blocks.count)
    var targets = LinkAddress.host(of: url).withUnsafeBufferPointer { host in
      address.withUnsafeBufferPointer { address in
        let own = Path(address, LinkAddress(address, pageHost: host).path)
        return tree.values.withUnsafeBufferPointer { values in
          outline.list.blocks.map { block -> Target in
            guard block.firstLink >= 0, let href = tree.range(.href, of: Int(block.firstLink))
            else {
              places.append(-1)
              return Target()
            }
            let target = target(
              UnsafeBufferPointer(rebasing: values[href]), host, page: own, needs)
            places.append(
              needs.linkCopies && target.isPage ? counts.add(target.hash).place : -1)
            return target
          }
        }
      }
    }
    for (index, place) in places.enumerated() where place >= 0 {
      targets[index].copies = counts.counts[place]
    }
    return targets
  }

  /// A path as the bytes of its parts.
  private struct Path {
    let bytes: UnsafeBufferPointer<UInt8>
    var parts: [Range<Int>] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
      self.bytes = bytes
      LinkAddress.forEachPart(of: range, bytes) { parts.append($0) }
    }
  }

  private static func target(
    _ bytes: UnsafeBufferPointer<UInt8>, _ host: UnsafeBufferPointer<UInt8>, page: Path,
    _ needs: FeatureNeeds
  ) -> Target {
    let address = LinkAddress(bytes, pageHost: host)
    var target = Target(address: address)
    guard target.isPage else { return target }
    if needs.linkCopies {
      target.hash = ByteHash.mixed(
        ByteHash.hash(UnsafeBufferPointer(rebasing: bytes[address.path])),
        ByteHash.hash(UnsafeBufferPointer(rebasing: bytes[address.query])))
    }
    var digits = 0
    for at in address.path where bytes[at] &- 0x30 < 10 { digits += 1 }
    target.digits = UInt8(clamping: digits)
    guard needs.linkPaths else { return target }
    var isShared = address.kind == .own
    var levels = 0
    var last = 0..<0
    LinkAddress.forEachPart(of: address.path, bytes) { part in
      if isShared, levels < page.parts.count,
        page.bytes[page.parts[levels]].elementsEqual(bytes[part])
      {
        target.sharedLevels = UInt8(clamping: levels + 1)
      } else {
        isShared = false
      }
      levels += 1
      last = part
    }
    target.levels = UInt8(clamping: levels)
    var joints = 0
    for at in last where bytes[at] == UInt8(ascii: "-") || bytes[at] == UInt8(ascii: "_") {
      joints += 1
    }
    target.joints = UInt8(clamping: joints)
    return target
  }
}

extension FeatureExtractor {
  static let linkNames: [String] = [
    "target kind", "target levels", "target levels shared", "target joints", "target digits",
    "target has query", "target copies", "heading target kind", "blocks since headline",
    "words since headline", "card targets", "card links to first", "card ellipses",
    "card plain words", "row good share", "row good before", "row good after", "row links/card",
    "row ellipses/card", "row words/card",
  ]

  func putLinks(_ index: Int, into row: inout FeatureRow) {
    let target = links.targets[index]
    row.put(Int(target.address.kind.rawValue))
    row.put(Int(target.levels))
    row.put(Int(target.sharedLevels))
    row.put(Int(target.joints))
    row.put(Int(target.digits))
    row.put(!target.address.query.isEmpty)
    row.put(Int(target.copies))
    let above = Int(headings.above[index])
    row.put(above >= 0 ? Int(links.targets[above].address.kind.rawValue) : -1)
    let headline = Int(links.headlines[index])
    row.put(headline >= 0 ? index - headline : -1)
    row.put(headline >= 0 ? Float(outline.words[index] - outline.words[headline + 1]) : -1)
    guard links.cardOf[index] >= 0 else {
      for _ in 0..<10 { row.put(Float(-1)) }
      return
    }
    let card = links.cards[Int(links.cardOf[index])]
    row.put(Int(card.targets))
    row.put(Int(card.linksToFirst))
    row.put(Int(card.ellipses))
    row.put(Int(card.plainWords))
    let parent = outline.tree.nodes[Int(card.node)].parent
    let around = parent >= 0 ? outline.blocks(below: Int(parent)) : outline.blocks.indices
    let total = max(1, Float(outline.goodWords.last ?? 0))
    let perCard = 1 / Float(repeats.siblings[Int(card.node)])
    row.put(Float(outline.sum(outline.goodWords, around)) / total)
    row.put(Float(outline.goodWords[around.lowerBound]) / total)
    row.put(Float(outline.sum(outline.goodWords, around.upperBound..<outline.blocks.count)) / total)
    row.put(Float(outline.sum(links.linked, around)) * perCard)
    row.put(Float(outline.sum(links.ellipses, around)) * perCard)
    row.put(Float(outline.sum(outline.words, around)) * perCard)
  }
}
