// A page for a worker process, and what came of it back: each type's values in one order, written
// and read side by side.
//
// `IsolationTests` fails when a type gains a value that is not sent.

internal import Winnow

extension Page {
  func encode(to wire: inout WireWriter) {
    wire.put(bytes)
    wire.put(url)
    wire.put(format.rawValue)
    wire.put(saved)
    wire.put(recordID)
    wire.put(httpCharset)
  }

  init(from wire: inout WireReader) throws(WireMistake) {
    self.init(bytes: try wire.blob(), url: try wire.optional())
    format = try wire.word()
    saved = try wire.optional()
    recordID = try wire.optional()
    httpCharset = try wire.optional()
  }
}

extension Document {
  func encode(to wire: inout WireWriter) {
    wire.put(blocks) { $1.encode(to: &$0) }
    metadata.encode(to: &wire)
    wire.put(encoding.label)
    wire.put(encoding.source.rawValue)
    wire.put(encoding.replacements)
    wire.put(confidence)
    wire.put(degradations) { $0.put($1.rawValue) }
    wire.put(residue.sorted { $0.key < $1.key }) { wire, count in
      wire.put(count.key)
      wire.put(count.value)
    }
    wire.put(residueLines) { wire, line in
      wire.put(line.kind.rawValue)
      wire.put(line.text)
    }
  }

  init(from wire: inout WireReader) throws(WireMistake) {
    self.init()
    blocks = try wire.list { (wire) throws(WireMistake) in try DocumentBlock(from: &wire) }
    metadata = try Metadata(from: &wire)
    encoding = EncodingUsed(
      label: try wire.string(), source: try wire.word(), replacements: try wire.int())
    confidence = try wire.double()
    degradations = try wire.list { (wire) throws(WireMistake) in try wire.word() }
    for _ in 0..<(try wire.int()) { residue[try wire.string()] = try wire.int() }
    residueLines = try wire.list { (wire) throws(WireMistake) in
      ResidueLine(try wire.word(), try wire.string())
    }
  }
}

extension Metadata {
  fileprivate static let texts: [any WritableKeyPath<Metadata, String?> & Sendable] = [
    \.title, \.published, \.modified, \.siteName, \.description, \.language, \.url, \.saved,
    \.recordID, \.canonicalURL, \.pageType, \.leadImage,
  ]
  fileprivate static let lists: [any WritableKeyPath<Metadata, [String]> & Sendable] = [
    \.authors, \.categories, \.tags,
  ]

  fileprivate func encode(to wire: inout WireWriter) {
    for text in Self.texts { wire.put(self[keyPath: text]) }
    for list in Self.lists { wire.put(self[keyPath: list]) { $0.put($1) } }
  }

  fileprivate init(from wire: inout WireReader) throws(WireMistake) {
    self.init()
    for text in Self.texts { self[keyPath: text] = try wire.optional() }
    for list in Self.lists {
      self[keyPath: list] = try wire.list { (wire) throws(WireMistake) in try wire.string() }
    }
  }
}

extension DocumentBlock {
  fileprivate func encode(to wire: inout WireWriter) {
    wire.put(role.rawValue)
    wire.put(text)
    wire.put(marks) { wire, mark in
      mark.kind.encode(to: &wire)
      wire.put(mark.range.lowerBound)
      wire.put(mark.range.upperBound)
    }
    wire.put(containers) { wire, container in
      container.kind.encode(to: &wire)
      wire.put(Int(container.identity))
    }
    wire.put(headingLevel)
    wire.put(codeLanguage)
  }

  fileprivate init(from wire: inout WireReader) throws(WireMistake) {
    self.init(role: try wire.word(), text: try wire.string())
    marks = try wire.list { (wire) throws(WireMistake) in
      let kind = try InlineMark.Kind(from: &wire)
      let (start, end) = (try wire.int(), try wire.int())
      guard start <= end else { throw WireMistake() }
      return InlineMark(kind, start..<end)
    }
    containers = try wire.list { (wire) throws(WireMistake) in
      Container(
        try Container.Kind(from: &wire), identity: Int32(truncatingIfNeeded: try wire.int()))
    }
    headingLevel = try wire.int()
    codeLanguage = try wire.optional()
  }
}

extension InlineMark.Kind {
  fileprivate func encode(to wire: inout WireWriter) {
    switch self {
    case .emphasis: wire.put(0)
    case .strong: wire.put(1)
    case .code: wire.put(2)
    case .strikethrough: wire.put(3)
    case .lowered: wire.put(4)
    case .raised: wire.put(5)
    case .link(let target, let title):
      wire.put(6)
      wire.put(target)
      wire.put(title)
    case .residue(let kind):
      wire.put(7)
      wire.put(kind.rawValue)
    case .image(let source, let alternative, let title):
      wire.put(8)
      wire.put(source)
      wire.put(alternative)
      wire.put(title)
    }
  }

  fileprivate init(from wire: inout WireReader) throws(WireMistake) {
    switch try wire.int() {
    case 0: self = .emphasis
    case 1: self = .strong
    case 2: self = .code
    case 3: self = .strikethrough
    case 4: self = .lowered
    case 5: self = .raised
    case 6: self = .link(try wire.string(), title: try wire.optional())
    case 7: self = .residue(try wire.word())
    case 8:
      self = .image(
        source: try wire.string(), alternative: try wire.string(), title: try wire.optional())
    default: throw WireMistake()
    }
  }
}

extension Container.Kind {
  fileprivate func encode(to wire: inout WireWriter) {
    switch self {
    case .quote: wire.put(0)
    case .item: wire.put(1)
    case .term: wire.put(2)
    case .definition: wire.put(3)
    case .table: wire.put(4)
    case .row: wire.put(5)
    case .list(let start, let isLoose):
      wire.put(start == nil ? 6 : 7)
      if let start { wire.put(start) }
      wire.put(isLoose)
    case .cell(let isHeader, let columns, let column):
      wire.put(8)
      wire.put(isHeader)
      wire.put(columns)
      // Columns are not negative.
      wire.put(column ?? -1)
    }
  }

  fileprivate init(from wire: inout WireReader) throws(WireMistake) {
    switch try wire.int() {
    case 0: self = .quote
    case 1: self = .item
    case 2: self = .term
    case 3: self = .definition
    case 4: self = .table
    case 5: self = .row
    case 6: self = .list(start: nil, isLoose: try wire.bool())
    case 7: self = .list(start: try wire.int(), isLoose: try wire.bool())
    case 8:
      let (isHeader, columns, column) = (try wire.bool(), try wire.int(), try wire.int())
      self = .cell(isHeader: isHeader, columns: columns, column: column < 0 ? nil : column)
    default: throw WireMistake()
    }
  }
}

extension PageFailure {
  func encode(to wire: inout WireWriter) {
    switch self {
    case .empty: wire.put(0)
    case .outOfMemory: wire.put(1)
    case .noTree: wire.put(2)
    case .notHTML(let kind):
      wire.put(3)
      wire.put(kind)
    case .tooLarge(let bytes, let limit):
      wire.put(4)
      wire.put(bytes)
      wire.put(limit)
    case .overran(let seconds):
      wire.put(5)
      wire.put(seconds)
    case .tooMuchMemory(let bytes, let limit):
      wire.put(6)
      wire.put(bytes)
      wire.put(limit)
    case .crashed(let signal):
      wire.put(7)
      wire.put(Int(signal))
    }
  }

  init(from wire: inout WireReader) throws(WireMistake) {
    switch try wire.int() {
    case 0: self = .empty
    case 1: self = .outOfMemory
    case 2: self = .noTree
    case 3: self = .notHTML(kind: try wire.string())
    case 4: self = .tooLarge(bytes: try wire.int(), limit: try wire.int())
    case 5: self = .overran(seconds: try wire.double())
    case 6: self = .tooMuchMemory(bytes: try wire.int(), limit: try wire.int())
    case 7: self = .crashed(signal: Int32(truncatingIfNeeded: try wire.int()))
    default: throw WireMistake()
    }
  }
}

/// What a worker process answers.
enum WireAnswer {
  static func bytes(_ result: Result<Document, PageFailure>) -> [UInt8] {
    var wire = WireWriter()
    switch result {
    case .success(let document):
      wire.put(true)
      document.encode(to: &wire)
    case .failure(let failure):
      wire.put(false)
      failure.encode(to: &wire)
    }
    return wire.bytes
  }

  static func result(_ bytes: [UInt8]) throws(WireMistake) -> Result<Document, PageFailure> {
    var wire = WireReader(bytes)
    return try wire.bool()
      ? .success(Document(from: &wire)) : .failure(PageFailure(from: &wire))
  }
}
