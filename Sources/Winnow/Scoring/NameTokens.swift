// The words by which pages name their parts: hashes of what stands in an element's class, id, role
// and item properties, of the words that a block begins and ends with, and of the parts of addresses
// that links lead to.
//
// The sequence model knows a few thousand of them, those that many sites use.

enum NameTokens {
  // Tokens of different makes must not be taken for each other.
  private static let tagSeed: UInt32 = 1
  private static let partSeed: UInt32 = 4
  private static let wordSeed: UInt32 = 5
  private static let phraseSeed: UInt32 = 6
  private static let kindSeed: UInt32 = 7
  private static let hostSeed: UInt32 = 8
  private static let pathSeed: UInt32 = 9
  private static let querySeed: UInt32 = 10

  /// Makes of names that differ in what they mean; the value is the seed of their tokens.
  enum Kind: UInt32 {
    case name = 2
    case role = 3

    /// The kind of an attribute's value, `nil` if it holds no names.
    init?(_ attribute: AttributeName) {
      switch attribute {
      case .class, .id: self = .name
      case .role, .itemprop, .itemtype: self = .role
      default: return nil
      }
    }
  }

  /// Names of one class or id beyond this one say nothing new.
  private static let namesRead = 12
  private static let firstWords = 6
  private static let lastWords = 3
  /// Where the last words are looked for.
  private static let lastBytes = 64

  /// Parts of a path, and keys of a query, of which each has a token.
  private static let firstParts = 4
  private static let firstKeys = 3
  /// Longer parts are headlines or numbers, which no two sites share.
  private static let longestPart = 24

  /// A target has no more tokens than this.
  static let mostOfTarget = 2 + firstParts + firstKeys

  /// A text has no more tokens than this.
  static let mostOfText = firstWords + lastWords + 1

  /// FNV-1a, and a mix of its bits.
  private struct Hash {
    private var value: UInt32

    init(_ seed: UInt32) { value = 0x811C_9DC5 ^ (seed &* 0x9E37_79B1) }

    @inline(__always)
    mutating func add(_ byte: UInt8) { value = (value ^ UInt32(byte)) &* 0x0100_0193 }

    var token: UInt32 {
      var mixed = value ^ value >> 15
      mixed = mixed &* 0x2C1B_3C6D
      return mixed ^ mixed >> 12
    }
  }

  /// By the tags' numbers, which may change; the tokens may not.
  static let ofTags: [UInt32] = Tag.allCases.map { tag in
    var hash = Hash(tagSeed)
    for byte in tag.name.utf8 { hash.add(byte) }
    return hash.token
  }

  /// The tokens of an element, by its tag and attributes.
  @inline(__always)
  static func forEach(of node: Int, _ tree: PageTree, _ body: (UInt32) -> Void) {
    let element = tree.nodes[node]
    body(ofTags[Int(element.tag.rawValue)])
    for attribute in tree.attributes[Int(element.start)..<Int(element.start + element.length)] {
      guard let kind = Kind(attribute.name) else { continue }
      let range = Int(attribute.start)..<Int(attribute.start + attribute.length)
      tree.values[range].withUnsafeBufferPointer { forEach(inName: $0, kind, body) }
    }
  }

  /// Each name whole, digits alike, and the words in it: `postBody-12` is `post` and `body` too.
  @inline(__always)
  static func forEach(
    inName value: UnsafeBufferPointer<UInt8>, _ kind: Kind, _ body: (UInt32) -> Void
  ) {
    let seed = kind.rawValue
    var name = Hash(seed)
    var part = Hash(partSeed)
    var nameLength = 0
    var partLength = 0
    var wasLower = false
    var names = 0
    for place in 0...value.count {
      let byte = place < value.count ? value[place] : 0x20
      let isUpper = byte >= 0x41 && byte <= 0x5A
      let isLower = byte >= 0x61 && byte <= 0x7A
      if isUpper && wasLower || !(isUpper || isLower) {
        if partLength > 1 { body(part.token) }
        part = Hash(partSeed)
        partLength = 0
      }
      if isUpper || isLower {
        part.add(byte | 0x20)
        partLength += 1
      }
      wasLower = isLower
      if byte == 0x20 || byte >= 0x09 && byte <= 0x0D {
        if nameLength > 0 {
          body(name.token)
          names += 1
          if names == namesRead { return }
        }
        name = Hash(seed)
        nameLength = 0
      } else {
        name.add(byte >= 0x30 && byte <= 0x39 ? 0x30 : byte | 0x20)
        nameLength += 1
      }
    }
  }

  /// The tokens of a text: its first words, its last three, and a short text whole; `mostOfText` at
  /// most.
  @inline(__always)
  static func forEach(in text: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Void) {
    var phrase = Hash(phraseSeed)
    var count = 0
    var place = 0
    while count < firstWords, let token = nextWord(in: text, at: &place) {
      body(token)
      count += 1
      for shift in stride(from: UInt32(0), to: 32, by: 8) {
        phrase.add(UInt8(truncatingIfNeeded: token >> shift))
      }
    }
    // The middle of a long text is not read.
    if text.count - place > lastBytes {
      place = text.count - lastBytes
      while place < text.count, isLetter(text[place]) { place += 1 }
    }
    // `lastWords` of them.
    var last: (UInt32?, UInt32?, UInt32?)
    while let token = nextWord(in: text, at: &place) { last = (last.1, last.2, token) }
    if let token = last.0 { body(token) }
    if let token = last.1 { body(token) }
    if let token = last.2 { body(token) }
    if count > 0 && last.2 == nil { body(phrase.token) }
  }

  @inline(__always)
  private static func nextWord(in text: UnsafeBufferPointer<UInt8>, at place: inout Int) -> UInt32?
  {
    while place < text.count, !isLetter(text[place]) { place += 1 }
    guard place < text.count else { return nil }
    var word = Hash(wordSeed)
    while place < text.count, isLetter(text[place]) {
      let byte = text[place]
      word.add(byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
      place += 1
    }
    return word.token
  }

  /// Letters of ASCII, and all of any other script.
  @inline(__always)
  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte >= 0x61 && byte <= 0x7A || byte >= 0x41 && byte <= 0x5A
  }

  /// The tokens of a link's target, whose bytes are given again: its kind, the host of another site, the first parts of the path,
  /// digits alike, and the first keys of the query; `mostOfTarget` at most.
  @inline(__always)
  static func forEach(
    of target: LinkAddress, in bytes: UnsafeBufferPointer<UInt8>, _ body: (UInt32) -> Void
  ) {
    var kind = Hash(kindSeed)
    kind.add(target.kind.rawValue)
    body(kind.token)
    if !target.host.isEmpty { body(token(bytes, target.host, hostSeed)) }
    var parts = 0
    LinkAddress.forEachPart(of: target.path, bytes) { part in
      if parts < firstParts, part.count <= longestPart { body(token(bytes, part, pathSeed)) }
      parts += 1
    }
    var keys = 0
    var at = target.query.lowerBound
    while keys < firstKeys, at < target.query.upperBound {
      let start = at
      while at < target.query.upperBound, bytes[at] != UInt8(ascii: "="),
        bytes[at] != UInt8(ascii: "&")
      { at += 1 }
      if start < at, at - start <= longestPart {
        body(token(bytes, start..<at, querySeed))
        keys += 1
      }
      while at < target.query.upperBound, bytes[at] != UInt8(ascii: "&") { at += 1 }
      at += 1
    }
  }

  @inline(__always)
  private static func token(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ seed: UInt32
  ) -> UInt32 {
    var hash = Hash(seed)
    for at in range {
      let byte = bytes[at]
      hash.add(
        byte >= 0x30 && byte <= 0x39 ? 0x30 : byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    return hash.token
  }
}
