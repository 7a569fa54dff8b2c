// Addresses that need not be taken apart, as nearly all links of pages are: nothing in them is to be
// lowered, escaped or resolved.

/// What an address is, told by its bytes alone.
enum PlainAddress {
  /// Written as it is in the end: `http` or `https`, a host in small letters, a path.
  case whole
  /// As above, without scheme and host.
  case path
  case other

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var at = 0
    if bytes.starts(with: "https://".utf8) {
      at = 8
    } else if bytes.starts(with: "http://".utf8) {
      at = 7
    }
    let isWhole = at > 0
    let host = at
    while isWhole, at < bytes.count, Self.isOfHost(bytes[at]) { at += 1 }
    // A path that begins with two slashes begins with a host.
    guard isWhole == (at > host), at < bytes.count, bytes[at] == UInt8(ascii: "/"),
      isWhole || at + 1 == bytes.count || bytes[at + 1] != UInt8(ascii: "/")
    else {
      self = .other
      return
    }
    while at < bytes.count {
      let byte = bytes[at]
      // A segment of dots, also as `%2e`, would have to be resolved.
      let mayBeDots =
        byte == UInt8(ascii: "/") && at + 1 < bytes.count
        && (bytes[at + 1] == UInt8(ascii: ".") || bytes[at + 1] == UInt8(ascii: "%"))
      guard Self.isKept(byte), !mayBeDots else {
        self = .other
        return
      }
      at += 1
    }
    self = isWhole ? .whole : .path
  }

  private static func isOfHost(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
      || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
      || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
  }

  /// Is the byte neither white space nor escaped nor read as another, wherever it stands?
  private static func isKept(_ byte: UInt8) -> Bool {
    guard byte > 0x20, byte < 0x7F else { return false }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: "\\"), UInt8(ascii: "^"), UInt8(ascii: "`"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      return false
    default: return true
    }
  }
}
