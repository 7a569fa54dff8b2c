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
  /// With its quotes, if it has some.
  var charset: String? { value(of: "charset") }
  private let parameters: [ArraySlice<UInt8>]

  init(_ value: [UInt8]) {
    var parts = Self.parts(of: value[...])
    name = HeaderFields.lowercased(parts.removeFirst().trimmed)
    parameters = parts
  }

  /// What stands between semicolons outside quotes; at least one part.
  private static func parts(of value: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var parts: [ArraySlice<UInt8>] = []
    var start = value.startIndex
    var isQuoted = false
    for at in value.indices {
      if value[at] == UInt8(ascii: "\"") { isQuoted.toggle() }
      guard value[at] == UInt8(ascii: ";"), !isQuoted else { continue }
      parts.append(value[start..<at])
      start = at + 1
    }
    return parts + [value[start...]]
  }

  private func value(of parameter: String) -> String? {
    parameters.lazy.compactMap { part -> String? in
      let part = part.trimmed
      guard let equals = part.firstIndex(of: UInt8(ascii: "=")),
        HeaderFields.lowercased(part[..<equals].trimmed) == parameter
      else { return nil }
      return String(decoding: part[(equals + 1)...].trimmed, as: UTF8.self)
    }.first
  }

  /// The value of a parameter, without quotes around it.
  func parameter(_ name: String) -> String? {
    guard let value = value(of: name) else { return nil }
    let isQuoted = value.utf8.count > 1 && value.hasPrefix("\"") && value.hasSuffix("\"")
    return isQuoted ? String(value.dropFirst().dropLast()) : value
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
