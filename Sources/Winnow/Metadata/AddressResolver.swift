// An address as a page writes it, and the address it is relative to, in; the whole address out.
//
// Source: URL Standard (https://url.spec.whatwg.org), 4.4, for the schemes that pages link to. What
// differs: names of hosts stay in Unicode, not Punycode, and parts of queries that are not ASCII are
// written as UTF-8 whatever the page was saved in.

/// Makes addresses absolute against one address.
struct AddressResolver: Sendable {
  private let base: ParsedAddress

  /// - Returns: `nil` when nothing can be relative to `base`: it is no address of the web.
  init?(base: String) {
    guard let parsed = ParsedAddress.read(Array(base.utf8)[...], relativeTo: nil) else {
      return nil
    }
    self.base = parsed
  }

  /// The base for links of a page: its `base` element, relative to where the page was saved from.
  ///
  /// A page that does not say where it was saved from is taken to stand at its canonical address.
  init?(page url: String?, base element: String?, canonical: String?) {
    let page = [url, canonical].lazy.compactMap { $0.flatMap(AddressResolver.init(base:)) }.first
    let declared = element.flatMap { element in
      page.map { $0.absolute(element) } ?? element
    }
    guard let resolver = declared.flatMap(AddressResolver.init(base:)) ?? page else { return nil }
    self = resolver
  }

  /// `reference` made absolute; as it is when it has a scheme of its own that is not of the web, or
  /// cannot be an address.
  func absolute(_ reference: String) -> String { Self.absolute(reference, base) ?? reference }

  /// `reference` made absolute, `nil` when it cannot be.
  static func absolute(_ reference: String, on resolver: AddressResolver?) -> String? {
    absolute(reference, resolver?.base)
  }

  private static func absolute(_ reference: String, _ base: ParsedAddress?) -> String? {
    var reference = reference
    let kind = reference.withUTF8 { PlainAddress($0) }
    if kind == .whole { return reference }
    if kind == .path, let base { return base.origin + reference }
    return takenApart(reference, base)
  }

  /// As `absolute`, without looking whether that can be had more cheaply; for tests.
  func takenApart(_ reference: String) -> String { Self.takenApart(reference, base) ?? reference }

  private static func takenApart(_ reference: String, _ base: ParsedAddress?) -> String? {
    ParsedAddress.read(Array(reference.utf8)[...], relativeTo: base)
      .map { String(decoding: $0.serialized, as: UTF8.self) }
  }
}

/// An address of the web, taken apart; each part as it is written in the end.
private struct ParsedAddress {
  private var scheme: [UInt8]
  /// User, host and port.
  private var authority: [UInt8] = []
  /// Begins with `/`.
  private var path: [UInt8] = []
  /// With its `?`, and `#`; empty if there is none.
  private var query: [UInt8] = []
  private var fragment: [UInt8] = []

  var serialized: [UInt8] {
    scheme + Array("://".utf8) + authority + path + query + fragment
  }

  /// What stands before the path.
  var origin: String {
    String(decoding: scheme, as: UTF8.self) + "://" + String(decoding: authority, as: UTF8.self)
  }

  private init(scheme: [UInt8], authority: [UInt8], rest: ArraySlice<UInt8>) {
    self.scheme = scheme
    self.authority = authority
    setPath(rest, below: [])
  }

  /// - Returns: `nil` for what is no address of the web, or no address.
  static func read(
    _ written: ArraySlice<UInt8>, relativeTo base: ParsedAddress?
  ) -> ParsedAddress? {
    let scheme: [UInt8]
    var input = written.filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }[...]
    while let first = input.first, first <= 0x20 { input.removeFirst() }
    while let last = input.last, last <= 0x20 { input.removeLast() }
    if let colon = schemeEnd(of: input) {
      scheme = input[..<colon].map(lowered)
      input = input[(colon + 1)...]
      guard defaultPorts[scheme] != nil else { return nil }
      // `http:a` is relative where the base has the same scheme.
      if let base, base.scheme == scheme, !startsAuthority(input) {
        return ParsedAddress(relative: input, to: base)
      }
      input = input.drop(while: isSlash)
    } else {
      guard let base else { return nil }
      guard startsAuthority(input) else { return ParsedAddress(relative: input, to: base) }
      scheme = base.scheme
      input = input.drop(while: isSlash)
    }
    let end = input.firstIndex { isSlash($0) || $0 == 0x3F || $0 == 0x23 } ?? input.endIndex
    guard let authority = authority(input[..<end], defaultPort: defaultPorts[scheme]) else {
      return nil
    }
    return ParsedAddress(scheme: scheme, authority: authority, rest: input[end...])
  }

  /// What has neither scheme nor host of its own.
  private init(relative input: ArraySlice<UInt8>, to base: ParsedAddress) {
    self = base
    fragment = []
    guard let first = input.first else { return }
    if first == 0x3F {
      setQuery(input)
    } else if first == 0x23 {
      setFragment(input)
    } else if Self.isSlash(first) {
      setPath(input, below: [])
    } else {
      let folder = base.path[..<(base.path.lastIndex(of: 0x2F) ?? 0)]
      setPath([0x2F] + input, below: folder)
    }
  }

  // MARK: Parts

  /// The bytes before a `:` that make a scheme.
  private static func schemeEnd(of input: ArraySlice<UInt8>) -> Int? {
    guard let first = input.first, lowered(first) >= 0x61, lowered(first) <= 0x7A else {
      return nil
    }
    for index in input.indices {
      switch lowered(input[index]) {
      case 0x61...0x7A, 0x30...0x39, 0x2B, 0x2D, 0x2E: continue
      case 0x3A: return index
      default: return nil
      }
    }
    return nil
  }

  private static func startsAuthority(_ input: ArraySlice<UInt8>) -> Bool {
    input.count >= 2 && isSlash(input[input.startIndex]) && isSlash(input[input.startIndex + 1])
  }

  /// The schemes of the web with their ports (URL Standard, 3.1, without `file`).
  private static let defaultPorts: [[UInt8]: Int] = [
    Array("http".utf8): 80, Array("https".utf8): 443, Array("ftp".utf8): 21,
    Array("ws".utf8): 80, Array("wss".utf8): 443,
  ]

  private static func authority(_ input: ArraySlice<UInt8>, defaultPort: Int?) -> [UInt8]? {
    var result: [UInt8] = []
    var host = input
    if let at = input.lastIndex(of: 0x40) {
      escape(input[..<at], .user, into: &result)
      result.append(0x40)
      host = input[(at + 1)...]
    }
    var port: ArraySlice<UInt8> = []
    // The colons of an IPv6 address stand in brackets.
    let bracket = host.lastIndex(of: 0x5D) ?? host.startIndex
    if let colon = host[bracket...].lastIndex(of: 0x3A) {
      port = host[(colon + 1)...]
      host = host[..<colon]
    }
    guard let name = self.host(host) else { return nil }
    result += name
    if port.isEmpty { return result }
    guard port.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), port.count <= 10,
      let number = Int(String(decoding: port, as: UTF8.self)), number <= 65_535
    else { return nil }
    if number != defaultPort { result += Array(":\(number)".utf8) }
    return result
  }

  private static func host(_ input: ArraySlice<UInt8>) -> [UInt8]? {
    if input.first == 0x5B {
      let isAddress =
        input.last == 0x5D && input.count > 3
        && input.dropFirst().dropLast().allSatisfy {
          $0 == 0x3A || $0 == 0x2E || hexValue($0) != nil
        }
      return isAddress ? input.map(lowered) : nil
    }
    var host: [UInt8] = []
    var at = input.startIndex
    while at < input.endIndex {
      if input[at] == 0x25, at + 2 < input.endIndex, let high = hexValue(input[at + 1]),
        let low = hexValue(input[at + 2])
      {
        host.append(lowered(high << 4 | low))
        at += 3
      } else {
        host.append(lowered(input[at]))
        at += 1
      }
    }
    // Forbidden domain code points (URL Standard, 3.5).
    let isForbidden = host.contains {
      $0 <= 0x20 || $0 == 0x7F || "#/:<>?@[\\]^|%".utf8.contains($0)
    }
    return host.isEmpty || isForbidden ? nil : host
  }

  /// Path, query and fragment; the path's segments are put below `folder`, `.` and `..` resolved.
  private mutating func setPath(_ input: ArraySlice<UInt8>, below folder: ArraySlice<UInt8>) {
    let end = input.firstIndex { $0 == 0x3F || $0 == 0x23 } ?? input.endIndex
    path = Array(folder)
    var rest = input[..<end]
    if rest.isEmpty { path.append(0x2F) }
    while let slash = rest.first {
      assert(Self.isSlash(slash))
      rest.removeFirst()
      let segment = rest.prefix { !Self.isSlash($0) }
      rest = rest[segment.endIndex...]
      switch Self.dots(segment) {
      case 1:
        if rest.isEmpty { path.append(0x2F) }
      case 2:
        path.removeLast(path.count - (path.lastIndex(of: 0x2F) ?? 0))
        if rest.isEmpty { path.append(0x2F) }
      default:
        path.append(0x2F)
        Self.escape(segment, .path, into: &path)
      }
    }
    query = []
    fragment = []
    if end < input.endIndex {
      if input[end] == 0x3F { setQuery(input[end...]) } else { setFragment(input[end...]) }
    }
  }

  /// - Parameter input: Begins with `?`.
  private mutating func setQuery(_ input: ArraySlice<UInt8>) {
    let end = input.firstIndex(of: 0x23) ?? input.endIndex
    query = [0x3F]
    Self.escape(input[..<end].dropFirst(), .query, into: &query)
    if end < input.endIndex { setFragment(input[end...]) }
  }

  /// - Parameter input: Begins with `#`.
  private mutating func setFragment(_ input: ArraySlice<UInt8>) {
    fragment = [0x23]
    Self.escape(input.dropFirst(), .fragment, into: &fragment)
  }

  /// 1 for `.`, 2 for `..`, written plainly or as `%2e`; else 0.
  private static func dots(_ segment: ArraySlice<UInt8>) -> Int {
    var count = 0
    var rest = segment
    while !rest.isEmpty {
      if rest.first == 0x2E {
        rest = rest.dropFirst()
      } else if rest.prefix(3).map(lowered) == Array("%2e".utf8) {
        rest = rest.dropFirst(3)
      } else {
        return 0
      }
      count += 1
    }
    return count <= 2 ? count : 0
  }

  // MARK: Bytes

  /// Where bytes stand decides which of them are escaped (URL Standard, 1.3).
  private enum Place {
    case user, path, query, fragment

    func escapes(_ byte: UInt8) -> Bool {
      if byte <= 0x20 || byte >= 0x7F || byte == 0x22 || byte == 0x3C || byte == 0x3E {
        return true
      }
      switch self {
      case .fragment: return byte == 0x60
      case .query: return byte == 0x23 || byte == 0x27
      case .path: return "#?^`{}".utf8.contains(byte)
      case .user: return "#?^`{}/:;=@[\\]|".utf8.contains(byte)
      }
    }
  }

  private static func escape(
    _ bytes: ArraySlice<UInt8>, _ place: Place, into output: inout [UInt8]
  ) {
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in bytes {
      // The `:` between user and password stays.
      guard place.escapes(byte), !(place == .user && byte == 0x3A) else {
        output.append(byte)
        continue
      }
      output += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }

  private static func isSlash(_ byte: UInt8) -> Bool { byte == 0x2F || byte == 0x5C }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  private static func hexValue(_ byte: UInt8) -> UInt8? {
    switch lowered(byte) {
    case 0x30...0x39: byte - 0x30
    case 0x61...0x66: lowered(byte) - 0x61 + 10
    default: nil
    }
  }
}
