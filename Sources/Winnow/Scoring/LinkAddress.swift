// Where a link leads, as far as its bytes say: what `href` holds in, a kind and the parts of its path
// out. Nothing is resolved; hundreds of links a page are read.

/// A link's target beside the address of the page that it stands on.
struct LinkAddress {
  /// What kind of place it is, in an order that trees can split.
  enum Kind: UInt8 {
    case none, fragment, script, contact, own, other
  }

  private(set) var kind: Kind = .none
  /// The host of a target on another site, without `www.`.
  private(set) var host: Range<Int> = 0..<0
  /// The path behind the host.
  private(set) var path: Range<Int> = 0..<0
  /// What stands behind `?`.
  private(set) var query: Range<Int> = 0..<0

  /// Nowhere.
  init() {}

  /// - Parameters:
  ///   - bytes: The value of `href`.
  ///   - pageHost: The page's host without `www.`; empty if nobody knows it.
  init(_ bytes: UnsafeBufferPointer<UInt8>, pageHost: UnsafeBufferPointer<UInt8>) {
    var at = 0
    while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
    guard at < bytes.count else { return }
    if bytes[at] == UInt8(ascii: "#") {
      kind = .fragment
      return
    }
    if let colon = Self.schemeEnd(bytes, from: at) {
      // `http` and `https`; of others `mailto`, `tel` and `javascript` are common.
      guard bytes[at] | 0x20 == UInt8(ascii: "h") else {
        kind = bytes[at] | 0x20 == UInt8(ascii: "j") ? .script : .contact
        return
      }
      at = colon + 1
    }
    kind = .own
    if at + 1 < bytes.count, bytes[at] == UInt8(ascii: "/"), bytes[at + 1] == UInt8(ascii: "/") {
      at += 2
      let start = at
      while at < bytes.count, !Self.endsHost(bytes[at]) { at += 1 }
      let found = Self.withoutPrefix(bytes, start..<at)
      if !Self.isSame(UnsafeBufferPointer(rebasing: bytes[found]), pageHost) {
        kind = .other
        host = found
      }
    }
    let start = at
    while at < bytes.count, bytes[at] != UInt8(ascii: "?"), bytes[at] != UInt8(ascii: "#") {
      at += 1
    }
    path = start..<at
    if at < bytes.count, bytes[at] == UInt8(ascii: "?") {
      let start = at + 1
      while at < bytes.count, bytes[at] != UInt8(ascii: "#") { at += 1 }
      query = start..<max(start, at)
    }
  }

  /// The parts of a path, between slashes.
  @inline(__always)
  static func forEachPart(
    of path: Range<Int>, _ bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>) -> Void
  ) {
    var start = path.lowerBound
    for at in path where bytes[at] == UInt8(ascii: "/") {
      if start < at { body(start..<at) }
      start = at + 1
    }
    if start < path.upperBound { body(start..<path.upperBound) }
  }

  /// The host of an address, without `www.`.
  static func host(of address: String?) -> [UInt8] {
    guard let address else { return [] }
    let bytes = Array(address.utf8)
    return bytes.withUnsafeBufferPointer { bytes in
      let target = LinkAddress(bytes, pageHost: UnsafeBufferPointer(start: nil, count: 0))
      return Array(bytes[target.host])
    }
  }

  /// The colon behind a scheme.
  @inline(__always)
  private static func schemeEnd(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    var at = start
    while at < bytes.count, bytes[at] | 0x20 &- 0x61 < 26 || at > start && bytes[at] &- 0x2B < 15 {
      if bytes[at] == UInt8(ascii: "/") { return nil }
      at += 1
    }
    return at > start && at < bytes.count && bytes[at] == UInt8(ascii: ":") ? at : nil
  }

  @inline(__always)
  private static func endsHost(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#")
      || byte == UInt8(ascii: ":")
  }

  private static func withoutPrefix(
    _ bytes: UnsafeBufferPointer<UInt8>, _ host: Range<Int>
  ) -> Range<Int> {
    guard host.count > 4, bytes[host.lowerBound + 3] == UInt8(ascii: "."),
      bytes[host.lowerBound] | 0x20 == UInt8(ascii: "w")
    else { return host }
    return host.lowerBound + 4..<host.upperBound
  }

  /// Is one of two hosts the other, or does it end with it?
  private static func isSame(
    _ host: UnsafeBufferPointer<UInt8>, _ page: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard !host.isEmpty, !page.isEmpty else { return false }
    let (long, short) = host.count > page.count ? (host, page) : (page, host)
    let offset = long.count - short.count
    if offset > 0, long[offset - 1] != UInt8(ascii: ".") { return false }
    for at in short.indices where long[offset + at] | 0x20 != short[at] | 0x20 { return false }
    return true
  }
}
