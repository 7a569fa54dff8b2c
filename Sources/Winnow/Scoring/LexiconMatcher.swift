// Finds all of the lexicon's patterns in a name in one pass.

/// An automaton over the lexicon's patterns (Aho and Corasick, CACM 1975), as one flat table.
struct LexiconMatcher: Sendable {
  // Letters are 0 to 25, the edge of a word is 26.
  private static let symbols = 27
  private static let edge = 26

  // For each state and symbol, 32 a state, where the next state's own begin, the lowest bit set if
  // something is found on reaching it; and what is found, for each state.
  private let next: [UInt16]
  private let found: [UInt64]
  private static let stride = 32
  private static let isFound: UInt16 = 1

  // For each byte its letter, 32 more for a capital, or `none`.
  private let letters: [UInt8]
  private static let none: UInt8 = 0xFF

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
    next = children.flatMap { row in
      (0..<Self.stride).map { symbol in
        guard symbol < Self.symbols else { return 0 }
        return UInt16(row[symbol] * Self.stride) | (found[row[symbol]] != 0 ? Self.isFound : 0)
      }
    }
    self.found = found
    letters = (0...255).map { byte in
      switch UInt8(byte) {
      case 0x61...0x7A: UInt8(byte) - 0x61
      case 0x41...0x5A: UInt8(byte) - 0x41 + 32
      default: Self.none
      }
    }
  }

  /// The categories whose patterns stand in `name`.
  func mask(of name: UnsafeBufferPointer<UInt8>) -> LexiconMask {
    next.withUnsafeBufferPointer { next in
      found.withUnsafeBufferPointer { found in
        letters.withUnsafeBufferPointer { letters in
          Walk(next: next, found: found).mask(of: name, letters)
        }
      }
    }
  }

  /// The way of one name through the states.
  private struct Walk {
    let next: UnsafeBufferPointer<UInt16>
    let found: UnsafeBufferPointer<UInt64>
    // Where the state's symbols begin.
    private var state = 0
    private var mask: UInt64 = 0

    init(next: UnsafeBufferPointer<UInt16>, found: UnsafeBufferPointer<UInt64>) {
      self.next = next
      self.found = found
    }

    @inline(__always)
    private mutating func step(_ symbol: Int) {
      let reached = next[state + symbol]
      state = Int(reached & ~LexiconMatcher.isFound)
      if reached & LexiconMatcher.isFound != 0 { mask |= found[state / LexiconMatcher.stride] }
    }

    /// A word ends at what is no letter, and at a capital after a small letter.
    @inline(__always)
    consuming func mask(
      of name: UnsafeBufferPointer<UInt8>, _ letters: UnsafeBufferPointer<UInt8>
    ) -> LexiconMask {
      state = Int(next[LexiconMatcher.edge] & ~LexiconMatcher.isFound)
      var wasLower = false
      var wasEdge = true
      for byte in name {
        let letter = letters[Int(byte)]
        if letter == LexiconMatcher.none {
          if !wasEdge { step(LexiconMatcher.edge) }
          wasEdge = true
          wasLower = false
          continue
        }
        let isUpper = letter >= 32
        if isUpper && wasLower { step(LexiconMatcher.edge) }
        wasLower = !isUpper
        wasEdge = false
        step(Int(letter & 31))
      }
      if !wasEdge { step(LexiconMatcher.edge) }
      return LexiconMask(rawValue: mask)
    }
  }
}

/// Remembers what names say within one page, where most names stand many times.
struct LexiconCache {
  private struct Entry {
    var key: UInt64 = 0
    var mask: LexiconMask = []
    var signature: UInt32 = 0
  }
  private var entries = [Entry](repeating: Entry(), count: 1024)
  private let matcher = LexiconMatcher.shared

  /// As the matcher's; a name is known again by 64 bits of hash.
  mutating func mask(of name: UnsafeBufferPointer<UInt8>) -> LexiconMask {
    let hash = ByteHash.hash(name)
    let slot = Int(hash >> 20 & 1023)
    if entries[slot].key == hash { return entries[slot].mask }
    let mask = matcher.mask(of: name)
    entries[slot] = Entry(key: hash, mask: mask)
    return mask
  }

  /// The mask of a class, and `seed` mixed with its bytes, digits left out (FNV-1a).
  mutating func reading(
    ofClass name: UnsafeBufferPointer<UInt8>, seed: UInt32
  ) -> (mask: LexiconMask, signature: UInt32) {
    let hash = ByteHash.mixed(ByteHash.hash(name), UInt64(seed)) | 1
    let slot = Int(hash >> 20 & 1023)
    if entries[slot].key == hash { return (entries[slot].mask, entries[slot].signature) }
    var signature = seed
    for byte in name where byte < 0x30 || byte > 0x39 {
      signature = (signature ^ UInt32(byte)) &* 0x0100_0193
    }
    let mask = matcher.mask(of: name)
    entries[slot] = Entry(key: hash, mask: mask, signature: signature)
    return (mask, signature)
  }
}
