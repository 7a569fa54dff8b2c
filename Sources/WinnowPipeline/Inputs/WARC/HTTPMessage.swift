// A stored HTTP response: the block of a record in, what its head says and its body out.

/// The head of a response: its status and the fields that say how to read its body.
struct HTTPHead: Sendable, Equatable {
  /// `nil` when the block has no status line and is all body.
  var status: Int?
  var contentType: MediaType?
  /// Of the page, as BCP 47 tags.
  var languages: [String] = []
  /// In the order in which they were applied, in small letters.
  var contentEncodings: [String] = []
  var isChunked = false
  /// Bytes of the body, if the head says.
  var contentLength: Int?
  /// Bytes up to the body.
  var length = 0

  /// Bytes and fields that are read of a head.
  static let mostBytes = 1 << 16
  static let mostFields = 1000

  /// - Parameter bytes: The block's first `mostBytes`, or all of it.
  init(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    guard bytes.starts(with: "HTTP/".utf8) else { return }
    var fields = HeaderFields()
    var at = bytes.startIndex
    var isFirst = true
    while at < bytes.endIndex {
      let end = bytes[at...].firstIndex(of: 0x0A) ?? bytes.endIndex
      let line = Array(bytes[at..<end])
      at = min(end + 1, bytes.endIndex)
      if isFirst {
        status = Self.status(line)
        isFirst = false
      } else if line.isEmpty || line == [0x0D] {
        break
      } else if fields.fields.count < Self.mostFields {
        fields.add(line: line[...])
      }
    }
    length = at - bytes.startIndex
    contentType = fields["content-type"].map { MediaType($0) }
    contentLength = fields["content-length"].flatMap { $0[...].decimal }
    contentEncodings = Self.words(of: "content-encoding", in: fields)
    languages = fields["content-language"].map(Self.tags) ?? []
    isChunked = Self.words(of: "transfer-encoding", in: fields).contains("chunked")
  }

  /// Of a record that holds a body alone.
  init(bodyOf type: MediaType?) {
    contentType = type
  }

  /// What stands between commas.
  static func tags(_ value: [UInt8]) -> [String] {
    value.split(separator: UInt8(ascii: ",")).map { String(decoding: $0.trimmed, as: UTF8.self) }
      .filter { !$0.isEmpty }
  }

  private static func status(_ line: [UInt8]) -> Int? {
    let parts = line[...].trimmed.split(separator: 0x20)
    return parts.count > 1 ? parts[1].decimal : nil
  }

  /// A field may stand several times, and hold several words between commas.
  private static func words(of name: String, in fields: HeaderFields) -> [String] {
    fields.fields.filter { $0.name == name }.flatMap { field in
      field.value.split(separator: UInt8(ascii: ",")).map { HeaderFields.lowercased($0.trimmed) }
    }.filter { !$0.isEmpty && $0 != "identity" && $0 != "none" }
  }
}
