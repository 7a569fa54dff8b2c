// Header fields as WARC and HTTP have them: lines in, values by name out. Lenient, as what was
// crawled needs it: bare line feeds, folded lines, lines that are no field.

/// The fields of one header, in order.
struct HeaderFields: Sendable, Equatable {
  /// Names in small letters; values without white space around them.
  private(set) var fields: [(name: String, value: [UInt8])] = []

  static func == (one: Self, other: Self) -> Bool {
    one.fields.elementsEqual(other.fields) { $0.name == $1.name && $0.value == $1.value }
  }

  /// The value of the first field called `name`, which is written in small letters.
  subscript(name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }

  func text(_ name: String) -> String? {
    self[name].map { String(decoding: $0, as: UTF8.self) }
  }

  /// Takes one line without its LF. One that begins with white space continues the field before it;
  /// one without a colon says nothing.
  mutating func add(line: ArraySlice<UInt8>) {
    if let first = line.first, first.isHeaderSpace, !fields.isEmpty {
      let more = line.trimmed
      if !more.isEmpty { fields[fields.count - 1].value += [0x20] + more }
      return
    }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
    let name = line[..<colon].trimmed
    guard !name.isEmpty else { return }
    fields.append((Self.lowercased(name), Array(line[(colon + 1)...].trimmed)))
  }

  static func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}

/// A media type as `Content-Type` has it.
struct MediaType: Sendable, Equatable {
  /// `type/subtype` in small letters.
  let name: String
  let charset: String?

  init(_ value: [UInt8]) {
    let parts = value.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    name = HeaderFields.lowercased(parts[0].trimmed)
    charset =
      parts.dropFirst().lazy.compactMap { part -> String? in
        let part = part.trimmed
        guard let equals = part.firstIndex(of: UInt8(ascii: "=")),
          HeaderFields.lowercased(part[..<equals].trimmed) == "charset"
        else { return nil }
        return String(decoding: part[(equals + 1)...].trimmed, as: UTF8.self)
      }.first
  }

  var isHTML: Bool { name == "text/html" || name == "application/xhtml+xml" }
}

extension ArraySlice<UInt8> {
  /// Without spaces, tabs, CR and LF around it.
  var trimmed: ArraySlice<UInt8> {
    guard let first = firstIndex(where: { !$0.isHeaderSpace }),
      let last = lastIndex(where: { !$0.isHeaderSpace })
    else { return [] }
    return self[first...last]
  }

  /// A number written in decimal digits alone; `nil` if it is none or does not fit.
  var decimal: Int? {
    guard !isEmpty else { return nil }
    var number = 0
    for byte in self {
      guard 0x30...0x39 ~= byte else { return nil }
      let (product, overflow) = number.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(Int(byte - 0x30))
      if overflow || carry { return nil }
      number = sum
    }
    return number
  }
}

extension UInt8 {
  var isHeaderSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0D || self == 0x0A }
}
