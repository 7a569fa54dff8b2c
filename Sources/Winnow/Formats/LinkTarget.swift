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
    let kept = address.unicodeScalars.filter { !($0 == "\t" || $0 == "\n" || $0 == "\r") }
    let trimmed = kept.drop { $0.value <= 0x20 }
    var scheme = ""
    for scalar in trimmed {
      switch scalar {
      case ":":
        return schemes.contains(scheme.lowercased())
          ? String(String.UnicodeScalarView(trimmed)) : nil
      case "a"..."z", "A"..."Z", "0"..."9", "+", "-", ".": scheme.unicodeScalars.append(scalar)
      default: return String(String.UnicodeScalarView(trimmed))
      }
    }
    return String(String.UnicodeScalarView(trimmed))
  }

  /// Source: HTML Standard, 8.9.1.1 (the safelisted schemes), with those of the web.
  private static let schemes: Set<String> = [
    "http", "https", "bitcoin", "ftp", "ftps", "geo", "im", "irc", "ircs", "magnet", "mailto",
    "matrix", "mms", "news", "nntp", "openpgp4fpr", "sftp", "sip", "sms", "smsto", "ssh", "tel",
    "urn", "webcal", "wtai", "xmpp",
  ]
}
