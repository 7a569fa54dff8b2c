// The pages of a web archive: records in; pages, failures and what was passed over out.

internal import Winnow

/// The pages of one WARC or ARC file.
struct WARCPages {
  private let page: PagePath
  private let stream: ContainerStream
  private let selection: RecordSelection
  private let checksDigests: Bool
  private let limit: Int

  /// A block may be longer than the page in it, by its HTTP head and what the page gains when it is
  /// cut into chunks.
  private static let blockExcess = 1 << 20

  init(
    _ stream: ContainerStream, at page: PagePath, options: RecordOptions,
    selection: PageSelection, limit: Int
  ) {
    self.stream = stream
    self.page = page
    self.selection = RecordSelection(options, selection)
    checksDigests = options.checksDigests
    self.limit = limit
  }

  /// - Parameter place: Of the record to begin at, if not the first.
  /// - Returns: `false` when `visit` ended it.
  func forEach(from place: ContainerPlace? = nil, _ visit: (FetchEvent) -> Bool) -> Bool {
    var reader = WARCReader(stream)
    if let place { reader.seek(to: place) }
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
    if let kind = selection.refusal(of: record) { return passOver(kind, record, &reader) }
    let head = head(of: record, &reader)
    switch selection.verdict(on: record, head) {
    case .take(let isText):
      return fetch(record, head, &reader, storedBefore, as: isText ? .text : .html)
    case .look:
      return beginsPage(head, &reader)
        ? fetch(record, head, &reader, storedBefore, as: .html)
        : passOver(.otherMedia, record, &reader)
    case .passOver(let kind):
      return passOver(kind, record, &reader)
    }
  }

  private func passOver(
    _ kind: PassedOver, _ record: WARCRecord, _ reader: inout WARCReader
  ) -> FetchEvent {
    guard checksDigests else { return .passedOver(kind) }
    let start = reader.peek(HTTPHead.mostBytes) { bytes in
      // Over chunks a digest may be computed in two ways; without them it takes the whole body.
      HTTPHead(bytes).isChunked ? nil : record.payloadStart(in: bytes)
    }
    guard var check = DigestCheck(record, payloadStart: start),
      reader.readBlock({ check.add($0) }), let mismatch = check.mismatch()
    else { return .passedOver(kind) }
    return .failure(.wrongDigest(mismatch, record.place), path(record.place))
  }

  /// What is known of the body before it is read.
  private func head(of record: WARCRecord, _ reader: inout WARCReader) -> HTTPHead {
    let head = reader.peek(HTTPHead.mostBytes) { HTTPHead($0) }
    // ARC names the body's type in the record's line, WARC the type of the whole message.
    if head.length > 0 { return head }
    let isMessage = record.contentType?.name == "application/http"
    return HTTPHead(bodyOf: isMessage ? nil : record.contentType)
  }

  private func beginsPage(_ head: HTTPHead, _ reader: inout WARCReader) -> Bool {
    reader.peek(head.length + 64) { bytes in
      bytes.dropFirst(head.length).first { !$0.isHeaderSpace } == UInt8(ascii: "<")
    }
  }

  private func fetch(
    _ record: WARCRecord, _ head: HTTPHead, _ reader: inout WARCReader, _ storedBefore: Int,
    as form: Page.Format
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
    } else if checksDigests, let mismatch = mismatch(record, block, head) {
      return .failure(.wrongDigest(mismatch, record.place), path)
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

  /// The first digest that is not as the record states it.
  ///
  /// The payload's is that of the body: as it was sent, as most writers compute it, or without the
  /// transfer's chunks, as the standard wants it.
  private func mismatch(
    _ record: WARCRecord, _ block: [UInt8], _ head: HTTPHead
  ) -> DigestMismatch? {
    guard var check = DigestCheck(record, payloadStart: head.length) else { return nil }
    block.withUnsafeBufferPointer { check.add($0) }
    guard let mismatch = check.mismatch() else { return nil }
    guard mismatch.part == .payload, head.isChunked,
      let plain = HTTPBody.unchunked(Array(block.dropFirst(head.length)))
    else { return mismatch }
    let stated = mismatch.stated
    return plain.withUnsafeBufferPointer { stated.isDigest(stated.digest(of: $0)) }
      ? nil : mismatch
  }
}
