// What readers see about the page: headlines, `time` elements, dates and bylines around the
// headline.

/// Looks for metadata in the tree itself. Headlines are found at once; the rest when asked for, as
/// most pages have better sources.
struct VisibleClaims {
  let tree: PageTree
  /// Texts of the first `h1`s and their nodes.
  private(set) var headlines: [(text: String, node: Int)] = []
  /// `time` elements, the first 64.
  private(set) var times: [Int] = []

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

  /// The first of several texts that is a whole run of text outside of links, as headlines are
  /// that are not marked as one.
  func shown(_ texts: [Substring]) -> String? {
    for text in texts where text.utf8.contains(0x20) {
      let bytes = Array(text.utf8)
      for node in tree.nodes where node.tag == .text && Int(node.length) >= bytes.count {
        guard Int(node.length) <= bytes.count + 40, node.parent >= 0,
          tree.nodes[Int(node.parent)].tag != .a
        else { continue }
        let run = tree.text[Int(node.start)..<Int(node.start + node.length)]
        let trimmed = run.drop { $0 <= 0x20 }
        if trimmed.starts(with: bytes), trimmed.dropFirst(bytes.count).allSatisfy({ $0 <= 0x20 }) {
          return String(text)
        }
      }
    }
    return nil
  }

  // MARK: Dates

  private static let publishedWords = WordsInNames([
    "publish", "pubdate", "post-date", "entry-date",
  ])
  private static let updatedWords = WordsInNames(["updated", "modified"])
  private static let dateWords = WordsInNames([
    "date", "publish", "posted", "time", "datum", "fecha", "byline",
  ])

  /// The date of a `time` element: the one that says it is when the page was published, else the
  /// nearest to the headline.
  func date(near headline: Int?, language: String?) -> CalendarDate? {
    let order = times.sorted { distance($0, headline) < distance($1, headline) }
    let marked = order.first { index in
      tree.isNamed(Self.publishedWords, index)
        || tree.value(.itemprop, of: index)?.elementsEqual("datePublished".utf8) == true
    }
    for index in [marked].compactMap({ $0 }) + order
    where !tree.isNamed(Self.updatedWords, index) {
      if let date = date(of: index, language: language) { return date }
    }
    return nil
  }

  private func date(of time: Int, language: String?) -> CalendarDate? {
    if let value = tree.string(.datetime, of: time), let date = DateText.parse(value) {
      return date
    }
    return tree.text(below: time, limit: 80).flatMap { DateText.parse($0, language: language) }
  }

  /// What stands before the headline counts as three times as far: it belongs to the page's head
  /// more often.
  private func distance(_ node: Int, _ headline: Int?) -> Int {
    guard let headline else { return node }
    return node >= headline ? node - headline : (headline - node) * 3
  }

  /// The date of an element near the headline whose name tells of dates.
  func namedDate(near headline: Int?, language: String?) -> CalendarDate? {
    nearest(to: headline, named: Self.dateWords) { index in
      guard !tree.isNamed(Self.updatedWords, index),
        let text = tree.text(below: index, limit: 120)
      else { return nil }
      return DateText.parse(text, language: language)
    }
  }

  /// Nodes around the headline in which a line that is a date may belong to it.
  private static let dateReach = (before: 40, after: 120)
  private static let dateLineLimit = 120

  /// A date in a short line near the headline.
  func dateLine(near headline: Int?, language: String?) -> CalendarDate? {
    guard let headline else { return nil }
    let after = Int(tree.nodes[headline].end)
    let ranges = [
      after..<min(after + Self.dateReach.after, tree.nodes.count),
      max(0, headline - Self.dateReach.before)..<headline,
    ]
    for range in ranges {
      for index in range where tree.nodes[index].tag == .text {
        let node = tree.nodes[index]
        guard node.length <= Self.dateLineLimit else { continue }
        let bytes = tree.text[Int(node.start)..<Int(node.start + node.length)]
        guard bytes.contains(where: { 0x30...0x39 ~= $0 || $0 >= 0xD9 }) else { continue }
        let date = bytes.withUnsafeBufferPointer { DateText.parse($0, language: language) }
        if let date { return date }
      }
    }
    return nil
  }

  // MARK: Looking around

  /// Nodes around the headline in which elements are looked at by name.
  private static let nameReach = (before: 250, after: 500)

  /// The first of the elements that have one of the words in their class or id, nearest to the
  /// headline first, of which `read` makes something.
  func nearest<Found>(
    to headline: Int?, named words: WordsInNames, read: (Int) -> Found?
  ) -> Found? {
    let center = headline ?? 0
    let range =
      max(0, center - Self.nameReach.before)..<min(tree.nodes.count, center + Self.nameReach.after)
    var found: [Int] = []
    for index in range where tree.nodes[index].tag != .text && tree.nodes[index].length > 0 {
      if tree.isNamed(words, index), !isOfReader(index) { found.append(index) }
    }
    found.sort { (distance($0, headline), $0) < (distance($1, headline), $1) }
    for index in found {
      if let result = read(index) { return result }
    }
    return nil
  }

  private static let readerWords = WordsInNames(["review", "comment", "reply", "respond"])

  /// Does the element or one of the five around it hold what readers wrote? Those have authors and
  /// dates of their own.
  private func isOfReader(_ index: Int) -> Bool {
    var at = index
    for _ in 0..<6 where at >= 0 {
      if tree.isNamed(Self.readerWords, at) { return true }
      at = Int(tree.nodes[at].parent)
    }
    return false
  }
}
