// Which addresses a document may link to.

enum LinkTarget {
  /// The address if a reader can follow it without harm, else `nil`.
  ///
  /// http, https, mailto and relative addresses pass. Schemes are read as browsers read them: tabs
  /// and line breaks do not count, nor controls and spaces at the start (URL Standard, 4.4).
  static func safe(_ address: String) -> String? {
    let kept = address.unicodeScalars.filter { !($0 == "\t" || $0 == "\n" || $0 == "\r") }
    let trimmed = kept.drop { $0.value <= 0x20 }
    var scheme = ""
    for scalar in trimmed {
      switch scalar {
      case ":": return isAllowed(scheme) ? String(String.UnicodeScalarView(trimmed)) : nil
      case "a"..."z", "A"..."Z", "0"..."9", "+", "-", ".": scheme.unicodeScalars.append(scalar)
      default: return String(String.UnicodeScalarView(trimmed))
      }
    }
    return String(String.UnicodeScalarView(trimmed))
  }

  private static func isAllowed(_ scheme: String) -> Bool {
    ["http", "https", "mailto"].contains(scheme.lowercased())
  }
}
