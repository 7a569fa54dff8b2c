// The rest of an article of which the page shows only the beginning, from the app's state.
//
// Pages that fade out behind a wall, or load the rest when asked to, often carry the whole text as a
// list of paragraphs in their state, the shown ones first.

extension EmbeddedText {
  /// Kept words from which on a page is taken to show its whole text.
  static let wholeTextWords = 500
  /// Bytes of a paragraph that is known again.
  private static let paragraphLength = 48
  /// Shown paragraphs that a list in the state must hold.
  fileprivate static let leastShown = 2
  /// Words below which nothing is gained.
  private static let leastContinuationWords = 50
  /// Bytes of a shown paragraph by which its script is found.
  private static let probeLength = 24

  /// The paragraphs of the page's state that come after those that the document holds; nothing that
  /// the page shows.
  ///
  /// - Parameters:
  ///   - shown: The document's blocks.
  ///   - shownWords: Their words.
  /// - Complexity: O(shown), and for short documents of pages with state linear in it.
  static func continuation(
    of shown: [DocumentBlock], shownWords: Int, list: BlockList, tree: PageTree
  ) -> [EmbeddedBlock] {
    guard shownWords < wholeTextWords, tree.scripts.contains(where: { $0.kind == .json }) else {
      return []
    }
    let paragraphs = shown.lazy.filter {
      $0.role == .body && $0.text.utf8.count >= paragraphLength
    }.map(\.text)
    let probes = paragraphs.compactMap(probe)
    guard probes.count >= leastShown else { return [] }
    let keys = Set(paragraphs.map(key))
    for value in values(of: tree, .json, holding: Array(Set(probes)), least: leastShown) {
      guard let found = ContinuationReader.read(value, after: keys) else { continue }
      let rest = unseen(found, in: list)
      if rest.reduce(0, { $0 + words($1.text) }) >= leastContinuationWords { return rest }
    }
    return []
  }

  /// How a paragraph is known again.
  fileprivate static func key(_ text: String) -> String {
    String(MetadataText.key(String(text.prefix(2 * keyLength))).prefix(keyLength))
  }

  /// A run of bytes that JSON writes as they are.
  private static func probe(_ text: String) -> [UInt8]? {
    let runs = text.utf8.split { byte in
      byte < 0x20 || byte >= 0x7F || byte == 0x22 || byte == 0x5C || byte == 0x2F || byte == 0x3C
        || byte == 0x3E || byte == 0x26 || byte == 0x27
    }
    return runs.first { $0.count >= probeLength }.map { Array($0.prefix(probeLength)) }
  }
}

/// Looks for the list that holds paragraphs, and reads what comes after them.
private struct ContinuationReader {
  private static let arrayLimit = 20_000
  private static let pieceLimit = 500
  private static let depthLimit = 8
  private static let bytesLimit = 1 << 14
  /// Members whose strings are text, whatever the format: ProseMirror, Contentful, Sanity, plain.
  private static let textKeys: Set<String> = ["text", "value", "content", "html", "body"]
  /// Members that tell what an element is.
  private static let kindKeys = ["type", "_type", "nodeType", "__typename", "kind"]

  static func read(_ root: JSONValue, after shown: Set<String>) -> [EmbeddedBlock]? {
    var stack = [root]
    var seen = 0
    while let value = stack.popLast(), seen < arrayLimit {
      switch value.content {
      case .array(let elements):
        seen += 1
        if let found = rest(of: elements, after: shown) { return found }
        stack.append(contentsOf: elements.reversed())
      case .object(let members): stack.append(contentsOf: members.reversed().map(\.value))
      default: break
      }
    }
    return nil
  }

  /// What comes after the shown paragraphs of a list, if it holds enough of them: elements of their
  /// kind, and headings.
  private static func rest(
    of elements: [JSONValue], after shown: Set<String>
  ) -> [EmbeddedBlock]? {
    guard elements.count > 2 else { return nil }
    var last: Int?
    var known = 0
    for (index, element) in elements.enumerated() {
      guard shown.contains(EmbeddedText.key(text(of: element))) else { continue }
      known += 1
      last = index
    }
    // Elements without a kind are a pool of all strings of the state, not a text.
    guard known >= EmbeddedText.leastShown, let last, case let paragraph = kind(of: elements[last]),
      !paragraph.isEmpty
    else { return nil }
    var collector = EmbeddedCollector()
    for element in elements[(last + 1)...] {
      let kind = kind(of: element)
      if kind == paragraph {
        collector.add(.paragraph, text: text(of: element))
      } else if kind.lowercased().contains("heading") {
        collector.add(.heading, text: text(of: element))
      }
    }
    return collector.blocks
  }

  private static func kind(of element: JSONValue) -> String {
    for key in kindKeys {
      if let kind = element[key]?.string { return kind }
    }
    return ""
  }

  /// The text of a list's element, its pieces one after the other.
  private static func text(of element: JSONValue) -> String {
    var result = ""
    var stack = [(value: element, isText: true, depth: 0)]
    var seen = 0
    while let (value, isText, depth) = stack.popLast(), seen < pieceLimit,
      result.utf8.count < bytesLimit
    {
      seen += 1
      switch value.content {
      case .string(let text):
        if isText { result += text }
      case .array(let values):
        if depth < depthLimit {
          stack.append(contentsOf: values.reversed().map { ($0, false, depth + 1) })
        }
      case .object(let members):
        if depth < depthLimit {
          for member in members.reversed() {
            stack.append((member.value, textKeys.contains(member.key), depth + 1))
          }
        }
      default: break
      }
    }
    return result
  }
}
