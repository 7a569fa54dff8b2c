// The header of one record of a web archive, of either format.

/// What a record says of itself; its block follows in the stream.
struct WARCRecord: Sendable, Equatable {
  /// Of the header's first byte.
  var place: ContainerPlace
  /// `response`, `resource`, `revisit` and so on, in small letters.
  var type: String
  /// The address that was fetched.
  var target: String?
  /// ISO 8601 in UTC.
  var date: String?
  var id: String?
  var contentType: MediaType?
  /// Bytes of the block.
  var length: Int
  /// Of the page, as a crawler recognised them: codes of ISO 639, the likeliest first.
  var languages: [String] = []
  /// As they are stated; `nil` when they are not, or in a way that cannot be checked.
  var blockDigest: StatedDigest?
  var payloadDigest: StatedDigest?
}

extension WARCRecord {
  /// A record of the WARC format (ISO 28500); `nil` without a usable length.
  init?(_ fields: HeaderFields, at place: ContainerPlace) {
    guard let length = fields["content-length"].flatMap({ $0[...].decimal }) else { return nil }
    self.place = place
    self.length = length
    type = fields["warc-type"].map { HeaderFields.lowercased($0[...]) } ?? ""
    target = fields["warc-target-uri"].map(Self.address)
    date = fields.text("warc-date")
    id = fields["warc-record-id"].map(Self.address)
    contentType = fields["content-type"].map { MediaType($0) }
    languages = fields["warc-identified-content-language"].map(HTTPHead.tags) ?? []
    blockDigest = fields["warc-block-digest"].flatMap { StatedDigest($0) }
    payloadDigest = fields["warc-payload-digest"].flatMap { StatedDigest($0) }
  }

  /// Some writers put addresses into `< >`, as WARC 1.0 seems to ask.
  private static func address(_ value: [UInt8]) -> String {
    let isBracketed = value.count > 2 && value.first == 0x3C && value.last == 0x3E
    return String(decoding: isBracketed ? value[1..<(value.count - 1)] : value[...], as: UTF8.self)
  }
}

extension WARCRecord {
  /// The line that begins a record of an ARC file.
  ///
  /// Source: Burner and Kahle, "Arc File Format", 1996: fields between spaces; five in version 1,
  /// ten in version 2. Addresses are known to hold spaces, so the other fields are counted from the
  /// end.
  enum ARCLine: Equatable {
    case record(WARCRecord)
    /// It looks like such a line but has no usable length.
    case broken
    case other
  }

  static func arc(line: ArraySlice<UInt8>, at place: ContainerPlace) -> ARCLine {
    let fields = line.trimmed.split(separator: 0x20)
    guard fields.count >= 5, isAddress(fields[0]) else { return .other }
    // From the end, the date is third in version 1 and eighth in version 2.
    let dates = [fields.count - 3, fields.count - 8].filter { $0 >= 2 }
    guard let date = dates.first(where: { isDate(fields[$0]) }) else { return .other }
    let isDocument = !fields[0].starts(with: "filedesc:".utf8)
    guard let length = fields[fields.count - 1].decimal else { return .broken }
    let address = fields[..<(date - 1)].joined(separator: [0x20])
    return .record(
      WARCRecord(
        place: place, type: isDocument ? "response" : "warcinfo",
        target: String(decoding: Array(address), as: UTF8.self), date: isoDate(fields[date]),
        id: nil, contentType: MediaType(Array(fields[date + 1])), length: length))
  }

  /// Begins with a scheme.
  private static func isAddress(_ field: ArraySlice<UInt8>) -> Bool {
    guard let colon = field.firstIndex(of: UInt8(ascii: ":")), colon > field.startIndex else {
      return false
    }
    return field[..<colon].allSatisfy { 0x61...0x7A ~= $0 | 0x20 }
  }

  private static func isDate(_ field: ArraySlice<UInt8>) -> Bool {
    field.count >= 8 && field.allSatisfy { 0x30...0x39 ~= $0 }
  }

  /// `20140216050221` as `2014-02-16T05:02:21Z`; `nil` for other lengths.
  private static func isoDate(_ field: ArraySlice<UInt8>) -> String? {
    guard field.count == 14 else { return nil }
    let digits = Array(String(decoding: field, as: UTF8.self))
    func part(_ range: Range<Int>) -> String { String(digits[range]) }
    return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
      + "T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z"
  }
}
