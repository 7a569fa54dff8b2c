// Who wrote the page, as readers see it: links marked as the author, elements named after bylines,
// and lines that start with "By".

extension VisibleClaims {
  private static let authorWords = WordsInNames([
    "author", "byline", "autor", "auteur", "writer", "verfasser", "redakt",
  ])
  private static let accountWords = WordsInNames(["username", "user-name", "poster", "nickname"])

  /// Bylines in order of trust; each is a list of lines that may be names.
  func bylines(near headline: Int?) -> [() -> [String]] {
    [
      { relAuthor(near: headline) },
      { named(Self.authorWords, near: headline) },
      { introduced(near: headline) },
      { named(Self.accountWords, near: headline) },
    ]
  }

  /// The text of the first link with `rel="author"` after the headline, else before it.
  private func relAuthor(near headline: Int?) -> [String] {
    var first: String?
    for index in tree.nodes.indices where tree.nodes[index].tag == .a {
      guard let relation = tree.value(.rel, of: index), relation.count < 60,
        relation.split(separator: 0x20).contains(where: { $0.elementsEqual("author".utf8) }),
        let text = tree.text(below: index, limit: 100)
      else { continue }
      if index > headline ?? 0 { return [text] }
      first = first ?? text
    }
    return first.map { [$0] } ?? []
  }

  /// The lines of the element named so that stands nearest to the headline and holds a name.
  private func named(_ words: WordsInNames, near headline: Int?) -> [String] {
    nearest(to: headline, named: words) { index in
      let lines = byline(below: index)
      return AuthorNames.names(in: lines).isEmpty ? nil : lines
    } ?? []
  }

  /// Bytes of all text of a byline; more is a biography.
  private static let bylineLimit = 300

  /// The lines below an element that may be names: each run of text by itself, as dates and roles
  /// stand beside names with nothing but tags between; but "By" goes with what follows.
  private func byline(below index: Int) -> [String] {
    var lines: [String] = []
    var length = 0
    for each in index..<Int(tree.nodes[index].end) where tree.nodes[each].tag == .text {
      let node = tree.nodes[each]
      length += Int(node.length)
      guard length <= Self.bylineLimit * 2 else { return [] }
      let bytes = Array(tree.text[Int(node.start)..<Int(node.start + node.length)])
      if let line = MetadataText.collapsed(bytes) { lines.append(line) }
    }
    return lines.filter { AuthorNames.mayBeNames($0) }
  }

  /// Nodes around the headline in which a line that starts with "By" is about the page.
  private static let introductionReach = (before: 60, after: 160)

  /// Names after a word such as "By", in the same run of text or in the link that follows it.
  private func introduced(near headline: Int?) -> [String] {
    guard let headline else { return [] }
    let after = Int(tree.nodes[headline].end)
    let ranges = [
      after..<min(after + Self.introductionReach.after, tree.nodes.count),
      max(0, headline - Self.introductionReach.before)..<headline,
    ]
    for range in ranges {
      for index in range where tree.nodes[index].tag == .text {
        let node = tree.nodes[index]
        guard 2...Int32(160) ~= node.length else { continue }
        let bytes = tree.text[Int(node.start)..<Int(node.start + node.length)]
        guard AuthorNames.mayBeIntroduced(bytes),
          let line = MetadataText.collapsed(Array(bytes)),
          let rest = AuthorNames.introduced(by: line)
        else { continue }
        let names = rest.isEmpty ? nextLine(after: index, before: range.upperBound) : rest
        if let names, AuthorNames.looksLikeNames(names) { return [names] }
      }
    }
    return []
  }

  private func nextLine(after index: Int, before end: Int) -> String? {
    for each in (index + 1)..<max(end, index + 1) where tree.nodes[each].tag == .text {
      let node = tree.nodes[each]
      guard node.length <= 120 else { return nil }
      let bytes = Array(tree.text[Int(node.start)..<Int(node.start + node.length)])
      if let line = MetadataText.collapsed(bytes) { return line }
    }
    return nil
  }
}
