// Finds all of the lexicon's patterns in a name in one pass.

/// An automaton over the lexicon's patterns (Aho and Corasick, CACM 1975), as one flat table.
struct LexiconMatcher: Sendable {
  // Letters are 0 to 25, the edge of a word is 26.
  private static let symbols = 27
  private static let edge = 26

  // The next state for each state and symbol, and what is found on reaching a state.
  private var next: [UInt16]
  private var found: [UInt64]

  /// Built once; the lexicon is fixed.
  static let shared = LexiconMatcher()

  private init() {
    var children: [[Int]] = [[Int](repeating: -1, count: Self.symbols)]
    var found: [UInt64] = [0]
    for category in LexiconCategory.allCases {
      for pattern in category.patterns {
        var state = 0
        for byte in pattern.utf8 {
          let symbol = byte >= 0x61 && byte <= 0x7A ? Int(byte) - 0x61 : Self.edge
          if children[state][symbol] < 0 {
            children[state][symbol] = children.count
            children.append([Int](repeating: -1, count: Self.symbols))
            found.append(0)
          }
          state = children[state][symbol]
        }
        found[state] |= 1 << UInt64(category.rawValue)
      }
    }
    // Breadth first, so that a state's fallback is complete before it is used.
    var fallback = [Int](repeating: 0, count: children.count)
    var queue: [Int] = []
    for symbol in 0..<Self.symbols {
      if children[0][symbol] < 0 {
        children[0][symbol] = 0
      } else {
        queue.append(children[0][symbol])
      }
    }
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      found[state] |= found[fallback[state]]
      for symbol in 0..<Self.symbols {
        let child = children[state][symbol]
        if child < 0 {
          children[state][symbol] = children[fallback[state]][symbol]
        } else {
          fallback[child] = children[fallback[state]][symbol]
          queue.append(child)
        }
      }
    }
    next = children.flatMap { $0.map { UInt16($0) } }
    self.found = found
  }

  /// The categories whose patterns stand in `name`.
  func mask(of name: ArraySlice<UInt8>) -> LexiconMask {
    var mask: UInt64 = 0
    next.withUnsafeBufferPointer { next in
      found.withUnsafeBufferPointer { found in
        var state = Int(next[Self.edge])
        var wasLower = false
        var wasEdge = true
        for byte in name {
          let lowered = byte | 0x20
          guard lowered >= 0x61 && lowered <= 0x7A else {
            if !wasEdge {
              state = Int(next[state * Self.symbols + Self.edge])
              mask |= found[state]
            }
            wasEdge = true
            wasLower = false
            continue
          }
          let isUpper = byte & 0x20 == 0
          if isUpper && wasLower {
            state = Int(next[state * Self.symbols + Self.edge])
            mask |= found[state]
          }
          wasLower = !isUpper
          wasEdge = false
          state = Int(next[state * Self.symbols + Int(lowered) - 0x61])
          mask |= found[state]
        }
        if !wasEdge {
          state = Int(next[state * Self.symbols + Self.edge])
          mask |= found[state]
        }
      }
    }
    return LexiconMask(rawValue: mask)
  }
}

/// Remembers the masks of names within one page, where most names stand many times.
struct LexiconCache {
  private var keys: [UInt64]
  private var masks: [LexiconMask]
  private let matcher = LexiconMatcher.shared

  init() {
    keys = [UInt64](repeating: 0, count: 1024)
    masks = [LexiconMask](repeating: [], count: 1024)
  }

  /// As the matcher's; a name is known again by 64 bits of hash (FNV-1a).
  mutating func mask(of name: ArraySlice<UInt8>) -> LexiconMask {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in name { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash |= 1
    let slot = Int(hash >> 10 & 1023)
    if keys[slot] == hash { return masks[slot] }
    let mask = matcher.mask(of: name)
    keys[slot] = hash
    masks[slot] = mask
    return mask
  }
}
