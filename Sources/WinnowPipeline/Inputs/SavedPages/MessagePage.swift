// The page in a web page saved as one file (MHTML): a MIME message in, its root part out.
//
// Only what such files hold is read: multipart bodies, one inside another, and the two encodings of
// bodies. Damaged and cut off messages give what there is of the page.

internal import Winnow

enum MessagePage {
  /// - Throws: `noRootPart` when no part of the message is a page.
  static func page(in message: [UInt8]) throws(FetchFailure) -> Page {
    let whole = MessagePart(message[...])
    guard let root = root(of: whole, depth: 0) else { throw .noRootPart }
    let type = root.type
    var page = Page(
      bytes: TransferEncoding.decoded(root.body, as: root.transferEncoding),
      httpCharset: type.charset)
    page.url =
      [
        root.header["content-location"], whole.header["snapshot-content-location"],
        whole.header["content-location"],
      ].compactMap { $0.flatMap(address) }.first
    page.saved = whole.header["date"].flatMap { SavedDate.iso($0[...]) }
    return page
  }

  /// Multipart bodies inside one another that are followed.
  private static let mostDepth = 8

  /// The part that is the page: the one that `start` names, else the first of HTML.
  ///
  /// Source: RFC 2387, 3.2.
  private static func root(of part: MessagePart, depth: Int) -> MessagePart? {
    let type = part.type
    // Some programs write no type, and a message with a page alone in it.
    if type.isHTML || type.name == "application/xml" { return part }
    guard type.name.starts(with: "multipart/"), depth < mostDepth,
      let boundary = type.parameter("boundary"), !boundary.isEmpty
    else { return nil }
    let start = type.parameter("start")
    var first: MessagePart?
    for inner in MessageParts(of: part.body, boundary: boundary) {
      guard let root = root(of: inner, depth: depth + 1) else { continue }
      guard let start else { return root }
      if inner.header.text("content-id") == start { return root }
      first = first ?? root
    }
    return first
  }

  /// An absolute address; cut into lines where it was too long.
  private static func address(_ value: [UInt8]) -> String? {
    let text = value.filter { !$0.isHeaderSpace }
    guard let colon = text.firstIndex(of: UInt8(ascii: ":")),
      text[..<colon].allSatisfy({ 0x61...0x7A ~= $0 | 0x20 }), !text.starts(with: "cid:".utf8)
    else { return nil }
    return String(decoding: text, as: UTF8.self)
  }
}

/// A header and what follows it.
struct MessagePart {
  var header = HeaderFields()
  var body: ArraySlice<UInt8>

  /// Bytes and fields that are read of a header.
  private static let mostBytes = 1 << 16
  private static let mostFields = 1000

  init(_ bytes: ArraySlice<UInt8>) {
    var at = bytes.startIndex
    let end = bytes.prefix(Self.mostBytes).endIndex
    while at < end, header.fields.count < Self.mostFields {
      let lineEnd = bytes[at..<end].firstIndex(of: 0x0A) ?? end
      let line = bytes[at..<lineEnd]
      at = min(lineEnd + 1, end)
      if line.isEmpty || line.elementsEqual([0x0D]) { break }
      header.add(line: line)
    }
    body = bytes[at...]
  }

  var type: MediaType { MediaType(header["content-type"] ?? []) }

  var transferEncoding: String {
    header["content-transfer-encoding"].map { HeaderFields.lowercased($0[...]) } ?? ""
  }
}

/// The parts between the lines of a boundary, one after another.
///
/// Source: RFC 2046, 5.1.1. What stands before the first line and behind the last is no part.
struct MessageParts: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>?
  private let delimiter: String

  init(of body: ArraySlice<UInt8>, boundary: String) {
    delimiter = "--" + boundary
    rest = body
    rest = cut()?.rest
  }

  mutating func next() -> MessagePart? {
    guard let current = rest else { return nil }
    guard let cut = cut() else {
      // The last line is missing: the message was cut off.
      rest = nil
      return current.isEmpty ? nil : MessagePart(current)
    }
    rest = cut.rest
    return MessagePart(cut.part)
  }

  /// The bytes up to the next line of the boundary, and those behind it unless it is the last.
  private func cut() -> (part: ArraySlice<UInt8>, rest: ArraySlice<UInt8>?)? {
    guard let rest else { return nil }
    var from = rest.startIndex
    while let found = rest[from...].firstPlace(of: delimiter) {
      from = found.upperBound
      guard found.lowerBound == rest.startIndex || rest[found.lowerBound - 1] == 0x0A else {
        continue
      }
      let lineEnd = rest[from...].firstIndex(of: 0x0A) ?? rest.endIndex
      let tail = rest[from..<lineEnd].trimmed
      let isLast = tail.elementsEqual("--".utf8)
      // A boundary may be the beginning of another.
      guard isLast || tail.isEmpty else { continue }
      let part = rest[..<found.lowerBound]
      return (part, isLast ? nil : rest[Swift.min(lineEnd + 1, rest.endIndex)...])
    }
    return nil
  }
}
