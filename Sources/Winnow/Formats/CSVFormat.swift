// The CSV format: a document's metadata as a row of a table (RFC 4180).
//
// A row is one line but for line breaks inside quoted fields. Several values of one field are joined
// by "; ".

enum CSVFormat {
  /// The names of the columns, in their order.
  static let columns = [
    "id", "title", "authors", "published", "modified", "siteName", "description", "language", "url",
    "saved", "recordID", "canonicalURL", "pageType", "categories", "tags", "leadImage",
    "characters", "confidence", "encoding", "replacements", "degradations",
  ]

  static let header = row(columns)

  /// - Parameter id: What the page is called.
  static func render(_ document: Document, id: String?) -> [UInt8] {
    let metadata = document.metadata
    return row([
      id ?? "", metadata.title ?? "", join(metadata.authors), metadata.published ?? "",
      metadata.modified ?? "", metadata.siteName ?? "", metadata.description ?? "",
      metadata.language ?? "", metadata.url ?? "", metadata.saved ?? "", metadata.recordID ?? "",
      metadata.canonicalURL ?? "", metadata.pageType ?? "", join(metadata.categories),
      join(metadata.tags), metadata.leadImage ?? "",
      "\(document.text.unicodeScalars.count)", "\(document.confidence)", document.encoding.label,
      "\(document.encoding.replacements)", join(document.degradations.map(\.rawValue)),
    ])
  }

  private static func join(_ values: [String]) -> String { values.joined(separator: "; ") }

  private static func row(_ fields: [String]) -> [UInt8] {
    var row: [UInt8] = []
    for (index, field) in fields.enumerated() {
      if index > 0 { row.append(UInt8(ascii: ",")) }
      let needsQuotes = field.utf8.contains {
        $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == 0x0A || $0 == 0x0D
      }
      guard needsQuotes else {
        row.append(contentsOf: field.utf8)
        continue
      }
      row.append(UInt8(ascii: "\""))
      for byte in field.utf8 {
        if byte == UInt8(ascii: "\"") { row.append(byte) }
        row.append(byte)
      }
      row.append(UInt8(ascii: "\""))
    }
    return row + [0x0D, 0x0A]
  }
}
