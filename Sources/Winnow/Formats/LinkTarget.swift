// Which addresses a document may link to.

enum LinkTarget {
  /// The address if a reader can follow it without harm, else `nil`.
  ///
  /// Relative addresses pass, and those of schemes that name places or start a message. Schemes are
  /// read as browsers read them: tabs and line breaks do not count, nor controls and spaces at the
  /// start (URL Standard, 4.4).
  static func safe(_ address: String) -> String? { safe(address, schemes) }

  /// The address of an image: relative, or of the web.
  static func safeImage(_ address: String) -> String? { safe(address, ["http", "https"]) }

  private static func safe(_ address: String, _ schemes: Set<String>) -> String? {
    var address = address
    let isPlain = address.withUTF8 { Self.isPlain($0) }
    if isPlain { return address }
    var kept = address.utf8.filter { !($0 == 0x09 || $0 == 0x0A || $0 == 0x0D) }[...]
    kept = kept.drop { $0 <= 0x20 }
    let scheme = kept.prefix(while: isOfScheme)
    if scheme.endIndex < kept.endIndex, kept[scheme.endIndex] == UInt8(ascii: ":"),
      !schemes.contains(String(decoding: scheme, as: UTF8.self).lowercased())
    {
      return nil
    }
    return String(decoding: kept, as: UTF8.self)
  }

  /// Is it an address that passes as it is, as nearly all do: of the web, or without a scheme?
  private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first, first > 0x20,
      !bytes.contains(where: { $0 == 0x09 || $0 == 0x0A || $0 == 0x0D })
    else { return bytes.isEmpty }
    guard let end = bytes.firstIndex(where: { !isOfScheme($0) }),
      bytes[end] == UInt8(ascii: ":")
    else { return true }
    let scheme = bytes[..<end]
    return scheme.elementsEqual("https".utf8) || scheme.elementsEqual("http".utf8)
  }

  private static func isOfScheme(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  /// Source: HTML Standard, 8.9.1.1 (the safelisted schemes), with those of the web.
  private static let schemes: Set<String> = [
    "http", "https", "bitcoin", "ftp", "ftps", "geo", "im", "irc", "ircs", "magnet", "mailto",
    "matrix", "mms", "news", "nntp", "openpgp4fpr", "sftp", "sip", "sms", "smsto", "ssh", "tel",
    "urn", "webcal", "wtai", "xmpp",
  ]
}
