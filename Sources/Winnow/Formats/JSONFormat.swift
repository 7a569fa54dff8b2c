// The JSON format: one object with metadata, text and how both were found. Keys always stand in the
// same order, and all of them stand in every document, so that tables can be made of many.

enum JSONFormat {
  /// One object, ended by a line feed: `pretty` for a file of its own, `compact` for JSON Lines.
  ///
  /// - Parameter id: What the page is called, for files that hold many documents.
  static func render(
    _ document: Document, _ style: JSONWriter.Style = .pretty, id: String? = nil
  ) -> [UInt8] {
    var json = JSONWriter(style)
    json.beginObject()
    if let id { json.member("id", id) }
    json.key("metadata")
    write(document.metadata, to: &json)
    json.member("text", document.text)
    json.key("encoding")
    json.beginObject()
    json.member("label", document.encoding.label)
    json.member("source", document.encoding.source.rawValue)
    json.key("replacements")
    json.integer(document.encoding.replacements)
    json.endObject()
    json.key("confidence")
    json.double(document.confidence)
    json.member("degradations", document.degradations.map(\.rawValue))
    json.key("residue")
    json.beginObject()
    for (kind, count) in document.residue.sorted(by: { $0.key < $1.key }) {
      json.key(kind)
      json.integer(count)
    }
    json.endObject()
    json.key("residueLines")
    json.beginArray()
    for line in document.residueLines {
      json.beginObject()
      json.member("kind", line.kind.rawValue)
      json.member("text", line.text)
      json.endObject()
    }
    json.endArray()
    json.endObject()
    json.lineFeed()
    return json.bytes
  }

  private static func write(_ metadata: Metadata, to json: inout JSONWriter) {
    json.beginObject()
    json.member("title", orNull: metadata.title)
    json.member("authors", metadata.authors)
    json.member("published", orNull: metadata.published)
    json.member("modified", orNull: metadata.modified)
    json.member("siteName", orNull: metadata.siteName)
    json.member("description", orNull: metadata.description)
    json.member("language", orNull: metadata.language)
    json.member("url", orNull: metadata.url)
    json.member("saved", orNull: metadata.saved)
    json.member("recordID", orNull: metadata.recordID)
    json.member("canonicalURL", orNull: metadata.canonicalURL)
    json.member("pageType", orNull: metadata.pageType)
    json.member("categories", metadata.categories)
    json.member("tags", metadata.tags)
    json.member("leadImage", orNull: metadata.leadImage)
    json.endObject()
  }
}

extension JSONWriter {
  fileprivate mutating func member(_ key: String, orNull value: String?) {
    self.key(key)
    if let value { string(value) } else { null() }
  }

  fileprivate mutating func member(_ key: String, _ values: [String]) {
    self.key(key)
    beginArray()
    for each in values { string(each) }
    endArray()
  }
}
