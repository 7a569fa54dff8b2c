// The names that pages give to the lines between a headline and its text.

/// Knows a standfirst by the class and id of its element.
enum StandfirstNames {
  /// Words that name a standfirst and nothing else, in the languages in which sites use them.
  private static let words: Set<String> = [
    "bajada", "chapeau", "chapo", "deck", "dek", "entradilla", "ingress", "intro", "introtext",
    "occhiello", "sommario", "standfirst", "strapline", "subhead", "subheader",
    "subheading", "subheadline", "subline", "subtitle", "vorspann",
  ]
  /// Words that do after `sub`, as in `sub-title`.
  private static let afterSub: Set<String> = ["head", "header", "heading", "headline", "title"]
  /// Bytes of an attribute that are read.
  private static let longestValue = 256

  /// Also names the summary that blogs write for lists of their posts; in news it is the standfirst.
  private static let newsWord = "excerpt"

  /// Whether a block's element, or the one around it, has such a name.
  ///
  /// - Complexity: O(bytes of their names).
  static func isNamed(_ block: TextBlock, _ tree: PageTree, isNews: Bool) -> Bool {
    let node = block.parent
    guard node >= 0 else { return false }
    if isNamed(Int(node), tree, isNews) { return true }
    let parent = tree.nodes[Int(node)].parent
    return parent >= 0 && isNamed(Int(parent), tree, isNews)
  }

  private static func isNamed(_ node: Int, _ tree: PageTree, _ isNews: Bool) -> Bool {
    let element = tree.nodes[node]
    for attribute in tree.attributes[Int(element.start)..<Int(element.start + element.length)]
    where attribute.name == .class || attribute.name == .id {
      let length = min(Int(attribute.length), longestValue)
      let value = tree.values[Int(attribute.start)..<Int(attribute.start) + length]
      var isAfterSub = false
      var isFound = false
      forEachWord(of: value) { word in
        isFound =
          isFound || words.contains(word) || isAfterSub && afterSub.contains(word)
          || isNews && word == newsWord
        isAfterSub = word == "sub"
      }
      if isFound { return true }
    }
    return false
  }

  /// Runs of letters in lower case, parted also where a capital follows a small letter.
  private static func forEachWord(of value: ArraySlice<UInt8>, _ body: (String) -> Void) {
    var word: [UInt8] = []
    var wasSmall = false
    func end() {
      if !word.isEmpty { body(String(decoding: word, as: UTF8.self)) }
      word.removeAll(keepingCapacity: true)
    }
    for byte in value {
      let isSmall = byte >= 0x61 && byte <= 0x7A
      let isCapital = byte >= 0x41 && byte <= 0x5A
      if !isSmall && (!isCapital || wasSmall) { end() }
      if isSmall || isCapital { word.append(byte | 0x20) }
      wasSmall = isSmall
    }
    end()
  }
}
