// A pattern for paths, as written in `include` and `exclude`.

/// A glob, matched against a path's bytes; ASCII letters match in either case, because saved pages
/// are called `.html` as well as `.HTM`.
///
/// - `*` any run of bytes but `/`; `?` one character but `/`; `[a-z]`, `[!a-z]` one byte but `/`
/// - `**/` any number of folders, none too; `/**` at the end, everything below
/// - `\` takes the meaning from the character behind it
///
/// A pattern without `/` is matched against the last name of a path, else against the whole path
/// below the input folder. A `/` at the start changes nothing but that; one at the end restricts
/// the pattern to folders. An unclosed `[` stands for itself.
package struct Glob: Sendable, Equatable {
  fileprivate enum Token: Equatable {
    case byte(UInt8)
    case anyCharacter
    case set(ByteSet)
    case star
    /// `**/`
    case folders
    /// `**` at the end
    case rest
  }
  fileprivate struct ByteSet: Equatable {
    var ranges: [ClosedRange<UInt8>] = []
    var isInverted = false

    func contains(_ byte: UInt8) -> Bool {
      byte != slash && ranges.contains { $0.contains(byte) } != isInverted
    }
  }

  private let tokens: [Token]
  /// The bytes behind the star of the most common patterns: `*.html` and `**/*.html`.
  private let suffix: [UInt8]?
  private let matchesNameOnly: Bool
  let matchesFoldersOnly: Bool

  package init(_ pattern: String) {
    var bytes = Array(pattern.utf8)[...]
    matchesFoldersOnly = bytes.count > 1 && bytes.last == slash
    if matchesFoldersOnly { bytes.removeLast() }
    matchesNameOnly = !bytes.contains(slash)
    if bytes.first == slash { bytes.removeFirst() }
    let tokens = Self.tokens(of: bytes)
    self.tokens = tokens
    let name = tokens.first == .folders ? tokens.dropFirst() : tokens[...]
    let literal = name.dropFirst().compactMap { token -> UInt8? in
      if case .byte(let byte) = token, byte != slash { byte } else { nil }
    }
    let isSuffix = name.first == .star && literal.count == name.count - 1
    suffix = isSuffix && (matchesNameOnly || tokens.first == .folders) ? literal : nil
  }

  /// - Parameters:
  ///   - path: The path below the input folder, without `/` at either end.
  ///   - nameStart: Where its last name begins.
  /// - Complexity: O(length of path) for `*.html`; at worst the product of the lengths of path
  ///   and pattern, for each `**`.
  package func matches(_ path: [UInt8], nameStart: Int) -> Bool {
    if let suffix {
      guard path.count - nameStart >= suffix.count else { return false }
      return zip(path[(path.count - suffix.count)...], suffix).allSatisfy { lowercase($0) == $1 }
    }
    return matches(path[(matchesNameOnly ? nameStart : 0)...])
  }

  /// Goes forward through both, and on a mismatch back to the last star or `**/`, which then takes
  /// one byte or folder more. An earlier one need not be tried: whatever it could take in addition,
  /// the last one can take as well.
  private func matches(_ path: ArraySlice<UInt8>) -> Bool {
    var at = path.startIndex
    var token = 0
    var star: (token: Int, at: Int)?
    var folders: (token: Int, at: Int)?
    while true {
      if token < tokens.count {
        switch tokens[token] {
        case .rest:
          return true
        case .star:
          star = (token, at)
          token += 1
          continue
        case .folders:
          folders = (token, at)
          star = nil
          token += 1
          continue
        case .byte, .set, .anyCharacter:
          if let end = endOfMatch(tokens[token], in: path, at: at) {
            at = end
            token += 1
            continue
          }
        }
      } else if at == path.endIndex {
        return true
      }
      if let last = star, last.at < path.endIndex, path[last.at] != slash {
        star = (last.token, last.at + 1)
        at = last.at + 1
        token = last.token + 1
      } else if let last = folders, let next = path[last.at...].firstIndex(of: slash) {
        folders = (last.token, next + 1)
        star = nil
        at = next + 1
        token = last.token + 1
      } else {
        return false
      }
    }
  }

  /// Where a token that stands for one character ends when it matches at `at`.
  private func endOfMatch(_ token: Token, in path: ArraySlice<UInt8>, at: Int) -> Int? {
    guard at < path.endIndex else { return nil }
    switch token {
    case .byte(let byte):
      return lowercase(path[at]) == byte ? at + 1 : nil
    case .set(let set):
      return set.contains(path[at]) || set.contains(lowercase(path[at])) ? at + 1 : nil
    case .anyCharacter:
      guard path[at] != slash else { return nil }
      var end = at + 1
      if path[at] >= 0xC0 {  // The first byte of a longer UTF-8 sequence.
        while end < path.endIndex, end - at < 4, path[end] & 0xC0 == 0x80 { end += 1 }
      }
      return end
    case .star, .folders, .rest:
      return nil
    }
  }

  private static func tokens(of pattern: ArraySlice<UInt8>) -> [Token] {
    var tokens: [Token] = []
    var rest = pattern
    while let byte = rest.first {
      switch byte {
      case UInt8(ascii: "*"):
        let atSegmentStart = rest.startIndex == pattern.startIndex || tokens.endsSegment
        let stars = rest.prefix { $0 == UInt8(ascii: "*") }.count
        rest = rest.dropFirst(stars)
        if stars == 2 && atSegmentStart && rest.isEmpty && pattern.contains(slash) {
          tokens.append(.rest)
        } else if stars == 2 && atSegmentStart && rest.first == slash {
          tokens.append(.folders)
          rest = rest.dropFirst()
        } else {
          tokens.append(.star)
        }
      case UInt8(ascii: "?"):
        tokens.append(.anyCharacter)
        rest = rest.dropFirst()
      case UInt8(ascii: "["):
        if let (set, end) = byteSet(rest) {
          tokens.append(.set(set))
          rest = rest[end...]
        } else {
          tokens.append(.byte(byte))
          rest = rest.dropFirst()
        }
      case UInt8(ascii: "\\") where rest.count > 1:
        tokens.append(.byte(lowercase(rest[rest.startIndex + 1])))
        rest = rest.dropFirst(2)
      default:
        tokens.append(.byte(lowercase(byte)))
        rest = rest.dropFirst()
      }
    }
    return tokens
  }

  /// The set that starts at the `[` which `pattern` begins with, and where it ends.
  private static func byteSet(_ pattern: ArraySlice<UInt8>) -> (ByteSet, end: Int)? {
    var set = ByteSet()
    var at = pattern.startIndex + 1
    if at < pattern.endIndex, [UInt8(ascii: "!"), UInt8(ascii: "^")].contains(pattern[at]) {
      set.isInverted = true
      at += 1
    }
    let first = at
    while at < pattern.endIndex {
      let low = pattern[at]
      if low == UInt8(ascii: "]") && at > first { return (set, at + 1) }
      let dash = at + 1
      if dash + 1 < pattern.endIndex, pattern[dash] == UInt8(ascii: "-"),
        pattern[dash + 1] != UInt8(ascii: "]")
      {
        let high = pattern[dash + 1]
        if low <= high { set.ranges.append(low...high) }
        at += 3
      } else {
        set.ranges.append(low...low)
        at += 1
      }
    }
    return nil
  }
}

extension [Glob.Token] {
  fileprivate var endsSegment: Bool { last == .byte(slash) || last == .folders }
}

private let slash = UInt8(ascii: "/")

private func lowercase(_ byte: UInt8) -> UInt8 {
  byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
}
