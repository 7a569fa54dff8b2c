// The few things that metadata needs of an address: its host, its date, and making it whole.

struct WebAddress {
  /// As given, without white space around it.
  let text: String

  init?(_ text: String?) {
    guard let text, !text.isEmpty else { return nil }
    self.text = text
  }

  /// After `://`, up to the next `/`, `?` or `#`.
  private var hostRange: Range<String.Index>? {
    let utf8 = text.utf8
    guard let colon = utf8.firstIndex(of: 0x3A), utf8[colon...].starts(with: "://".utf8) else {
      return nil
    }
    let start = utf8.index(colon, offsetBy: 3)
    let end = utf8[start...].firstIndex { $0 == 0x2F || $0 == 0x3F || $0 == 0x23 }
    return start..<(end ?? text.endIndex)
  }

  var host: String? { hostRange.map { text[$0].lowercased() } }

  /// The label that people take for the site's name: `theatlantic` of `www.theatlantic.com`.
  var siteLabel: String? {
    guard let host else { return nil }
    let labels = host.split(separator: ".")
    guard labels.count > 1 else { return nil }
    // "co.uk" and its like: a short label before a country's.
    let last = labels.count - 2
    if last > 0, labels[last].utf8.count <= 3, labels[last + 1].utf8.count == 2 {
      return String(labels[last - 1])
    }
    return String(labels[last])
  }

  /// Another address, relative to this one, made whole; `nil` when it cannot be.
  static func absolute(_ address: String, on page: WebAddress?) -> String? {
    let lowered = address.prefix(8).lowercased()
    if lowered.hasPrefix("http://") || lowered.hasPrefix("https://") {
      return address.utf8.count > 10 ? address : nil
    }
    guard !address.isEmpty, let page = page.flatMap({ AddressResolver(base: $0.text) }) else {
      return nil
    }
    return AddressResolver.absolute(address, on: page)
  }

  /// A date in the path: `/2024/05/01/`, `/2024-05-01-`, `20240501`.
  var date: CalendarDate? {
    guard let host = hostRange else { return nil }
    let path = Array(text[host.upperBound...].utf8.prefix(400))
    var at = 0
    while at < path.count {
      guard 0x30...0x39 ~= path[at] else {
        at += 1
        continue
      }
      let start = at
      while at < path.count, 0x30...0x39 ~= path[at] { at += 1 }
      if at - start == 8 {
        let value = Self.number(path[start..<at])
        let date = CalendarDate(year: value / 10000, month: value / 100 % 100, day: value % 100)
        if date.isValid { return date }
      }
      guard at - start == 4, at < path.count, [0x2F, 0x2D, 0x5F].contains(path[at]) else {
        continue
      }
      let year = Self.number(path[start..<at])
      var next = at + 1
      guard let month = Self.short(path, &next), next < path.count,
        [0x2F, 0x2D, 0x5F].contains(path[next])
      else { continue }
      next += 1
      guard let day = Self.short(path, &next) else { continue }
      let date = CalendarDate(year: year, month: month, day: day)
      if date.isValid { return date }
    }
    return nil
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int {
    digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
  }

  /// A number of one or two digits.
  private static func short(_ path: [UInt8], _ at: inout Int) -> Int? {
    let start = at
    while at < path.count, 0x30...0x39 ~= path[at] { at += 1 }
    guard 1...2 ~= at - start else { return nil }
    return number(path[start..<at])
  }
}
