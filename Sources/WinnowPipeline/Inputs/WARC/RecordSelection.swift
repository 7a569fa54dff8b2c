// Which records of a web archive are pages that are wanted: `fetch.records` and `fetch.select`, asked
// with what the record's and the response's heads say.

/// What to do with a record.
enum RecordVerdict: Equatable {
  /// It may hold a page of this form.
  case take(isText: Bool)
  /// Nobody says what it is; a page begins with a tag, a comment or a doctype.
  case look
  case passOver(PassedOver)
}

struct RecordSelection: Sendable {
  private let options: RecordOptions
  private let pages: PageSelection

  init(_ options: RecordOptions, _ pages: PageSelection) {
    self.options = options
    self.pages = pages
  }

  /// What the record's own header decides, before its block is looked at.
  ///
  /// - Returns: `nil` when the block must be looked at.
  func refusal(of record: WARCRecord) -> PassedOver? {
    guard let type = RecordOptions.RecordType(rawValue: record.type) else {
      return record.type == "revisit" ? .revisitRecord : .otherRecord
    }
    return options.types.contains(type) ? nil : .unwantedRecordType
  }

  func verdict(on record: WARCRecord, _ head: HTTPHead) -> RecordVerdict {
    let media = media(of: record, head)
    if case .passOver = media { return media }
    if let status = head.status, !options.takes(status: status) {
      return .passOver(.otherStatus)
    }
    let languages = record.languages + head.languages
    if let unwanted = pages.refusal(url: record.target, languages: languages) {
      return .passOver(PassedOver(unwanted))
    }
    return media
  }

  private func media(of record: WARCRecord, _ head: HTTPHead) -> RecordVerdict {
    let name = head.contentType?.name ?? ""
    // Text that was taken out of a page, as WET files hold it.
    if record.type == RecordOptions.RecordType.conversion.rawValue {
      if name == "text/plain" { return .take(isText: true) }
      return head.contentType?.isHTML == true ? .take(isText: false) : .passOver(.otherMedia)
    }
    if name.isEmpty {
      // A body that is packed cannot be looked at here; what it is shows later.
      return head.contentEncodings.isEmpty && !head.isChunked ? .look : .take(isText: false)
    }
    guard options.takes(mediaType: name) else { return .passOver(.otherMedia) }
    return .take(isText: name == "text/plain")
  }
}

extension PassedOver {
  init(_ unwanted: Unwanted) {
    self =
      switch unwanted {
      case .host: .otherHost
      case .address: .otherAddress
      case .noAddress: .unknownAddress
      case .language: .otherLanguage
      }
  }
}
