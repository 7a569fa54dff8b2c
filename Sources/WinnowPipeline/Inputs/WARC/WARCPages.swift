// The pages of a web archive: records in; pages, failures and what was passed over out.

internal import Winnow

/// The pages of one WARC or ARC file.
struct WARCPages {
  private let page: PagePath
  private let stream: ContainerStream
  private let options: RecordOptions
  private let limit: Int

  /// A block may be longer than the page in it, by its HTTP head and what the page gains when it is
  /// cut into chunks.
  private static let blockExcess = 1 << 20

  init(_ stream: ContainerStream, at page: PagePath, options: RecordOptions, limit: Int) {
    self.stream = stream
    self.page = page
    self.options = options
    self.limit = limit
  }

  /// - Returns: `false` when `visit` ended it.
  func forEach(_ visit: (FetchEvent) -> Bool) -> Bool {
    var reader = WARCReader(stream)
    var storedBefore = 0
    while let event = reader.next() {
      switch event {
      case .damage(let damage, let place):
        guard visit(failure(damage, at: place)) else { return false }
      case .record(let record):
        guard visit(self.event(of: record, &reader, storedBefore)) else { return false }
        storedBefore = stream.bytesStored
      }
    }
    return true
  }

  private func failure(_ damage: WARCDamage, at place: ContainerPlace) -> FetchEvent {
    if case .packing(let damage) = damage { return .failure(.damagedContainer(damage), page) }
    return .failure(.damagedRecord(damage, place), path(place))
  }

  private func path(_ place: ContainerPlace) -> PagePath { page.appending(place.name) }

  private func event(
    of record: WARCRecord, _ reader: inout WARCReader, _ storedBefore: Int
  ) -> FetchEvent {
    switch record.type {
    case "response", "resource":
      let head = self.head(of: record, &reader)
      return isPage(head, &reader)
        ? fetch(record, head, &reader, storedBefore) : .passedOver(.otherMedia)
    case "conversion":
      let head = HTTPHead(bodyOf: record.contentType)
      let isText = record.contentType?.name == "text/plain"
      guard isText || head.contentType?.isHTML == true else { return .passedOver(.otherMedia) }
      return fetch(record, head, &reader, storedBefore, as: isText ? .text : .html)
    case "revisit": return .passedOver(.revisitRecord)
    default: return .passedOver(.otherRecord)
    }
  }

  /// What is known of the body before it is read.
  private func head(of record: WARCRecord, _ reader: inout WARCReader) -> HTTPHead {
    let head = reader.peek(HTTPHead.mostBytes) { HTTPHead($0) }
    // ARC names the body's type in the record's line, WARC the type of the whole message.
    if head.length > 0 { return head }
    let isMessage = record.contentType?.name == "application/http"
    return HTTPHead(bodyOf: isMessage ? nil : record.contentType)
  }

  private func isPage(_ head: HTTPHead, _ reader: inout WARCReader) -> Bool {
    if let status = head.status, !(200...299).contains(status), !options.includesErrors {
      return false
    }
    if let type = head.contentType, !type.name.isEmpty { return type.isHTML }
    // Nobody says what it is: a page begins with a tag, a comment or a doctype.
    guard head.contentEncodings.isEmpty, !head.isChunked else { return true }
    return reader.peek(head.length + 64) { bytes in
      bytes.dropFirst(head.length).first { !$0.isHeaderSpace } == UInt8(ascii: "<")
    }
  }

  private func fetch(
    _ record: WARCRecord, _ head: HTTPHead, _ reader: inout WARCReader, _ storedBefore: Int,
    as form: Page.Format = .html
  ) -> FetchEvent {
    let path = path(record.place)
    guard record.length <= limit + Self.blockExcess else {
      return .failure(.tooLarge(bytes: record.length, limit: limit), path)
    }
    let block = reader.takeBlock()
    if block.count < record.length {
      // The reader tells of a block that ends early, as its next event.
      guard let whole = head.contentLength, block.count - head.length >= whole else {
        return .passedOver(.brokenRecord)
      }
      reader.forgiveShortBlock()
    }
    do throws(HTTPBody.Failure) {
      let body = try HTTPBody.decode(Array(block.dropFirst(head.length)), head, limit: limit)
      var page = Page(bytes: body, url: record.target, httpCharset: head.contentType?.charset)
      page.format = form
      page.saved = record.date
      page.recordID = record.id
      return .page(FetchedPage(of: page, stored: stream.bytesStored - storedBefore), path)
    } catch {
      switch error {
      case .tooLarge: return .failure(.tooLarge(bytes: limit + 1, limit: limit), path)
      case .unsupported(let encoding): return .failure(.unsupportedEncoding(encoding), path)
      }
    }
  }
}
