// A page's title with the site's name in, the headline alone out.

enum TitleText {
  /// What sites put between a headline and their name.
  private static let separators = [
    " | ", " - ", " – ", " — ", " · ", " :: ", " » ", " « ", " • ", " // ", " ‹ ", " › ", " > ",
    " < ", " ~ ", " ｜ ", " / ",
  ].map { Array($0.utf8) }

  /// Cuts the site's name off, before or behind the headline.
  ///
  /// - Parameters:
  ///   - title: One line.
  ///   - names: What is known of the site's name: `og:site_name`, the host's label.
  static func withoutSite(_ title: String, names: [String]) -> String {
    let keys = names.map(MetadataText.key).filter { !$0.isEmpty }
    guard !keys.isEmpty else { return title }
    var text = Substring(title)
    // "Headline - Section - Site" loses one part a round.
    for _ in 0..<3 {
      guard let (head, tail) = lastSplit(text), isSite(tail, keys) else { break }
      text = head
    }
    if let (head, tail) = firstSplit(text), keys.contains(MetadataText.key(String(head))) {
      text = tail
    }
    let trimmed = text.trimmed
    return trimmed.isEmpty ? title : String(trimmed)
  }

  /// The parts of a title between its separators.
  static func parts(_ title: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = Substring(title)
    while let (head, tail) = firstSplit(rest), parts.count < 8 {
      parts.append(head.trimmed)
      rest = tail
    }
    return parts + [rest.trimmed]
  }

  /// What stands before each of a title's separators, longest first.
  static func heads(_ title: String) -> [Substring] {
    var heads: [Substring] = []
    var rest = Substring(title)
    while let (head, _) = lastSplit(rest), heads.count < 4 {
      rest = head.trimmed
      heads.append(rest)
    }
    return heads
  }

  /// The words of a title, each once, in lower case.
  static func words(_ title: String) -> Set<Substring> {
    Set(
      title.lowercased().unicodeScalars.split {
        $0.value < 0x80
          ? !(0x61...0x7A ~= $0.value || 0x30...0x39 ~= $0.value)
          : !$0.properties.isAlphabetic && $0.properties.numericType == nil
      }.map { Substring($0) })
  }

  /// The share of words that two titles have in common, `0...1` (Dice); `1` when the first holds
  /// no other words than the second.
  static func likeness(_ visible: Set<Substring>, _ declared: Set<Substring>) -> Double {
    guard !visible.isEmpty, !declared.isEmpty else { return 0 }
    let common = visible.intersection(declared).count
    if common == visible.count { return 1 }
    return Double(2 * common) / Double(visible.count + declared.count)
  }

  /// Does a visible headline only name the site? It does when it is one of its names, and when
  /// the page's title ends with it after a headline of its own.
  static func isSiteName(_ headline: String, of title: String?, _ names: [String]) -> Bool {
    let key = MetadataText.key(headline)
    if names.contains(where: { MetadataText.key($0) == key }) { return true }
    guard let title else { return false }
    let parts = parts(title)
    return parts.count > 1 && MetadataText.key(String(parts[parts.count - 1])) == key
  }

  /// Without the mark that documentation puts after headlines as a link to them.
  static func withoutMarks(_ headline: String) -> String {
    var text = headline[...]
    while let last = text.last, last == "¶" || last == "#" || last == " " { text.removeLast() }
    return text.isEmpty ? headline : String(text)
  }

  /// Is a part of a title the site's name, or a variant of it ("The Atlantic", "theatlantic.com")?
  private static func isSite(_ part: Substring, _ keys: [String]) -> Bool {
    let key = MetadataText.key(String(part))
    guard key.utf8.count >= 2 else { return true }
    return keys.contains { name in
      name == key
        || name.utf8.count >= 4 && key.utf8.count <= name.utf8.count * 2 && holds(key, name)
        || key.utf8.count >= 4 && key.utf8.count * 2 >= name.utf8.count && holds(name, key)
    }
  }

  /// As `contains`, which takes microseconds, and nearly all names are of ASCII.
  private static func holds(_ text: String, _ part: String) -> Bool {
    guard text.utf8.allSatisfy({ $0 < 0x80 }), part.utf8.allSatisfy({ $0 < 0x80 }) else {
      return text.contains(part)
    }
    var text = text
    return text.withUTF8 { $0.firstIndex(of: Array(part.utf8), from: 0) != nil }
  }

  private static func firstSplit(_ text: Substring) -> (Substring, Substring)? {
    guard let range = text.firstRange(ofAny: separators) else { return nil }
    return (text[..<range.lowerBound], text[range.upperBound...])
  }

  private static func lastSplit(_ text: Substring) -> (Substring, Substring)? {
    var last: Range<Substring.Index>?
    var at = text.startIndex
    while let range = text[at...].firstRange(ofAny: separators) {
      last = range
      at = range.upperBound
    }
    guard let last else { return nil }
    return (text[..<last.lowerBound], text[last.upperBound...])
  }
}
