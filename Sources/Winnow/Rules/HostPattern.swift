// For which hosts a rule holds.

/// `example.org` for that host alone, `*.example.org` for it and all hosts below it.
package struct HostPattern: Sendable, Equatable {
  private let host: [UInt8]
  private let includesBelow: Bool

  /// - Throws: when the text is no host: letters, digits, `-`, `.` and what is not ASCII.
  package init(_ text: String) throws(RuleMistake) {
    var scanner = RuleScanner(text, .hosts)
    includesBelow = text.hasPrefix("*.")
    if includesBelow { scanner.position = 2 }
    let start = scanner.position
    var isAfterDot = true
    while let scalar = scanner.current {
      let isDot = scalar == "."
      guard
        isDot
          ? !isAfterDot
          : scalar.isASCIILetter || scalar.isASCIIDigit || scalar == "-" || scalar == "_"
            || scalar.value >= 0x80
      else { throw scanner.mistake("a host such as example.org or *.example.org") }
      isAfterDot = isDot
      scanner.position += 1
    }
    guard scanner.position > start, !isAfterDot else {
      throw scanner.mistake("a host such as example.org or *.example.org")
    }
    host = Array(text.lowercased().utf8.dropFirst(includesBelow ? 2 : 0))
  }

  /// - Parameter name: A host in small letters.
  package func matches(_ name: ArraySlice<UInt8>) -> Bool {
    if name.elementsEqual(host) { return true }
    return includesBelow && name.count > host.count && name.suffix(host.count).elementsEqual(host)
      && name[name.endIndex - host.count - 1] == UInt8(ascii: ".")
  }

  /// The host of an address, in small letters; `nil` if it has none.
  ///
  /// - Complexity: O(length).
  package static func host(of url: String) -> ArraySlice<UInt8>? {
    let bytes = Array(url.lowercased().utf8)
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      bytes[(colon + 1)...].starts(with: [UInt8(ascii: "/"), UInt8(ascii: "/")])
    else { return nil }
    let ends = Array("/?#\\".utf8)
    var rest = bytes[(colon + 3)...].prefix { !ends.contains($0) }
    if let at = rest.lastIndex(of: UInt8(ascii: "@")) { rest = rest[(at + 1)...] }
    if rest.first != UInt8(ascii: "["), let port = rest.firstIndex(of: UInt8(ascii: ":")) {
      rest = rest[..<port]
    }
    if rest.last == UInt8(ascii: ".") { rest = rest.dropLast() }
    return rest.isEmpty ? nil : rest
  }
}
