// Users' rules: a page's tree and blocks in, a decision for each block that a rule covers out.

/// One rule. It holds for a block when everything that it names does.
public struct Rule: Sendable, Equatable {
  /// How much of a block's text a phrase or expression must be.
  public enum Match: String, Sendable, CaseIterable {
    case contains, whole
  }

  let selector: SelectorList?
  let phrase: Phrase?
  let regex: RegularExpression?
  let match: Match
  let hosts: [HostPattern]

  /// - Parameters:
  ///   - selector: CSS; the block must stand below an element that it matches.
  ///   - phrase: Plain text that the block must hold, in any case of ASCII letters.
  ///   - regex: A regular expression that must match in the block's text.
  ///   - match: Whether phrase and expression must be all of the block's text.
  ///   - hosts: `example.org`, `*.example.org`; empty for all pages.
  /// - Throws: the first mistake; also when none of selector, phrase and regex is given.
  public init(
    selector: String? = nil, phrase: String? = nil, regex: String? = nil, match: Match = .contains,
    hosts: [String] = []
  ) throws(RuleMistake) {
    if selector == nil && phrase == nil && regex == nil {
      throw RuleMistake(
        part: .selector, column: nil, seen: "none of selector, phrase and regex",
        expected: "at least one")
    }
    self.selector = if let selector { try SelectorList(selector) } else { nil }
    self.phrase = if let phrase { try Phrase(phrase) } else { nil }
    self.regex = if let regex { try RegularExpression(regex) } else { nil }
    self.match = match
    var patterns: [HostPattern] = []
    for host in hosts { patterns.append(try HostPattern(host)) }
    self.hosts = patterns
  }

  func holds(forHost host: ArraySlice<UInt8>?) -> Bool {
    hosts.isEmpty || host.map { host in hosts.contains { $0.matches(host) } } ?? false
  }

  func holds(for text: UnsafeBufferPointer<UInt8>) -> Bool {
    (phrase?.matches(text, whole: match == .whole) ?? true)
      && (regex?.matches(text, whole: match == .whole) ?? true)
  }
}

/// What a rule says of a block.
public struct RuleDecision: Sendable, Equatable {
  public enum Verdict: String, Sendable { case keep, drop }

  public let verdict: Verdict
  /// The rule's place in its list, `strip.keep` or `strip.drop`, from 0.
  public let place: Int
}

/// The rules of an extractor. Where one says keep and another drop, drop holds; where two say the
/// same, the first is named.
public struct RuleSet: Sendable, Equatable {
  public var keep: [Rule]
  public var drop: [Rule]

  public init(keep: [Rule] = [], drop: [Rule] = []) {
    self.keep = keep
    self.drop = drop
  }

  public var isEmpty: Bool { keep.isEmpty && drop.isEmpty }

  /// For each block what the rules say of it; `nil` where none holds.
  ///
  /// A selector covers the blocks whose text stands wholly below an element that it matches; an
  /// element within a line, such as a link, covers a block only if it holds all of its text.
  ///
  /// - Parameter url: The page's address; without one, rules with hosts do not hold.
  /// - Complexity: O(rules x (elements + text)).
  package func decisions(
    tree: PageTree, list: BlockList, url: String?
  ) -> [RuleDecision?] {
    var decisions = [RuleDecision?](repeating: nil, count: list.blocks.count)
    guard !isEmpty else { return decisions }
    let host = url.flatMap(HostPattern.host)
    var rules: [(rule: Rule, decision: RuleDecision)] = []
    for (place, rule) in drop.enumerated() where rule.holds(forHost: host) {
      rules.append((rule, RuleDecision(verdict: .drop, place: place)))
    }
    for (place, rule) in keep.enumerated() where rule.holds(forHost: host) {
      rules.append((rule, RuleDecision(verdict: .keep, place: place)))
    }
    guard !rules.isEmpty else { return decisions }
    let needsSiblings = rules.contains { $0.rule.selector?.needsSiblings ?? false }
    tree.withMatcher(needsSiblings: needsSiblings) { matcher in
      list.text.withUnsafeBufferPointer { text in
        let elements = matcher.outermostMatches(of: rules.map(\.rule.selector))
        // In the order of precedence: what is decided stays.
        for (place, (rule, decision)) in rules.enumerated() {
          func decide(_ index: Int) {
            guard decisions[index] == nil else { return }
            let start = Int(list.blocks[index].textStart)
            let end = start + Int(list.blocks[index].textLength)
            if rule.holds(for: UnsafeBufferPointer(rebasing: text[start..<end])) {
              decisions[index] = decision
            }
          }
          guard rule.selector != nil else {
            for index in list.blocks.indices { decide(index) }
            continue
          }
          for element in elements[place] {
            for index in list.blocks(in: element) { decide(index) }
          }
        }
      }
    }
    return decisions
  }
}

extension BlockList {
  /// The places of the blocks whose text stands wholly below an element.
  ///
  /// - Parameter element: The element's node and just past its last descendant.
  /// - Complexity: O(log blocks).
  fileprivate func blocks(in element: Range<Int>) -> Range<Int> {
    let first = partition { Int(blocks[$0].firstNode) > element.lowerBound }
    let end = partition { Int(blocks[$0].endNode) > element.upperBound }
    return first..<max(first, end)
  }

  /// The first index for which `isPast` holds; blocks stand in the order of their nodes.
  private func partition(_ isPast: (Int) -> Bool) -> Int {
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      if isPast(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
