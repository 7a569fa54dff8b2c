// Bylines in, people's names out: split, freed of what stands around them, each once.

enum AuthorNames {
  /// Names of one page; more are a list of staff.
  private static let countLimit = 20
  /// Bytes of a name; the longest that is one was of 60.
  private static let lengthLimit = 90

  /// The names in one or more bylines, in their order.
  ///
  /// - Parameters:
  ///   - bylines: What a page or its data says, each one line; several names may stand in one.
  ///   - excluding: Names that are no person's here, such as the site's.
  static func names(in bylines: [String], excluding: [String] = []) -> [String] {
    var seen = Set(excluding.map(MetadataText.key))
    seen.remove("")
    var names: [String] = []
    for byline in bylines.prefix(countLimit) {
      for name in split(byline) {
        let key = MetadataText.key(name)
        guard !key.isEmpty, !BylineWords.nobodies.contains(key), seen.insert(key).inserted,
          names.count < countLimit
        else { continue }
        names.append(name)
      }
    }
    return names
  }

  /// The names in one byline, not yet told apart from accounts and offices.
  static func split(_ byline: String) -> [String] {
    guard byline.utf8.count <= 600 else { return [] }
    var text = withoutPrefix(Substring(byline))
    if let tail = text.firstRange(ofAny: [" · ", " | ", " • "]) {
      // After these stands a date, a role or a second name.
      let rest = text[tail.upperBound...]
      text = text[..<tail.lowerBound]
      return split(String(text))
        + (rest.utf8.contains { 0x30...0x39 ~= $0 } ? [] : split(String(rest)))
    }
    var names: [String] = []
    for part in text.split(whereSeparator: { ";、，；\n|".contains($0) }) {
      for group in splitAtConjunctions(part) { names += splitAtCommas(group) }
    }
    return names.compactMap(cleaned)
  }

  /// Cuts "By " and its like off, as often as it stands there ("Von: Von …" does not happen, but
  /// "Author: By …" does).
  static func withoutPrefix(_ text: Substring) -> Substring {
    var text = text.trimmed
    for _ in 0..<2 {
      let lowered = text.prefix(40).lowercased()
      let prefix = BylineWords.prefixes.first { prefix in
        guard lowered.hasPrefix(prefix), lowered.utf8.count > prefix.utf8.count else {
          return false
        }
        let next = lowered[lowered.index(lowered.startIndex, offsetBy: prefix.count)]
        guard let last = prefix.unicodeScalars.last else { return false }
        return next == " " || next == ":" || "：:/／＝".unicodeScalars.contains(last)
      }
      guard let prefix else { break }
      text = text.dropFirst(prefix.count).trimmed
      if text.first == ":" { text = text.dropFirst().trimmed }
    }
    return text
  }

  // MARK: Lines that may be bylines

  /// Words that introduce names and hardly anything else, in lower case; "von" and "de" stand
  /// inside of names and sentences too often.
  private static let introductions: Set<String> = [
    "by", "by:", "written by", "written by:", "posted by", "posted by:", "published by", "author:",
    "author", "authored by", "words by", "words:", "von", "autor:", "autor", "par", "por", "di",
    "door", "av", "af", "автор:", "автор", "przez", "oleh", "oleh:", "作者", "作者：", "作者:", "文", "文：",
    "yazan:", "yazar:", "penulis:", "reviewed by", "text:", "text von", "auteur :", "auteur:",
  ]

  /// What follows an introduction at a line's start: empty when it is the whole line, `nil` when
  /// there is none.
  static func introduced(by line: String) -> String? {
    let lowered = line.lowercased()
    if introductions.contains(lowered) { return "" }
    let words = line.split(separator: " ", maxSplits: 2)
    for count in [2, 1] where words.count > count {
      let head = words[..<count].joined(separator: " ").lowercased()
      if introductions.contains(head) {
        return String(line[words[count].startIndex...])
      }
    }
    return nil
  }

  /// Is it short and written as names are: two to six words, nearly all of them capitalised?
  static func looksLikeNames(_ text: String) -> Bool {
    guard let first = split(text).first, !first.utf8.contains(where: { 0x30...0x39 ~= $0 }) else {
      return false
    }
    let words = first.split(separator: " ")
    guard 2...5 ~= words.count else { return false }
    let capitals = words.count { $0.first?.isUppercase == true || $0.first?.isCased == false }
    return capitals * 3 >= words.count * 2 && words.first?.first?.isLowercase != true
  }

  /// Is a line of a byline worth a look? Dates, numbers, introductions and roles are not.
  static func mayBeNames(_ line: String) -> Bool {
    if introductions.contains(line.lowercased()) { return false }
    if line.utf8.contains(where: { 0x30...0x39 ~= $0 }) {
      return DateText.parse(line) == nil && line.utf8.count { 0x30...0x39 ~= $0 } <= 2
    }
    return !isRole(line[...])
  }

  private static func splitAtConjunctions(_ text: Substring) -> [Substring] {
    var parts: [Substring] = []
    var words: [Substring] = text.split(separator: " ")
    // "Simon & Schuster" is no pair of people, but bylines hold people more often than firms.
    while let at = words.firstIndex(where: { BylineWords.conjunctions.contains($0.lowercased()) }) {
      if at > 0, let last = words[..<at].last {
        parts.append(text[words[0].startIndex..<last.endIndex])
      }
      words.removeSubrange(...at)
    }
    if let first = words.first, let last = words.last {
      parts.append(text[first.startIndex..<last.endIndex])
    }
    return parts
  }

  /// Commas part names; but not "Jane Doe, Ph.D.", nor "Doe, Jane", and what tells a role or a
  /// place after a name goes.
  private static func splitAtCommas(_ text: Substring) -> [String] {
    let parts = text.split(separator: ",").map(\.trimmed).filter { !$0.isEmpty }
    guard parts.count > 1 else { return [String(text.trimmed)] }
    if parts.count == 2, wordCount(parts[0]) == 1, wordCount(parts[1]) == 1,
      !isCredential(parts[1])
    {
      // "AFP, MANILA": an agency and a place. "Doe, Jane": one name.
      return isUppercase(parts[0]) ? [String(parts[0])] : ["\(parts[1]) \(parts[0])"]
    }
    var names: [String] = []
    for part in parts {
      if isCredential(part), let last = names.popLast() {
        names.append("\(last), \(part)")
      } else if !names.isEmpty, isRole(part) {
        continue
      } else {
        names.append(String(part))
      }
    }
    return names
  }

  private static func wordCount(_ text: Substring) -> Int { text.split(separator: " ").count }

  private static func isUppercase(_ text: Substring) -> Bool {
    text.count >= 2 && text.allSatisfy { $0.isUppercase }
  }

  private static func isCredential(_ text: Substring) -> Bool {
    let words = text.split(separator: " ")
    return !words.isEmpty && words.count <= 3
      && words.allSatisfy {
        BylineWords.credentials.contains($0.lowercased().filter { $0 != "." })
      }
  }

  private static func isRole(_ text: Substring) -> Bool {
    text.lowercased().split(separator: " ").contains { BylineWords.roles.contains(String($0)) }
  }

  /// A name without brackets, addresses and stray marks; `nil` when it cannot be one.
  private static func cleaned(_ name: String) -> String? {
    var text = withoutPrefix(Substring(name))
    if let bracket = text.firstIndex(where: { $0 == "(" || $0 == "[" || $0 == "<" || $0 == "（" }),
      bracket > text.startIndex, text.last.map({ ")]>）".contains($0) }) == true
    {
      // "Paramita (Guha) Ghosh" keeps its bracket, "Jane Doe (Reuters)" does not.
      text = text[..<bracket].trimmed
    }
    while let first = text.first, "@-–—:•*\"'“”|/\\.,".contains(first) {
      text = text.dropFirst().trimmed
    }
    while let last = text.last, "-–—:•*\"“”|/\\,".contains(last) {
      text = text.dropLast().trimmed
    }
    guard !text.isEmpty, text.utf8.count <= lengthLimit, wordCount(text) <= 7 else { return nil }
    let lowered = text.lowercased()
    for mark in ["http", "www.", "@", ".com", ".html", "//", "{", "}", "=", "<", "©"]
    where lowered.contains(mark) {
      return nil
    }
    let scalars = text.unicodeScalars
    guard scalars.contains(where: \.properties.isAlphabetic) else { return nil }
    let digits = scalars.count { 0x30...0x39 ~= $0.value }
    guard digits * 2 <= scalars.count else { return nil }
    return String(text)
  }
}

extension Substring {
  /// Without white space at both ends.
  var trimmed: Substring {
    var text = self
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }

  /// Where the first of several texts stands.
  func firstRange(ofAny needles: [String]) -> Range<Index>? {
    needles.compactMap { needle in
      let utf8 = Array(needle.utf8)
      var at = startIndex
      while let found = self.utf8[at...].firstIndex(of: utf8[0]) {
        if self.utf8[found...].starts(with: utf8) {
          return found..<self.utf8.index(found, offsetBy: utf8.count)
        }
        at = self.utf8.index(after: found)
      }
      return nil
    }.min { $0.lowerBound < $1.lowerBound }
  }
}
