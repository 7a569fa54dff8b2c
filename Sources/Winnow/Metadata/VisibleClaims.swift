// What readers see about the page: headlines, `time` elements, bylines and dates near the headline.

/// Looks for metadata in the tree itself. Headlines are found at once; the rest when asked for, as
/// most pages have better sources.
struct VisibleClaims {
  private let tree: PageTree
  /// Texts of the first `h1`s and their nodes.
  private(set) var headlines: [(text: String, node: Int)] = []
  /// Elements with `datetime`.
  private(set) var times: [Int] = []

  /// Bytes of a line that may be a byline or a date.
  private static let lineLimit = 200

  init(_ tree: PageTree) {
    self.tree = tree
    for index in tree.nodes.indices {
      let tag = tree.nodes[index].tag
      if tag == .h1, headlines.count < 8 {
        if let text = tree.text(below: index, limit: 500) { headlines.append((text, index)) }
      } else if tag == .time, times.count < 64 {
        times.append(index)
      }
    }
  }

  // MARK: Dates

  /// The date of a `time` element: the first that says it is when the page was published, else
  /// the nearest to the headline.
  func date(near headline: Int?, language: String?) -> CalendarDate? {
    let order = times.sorted { distance($0, headline) < distance($1, headline) }
    let marked = order.first { index in
      hasWord(Self.publishedWords, index) || tree.string(.itemprop, of: index) == "datePublished"
    }
    for index in [marked].compactMap({ $0 }) + order {
      if hasWord(["updated", "modified"], index) { continue }
      if let date = date(of: index, language: language) { return date }
    }
    return nil
  }

  func date(of time: Int, language: String?) -> CalendarDate? {
    if let value = tree.string(.datetime, of: time), let date = DateText.parse(value) {
      return date
    }
    return tree.text(below: time, limit: 80).flatMap { DateText.parse($0, language: language) }
  }

  /// Before the headline counts as three times as far: what stands there belongs to the page's
  /// head more often.
  private func distance(_ node: Int, _ headline: Int?) -> Int {
    guard let headline else { return node }
    return node >= headline ? node - headline : (headline - node) * 3
  }

  private static let publishedWords = ["published", "pubdate", "post-date", "entry-date"]
  private static let dateWords = [
    "date", "publish", "posted", "time", "meta", "datum", "fecha", "byline", "info",
  ]

  /// A date in a short line of text near the headline.
  func dateLine(near headline: Int?, language: String?) -> CalendarDate? {
    lines(near: headline, words: Self.dateWords) { line in
      guard line.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 || $0 >= 0xD9 }) else {
        return nil
      }
      return DateText.parse(line, language: language)
    }
  }

  // MARK: Bylines

  private static let authorWords = ["author", "byline", "autor", "auteur", "writer", "verfasser"]

  /// Names in elements that say that they hold the author, or in a line that starts with "By".
  func bylines(near headline: Int?) -> [String] {
    if let name = relAuthor() { return [name] }
    if let name = byClass(near: headline) { return [name] }
    return []
  }

  private func relAuthor() -> String? {
    for index in tree.nodes.indices where tree.nodes[index].tag == .a {
      guard let relation = tree.value(.rel, of: index),
        relation.split(separator: 0x20).contains(where: { $0.elementsEqual("author".utf8) })
      else { continue }
      if let text = tree.text(below: index, limit: 100) { return text }
    }
    return nil
  }

  /// The smallest element near the headline whose class or id tells of the author.
  private func byClass(near headline: Int?) -> String? {
    var best: (distance: Int, text: String)?
    for index in tree.nodes.indices {
      let node = tree.nodes[index]
      guard node.tag != .text, node.length > 0, hasWord(Self.authorWords, index) else { continue }
      let distance = distance(index, headline)
      if let best, best.distance <= distance { continue }
      guard let text = tree.text(below: index, limit: 120) else { continue }
      if !AuthorNames.names(in: [text]).isEmpty { best = (distance, text) }
    }
    return best?.text
  }

  // MARK: Looking around

  /// Does an element's class or id hold one of the words?
  private func hasWord(_ words: [String], _ index: Int) -> Bool {
    for name in [AttributeName.class, .id] {
      guard let value = tree.value(name, of: index) else { continue }
      if words.contains(where: { value.containsIgnoringCase($0) }) { return true }
    }
    return false
  }

  /// Nodes after the headline within which its byline stands.
  private static let reach = 120

  /// The first line near the headline of which `read` makes something: after it, then before it.
  private func lines<Found>(
    near headline: Int?, words: [String], read: (String) -> Found?
  ) -> Found? {
    guard let headline else { return nil }
    let after = Int(tree.nodes[headline].end)
    let ranges = [
      after..<min(after + Self.reach, tree.nodes.count), max(0, headline - 40)..<headline,
    ]
    for range in ranges {
      for index in range where tree.nodes[index].tag == .text {
        let node = tree.nodes[index]
        guard node.length <= Self.lineLimit,
          let line = MetadataText.collapsed(
            Array(tree.text[Int(node.start)..<Int(node.start + node.length)]))
        else { continue }
        if let found = read(line) { return found }
      }
    }
    return nil
  }
}

extension ArraySlice<UInt8> {
  /// Does ASCII text in lower case stand in it, in any letter case?
  func containsIgnoringCase(_ word: String) -> Bool {
    let word = Array(word.utf8)
    guard count >= word.count else { return false }
    return withUnsafeBufferPointer { bytes in
      for start in 0...(bytes.count - word.count) where bytes[start] | 0x20 == word[0] {
        if (1..<word.count).allSatisfy({ bytes[start + $0] | 0x20 == word[$0] }) { return true }
      }
      return false
    }
  }
}
