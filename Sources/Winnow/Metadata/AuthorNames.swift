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

  /// What stands between a name and a date, a role or another name.
  private static let marks = [" · ", " | ", " • "].map { Array($0.utf8) }

  /// The names in one byline, not yet told apart from accounts and offices.
  static func split(_ byline: String) -> [String] {
    guard byline.utf8.count <= 600 else { return [] }
    var text = withoutPrefix(Substring(byline))
    if let tail = text.firstRange(ofAny: marks) {
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

  private static let prefixes = BylineWords.prefixes.map { prefix in
    (
      bytes: Array(prefix.utf8), characters: prefix.count,
      // A colon or slash needs no space after it.
      standsAlone: prefix.last.map { "：:/／＝".contains($0) } ?? false
    )
  }

  /// Cuts "By " and its like off, as often as it stands there ("Von: Von …" does not happen, but
  /// "Author: By …" does).
  static func withoutPrefix(_ text: Substring) -> Substring {
    var text = text.trimmed
    for _ in 0..<2 {
      let lowered = Array(text.prefix(40).lowercased().utf8)
      guard
        let prefix = prefixes.first(where: {
          lowered.starts(with: $0.bytes) && lowered.count > $0.bytes.count
            && ($0.standsAlone || lowered[$0.bytes.count] == 0x20
              || lowered[$0.bytes.count] == 0x3A)
        })
      else { break }
      text = text.dropFirst(prefix.characters).trimmed
      if text.utf8.first == 0x3A { text = text.dropFirst().trimmed }
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

  /// The first words of introductions, a colon at their end not counted.
  private static let firstWords: Set<[UInt8]> = Set(
    introductions.map { Array($0.utf8.prefix { $0 != 0x20 && $0 != 0x3A }) })
  private static let longestFirstWord = firstWords.map(\.count).max() ?? 0

  /// May a run of text start with an introduction? Fast, as it is asked of all text around the
  /// headline; says yes too often for other letter cases than ASCII's.
  static func mayBeIntroduced(_ text: ArraySlice<UInt8>) -> Bool {
    let word = text.drop { $0 <= 0x20 }.prefix { $0 > 0x20 && $0 != 0x3A }
    guard let first = word.first, word.count <= longestFirstWord else { return false }
    if first >= 0x80 { return true }
    return firstWords.contains(word.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 })
  }

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

  /// What no name holds, but addresses and code do.
  private static let foreign = ["http", "www.", ".com", ".html", "//", "©"].map { Array($0.utf8) }
  private static let foreignBytes = Array("@{}=<".utf8)

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
    let bytes = Array(lowered.utf8)
    if bytes.contains(where: { foreignBytes.contains($0) }) { return nil }
    for start in bytes.indices where foreign.contains(where: bytes[start...].starts(with:)) {
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

  /// Where the first of several texts stands, of which all start with a space.
  func firstRange(ofAny needles: [[UInt8]]) -> Range<Index>? {
    var at = startIndex
    while let space = utf8[at...].firstIndex(of: 0x20) {
      let rest = utf8[space...]
      if let needle = needles.first(where: { rest.starts(with: $0) }) {
        return space..<utf8.index(space, offsetBy: needle.count)
      }
      at = utf8.index(after: space)
    }
    return nil
  }
}
