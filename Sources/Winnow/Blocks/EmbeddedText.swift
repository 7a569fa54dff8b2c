// Text that stands only in a page's data scripts: the tree in, paragraphs out.
//
// For pages whose visible tree has too little, as app shells and product pages filled by scripts.
// `EmbeddedText+Schema.swift` reads JSON-LD, `EmbeddedText+State.swift` an app's state.

/// A paragraph of a page's data.
package struct EmbeddedBlock: Sendable, Equatable {
  package enum Kind: Sendable, Equatable { case heading, paragraph, listItem }
  package var kind: Kind
  /// Plain text, white space collapsed; never empty.
  package var text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}

/// Finds text in data scripts.
package enum EmbeddedText {
  /// Visible words outside of links from which on a page is fine as it is, whatever its data hold.
  ///
  /// Measured on the corpus wcxb: pages with more are lists and shops, whose data hold other
  /// pages' texts, or they show the text already.
  package static let enoughVisibleWords = 100
  /// Embedded words must be this many times the visible ones: a page with a little prose of its
  /// own is completed only by a lot.
  package static let share = 2
  /// Embedded words below which nothing is gained.
  package static let leastEmbeddedWords = 20
  /// Bytes of script that are read; the largest useful one of the corpus was of 2 MB.
  static let scriptLimit = 4 << 20
  /// Bytes of text that are taken.
  static let textLimit = 1 << 20

  /// What a page's data add to its visible blocks: nothing when these suffice, and nothing that
  /// stands among them already.
  ///
  /// - Complexity: O(blocks) for a page that is fine; else linear in its data scripts.
  package static func additions(to list: BlockList, of tree: PageTree) -> [EmbeddedBlock] {
    guard !tree.scripts.isEmpty else { return [] }
    let visible = plainWords(of: list)
    guard visible < enoughVisibleWords else { return [] }
    let found = unseen(find(in: tree), in: list)
    let embedded = found.reduce(0) { $0 + words($1.text) }
    guard embedded >= leastEmbeddedWords, embedded >= visible * share else { return [] }
    return found
  }

  /// All text of the page's data scripts: of JSON-LD if it has any, else prose of its state.
  package static func find(in tree: PageTree) -> [EmbeddedBlock] {
    var collector = EmbeddedCollector()
    for value in values(of: tree, .jsonLD) { collector.addSchema(value) }
    if collector.words < leastEmbeddedWords {
      for value in values(of: tree, .json) { collector.addState(value) }
    }
    return collector.blocks
  }

  /// Words outside of links, those of hidden blocks too: pages hide what scripts show later.
  package static func plainWords(of list: BlockList) -> Int {
    list.blocks.reduce(0) { total, block in
      total + max(0, Int(block.counts.words) - Int(block.linkWords))
    }
  }

  static func words(_ text: String) -> Int {
    var text = text
    return text.withUTF8 { bytes in
      var counter = TextCounter()
      counter.add(bytes)
      return Int(counter.finish().words)
    }
  }

  /// The values of data scripts that can be read.
  ///
  /// - Parameter probes: If given, only scripts in which `least` of these stand are read.
  static func values(
    of tree: PageTree, _ kind: DataScript.Kind, holding probes: [[UInt8]]? = nil, least: Int = 1
  ) -> [JSONValue] {
    tree.source.withUnsafeBufferPointer { source in
      tree.scripts.compactMap { script in
        guard script.kind == kind, script.body.count <= scriptLimit else { return nil }
        let body = UnsafeBufferPointer(rebasing: source[script.body])
        if let probes {
          var found = 0
          for probe in probes where found < least && body.firstIndex(of: probe, from: 0) != nil {
            found += 1
          }
          if found < least { return nil }
        }
        // Data that cannot be read add nothing; the page is then what its tree shows.
        return try? JSONValue(reading: body, .lenient)
      }
    }
  }

  // MARK: Never twice

  /// Letters and digits by which a paragraph is known again.
  static let keyLength = 48

  /// The blocks that do not stand in the list, each once.
  static func unseen(_ blocks: [EmbeddedBlock], in list: BlockList) -> [EmbeddedBlock] {
    let shown = Array(MetadataText.key(String(decoding: list.text, as: UTF8.self)).utf8)
    var seen: Set<String> = []
    return blocks.filter { block in
      let key = MetadataText.key(block.text)
      guard !key.isEmpty, seen.insert(key).inserted else { return false }
      return !contains(shown, Array(key.utf8.prefix(keyLength)))
    }
  }

  private static func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
    guard let first = part.first else { return true }
    var at = 0
    while at + part.count <= text.count, let found = text[at...].firstIndex(of: first) {
      if text[found...].starts(with: part) { return true }
      at = found + 1
    }
    return false
  }
}

/// Gathers blocks up to the limits.
struct EmbeddedCollector {
  private(set) var blocks: [EmbeddedBlock] = []
  private(set) var words = 0
  private var bytes = 0

  var isFull: Bool { bytes >= EmbeddedText.textLimit }

  mutating func add(_ kind: EmbeddedBlock.Kind, line: String?) {
    guard let line, !isFull else { return }
    blocks.append(EmbeddedBlock(kind, line))
    bytes += line.utf8.count
    words += EmbeddedText.words(line)
  }

  /// Adds a text as its paragraphs: cut by the page's own parser if it holds tags, else at empty
  /// lines or, if there are none, at line ends.
  mutating func add(_ kind: EmbeddedBlock.Kind, text: String) {
    guard !isFull else { return }
    if Self.holdsTags(text) {
      for line in Self.paragraphs(ofHTML: text) { add(kind, line: line) }
    } else {
      for line in text.split(whereSeparator: \.isNewline) {
        add(kind, line: MetadataText.whole(String(line)))
      }
    }
  }

  /// Markup, or markup written as references.
  private static func holdsTags(_ text: String) -> Bool {
    let lowered = text.utf8
    for mark in ["<p", "</", "<br", "<div", "<li", "&lt;p", "&lt;br", "&lt;/"] {
      let mark = Array(mark.utf8)
      var at = lowered.startIndex
      while let found = lowered[at...].firstIndex(of: mark[0]) {
        if lowered[found...].starts(with: mark) { return true }
        at = lowered.index(after: found)
      }
    }
    return false
  }

  private static func paragraphs(ofHTML text: String) -> [String] {
    var html = Array(text.utf8)
    if !html.contains(0x3C), let decoded = MetadataText.decoded(text) { html = Array(decoded.utf8) }
    html.removeAll { $0 == 0 }
    // Text that no parser takes is no text.
    guard let tree = try? PageParser.parse(html, limits: ExtractionOptions.Limits()) else {
      return []
    }
    let list = BlockBuilder.blocks(of: tree)
    return list.blocks.map(list.string(of:))
  }
}
