// JSON Lines: one page a line in, pages and failures out, a line at a time.

package import Winnow

/// The pages of one file of JSON lines.
struct JSONLines {
  private let page: PagePath
  private let stream: ContainerStream
  private let fields: LineOptions
  private let selection: PageSelection
  private let limit: Int

  /// Bytes of a line that are read. Escapes can make a page several times as long as it is, but
  /// longer lines are no pages.
  static let longestLine = 100 << 20

  init(
    _ stream: ContainerStream, at page: PagePath, fields: LineOptions, selection: PageSelection,
    limit: Int
  ) {
    self.stream = stream
    self.page = page
    self.fields = fields
    self.selection = selection
    self.limit = limit
  }

  /// - Parameter first: The number of the line to begin at; those before are not looked at.
  /// - Returns: `false` when `visit` ended it.
  func forEach(from first: Int = 1, _ visit: (FetchEvent) -> Bool) -> Bool {
    var number = 0
    while number < first - 1, stream.skipWholeLine() { number += 1 }
    var storedBefore = 0
    while true {
      let offset = stream.place
      guard let line = stream.line(limit: Self.longestLine) else { break }
      number += 1
      let event: FetchEvent?
      switch line {
      case .tooLong(let bytes): event = failure(.long(bytes: bytes), number, offset)
      case .line(let bytes): event = self.event(of: bytes, number, offset, stored: storedBefore)
      case .unended(let bytes):
        // Damage may have taken its end.
        if stream.damage != nil {
          event = nil
        } else {
          event = self.event(of: bytes, number, offset, stored: storedBefore)
        }
      }
      storedBefore = stream.bytesStored
      if let event, !visit(event) { return false }
    }
    if let damage = stream.damage { return visit(.failure(.damagedContainer(damage), page)) }
    return true
  }

  private func failure(
    _ reason: LineFault, _ number: Int, _ place: ContainerPlace
  ) -> FetchEvent {
    .failure(.badLine(number: number, place, reason), path(number))
  }

  /// Lines are only added at the end of such files, so that a line's number stays the same.
  private func path(_ number: Int) -> PagePath {
    page.appending(Array(ContainerPlace.padded(number).utf8))
  }

  /// - Returns: `nil` for an empty line.
  private func event(
    of line: [UInt8], _ number: Int, _ place: ContainerPlace, stored: Int
  ) -> FetchEvent? {
    let isBlank = line.allSatisfy { $0.isHeaderSpace }
    if isBlank || (number == 1 && line == [0xEF, 0xBB, 0xBF]) { return nil }
    let value: JSONValue
    do throws(JSONSyntaxError) {
      value = try JSONValue(reading: line, JSONReaderOptions(repairsStrings: true))
    } catch {
      return failure(.syntax(error), number, place)
    }
    guard value.object != nil else { return failure(.noObject, number, place) }
    guard let (text, form) = content(of: value) else {
      let names = value.object?.filter { $0.value.string != nil }.map(\.key) ?? []
      return failure(.noContent(fields, there: names), number, place)
    }
    var page = Page(
      bytes: Array(text.utf8), url: value[fields.url]?.string,
      // The text is decoded already, whatever the page says of itself.
      httpCharset: "utf-8")
    if let unwanted = selection.refusal(url: page.url) { return .passedOver(PassedOver(unwanted)) }
    page.format = form
    page.recordID = identifier(value[fields.id])
    guard page.bytes.count <= limit else {
      return .failure(.tooLarge(bytes: page.bytes.count, limit: limit), path(number))
    }
    return .page(FetchedPage(of: page, stored: stream.bytesStored - stored), path(number))
  }

  private func content(of line: JSONValue) -> (String, Page.Format)? {
    if let html = line[fields.html]?.string { return (html, .html) }
    if let text = line[fields.text]?.string { return (text, .text) }
    return nil
  }

  private func identifier(_ value: JSONValue?) -> String? {
    value?.string ?? value?.integer.map(String.init)
  }
}

/// Why a line gave no page.
package enum LineFault: Sendable, Equatable, CustomStringConvertible {
  case long(bytes: Int)
  case syntax(JSONSyntaxError)
  case noObject
  /// `there`: the names of the strings that the line has.
  case noContent(LineOptions, there: [String])

  package var description: String {
    switch self {
    case .long(let bytes):
      "has \(bytes) bytes, more than \(JSONLines.longestLine)"
    case .syntax(let error): "is no JSON: \(error), at byte \(error.offset) of the line"
    case .noObject: "is no object, { }; an array needs a line for each element (jq -c '.[]')"
    case .noContent(let fields, let there):
      "has no string called \(fields.html) or \(fields.text)\(Self.list(there)); fetch.lines names "
        + "the fields"
    }
  }

  private static func list(_ names: [String]) -> String {
    guard !names.isEmpty else { return "" }
    let shown = names.prefix(8).map { EscapedPath(Array($0.utf8)).description }
    return " but \(shown.joined(separator: ", "))\(names.count > shown.count ? " and others" : "")"
  }
}
