// What is known of a document as a TEI header.

extension TEIFormat {
  mutating func writeHeader(_ document: Document) {
    let metadata = document.metadata
    xml.open("teiHeader")
    xml.lineFeed()
    xml.open("fileDesc")
    xml.open("titleStmt")
    writeTitles(metadata)
    xml.close("titleStmt")
    xml.lineFeed()
    writePublication(metadata)
    writeSource(metadata)
    xml.close("fileDesc")
    xml.lineFeed()
    xml.open("encodingDesc")
    xml.open("appInfo")
    xml.open("application", [("ident", "winnow"), ("version", Release.version)])
    element("label", "Winnow")
    for name in ["application", "appInfo", "encodingDesc"] { xml.close(name) }
    xml.lineFeed()
    writeProfile(metadata)
    xml.close("teiHeader")
    xml.lineFeed()
  }

  private mutating func writeTitles(_ metadata: Metadata) {
    element("title", metadata.title ?? "", [("type", "main")])
    for author in metadata.authors { element("author", author) }
  }

  /// TEI asks for who published the text, or for a sentence.
  private mutating func writePublication(_ metadata: Metadata) {
    xml.open("publicationStmt")
    if let site = metadata.siteName {
      element("publisher", site)
      if let date = metadata.published { writeDate(date, nil) }
    } else {
      element("p", "The page does not say who published it.")
    }
    xml.close("publicationStmt")
    xml.lineFeed()
  }

  private mutating func writeSource(_ metadata: Metadata) {
    xml.open("sourceDesc")
    xml.open("bibl")
    writeTitles(metadata)
    if let site = metadata.siteName { element("publisher", site) }
    if let date = metadata.published { writeDate(date, "published") }
    if let date = metadata.modified { writeDate(date, "modified") }
    if let date = metadata.saved { writeDate(date, "saved") }
    if let url = metadata.url { element("idno", url, [("type", "URL")]) }
    if let url = metadata.canonicalURL { element("idno", url, [("type", "canonicalURL")]) }
    if let id = metadata.recordID { element("idno", id, [("type", "recordID")]) }
    if let type = metadata.pageType { element("note", type, [("type", "pageType")]) }
    xml.close("bibl")
    xml.close("sourceDesc")
    xml.lineFeed()
  }

  private mutating func writeProfile(_ metadata: Metadata) {
    let terms =
      metadata.categories.map { ("category", $0) } + metadata.tags.map { ("tag", $0) }
    let language = metadata.language.flatMap(TEIFormat.language)
    if metadata.description == nil && terms.isEmpty && language == nil { return }
    xml.open("profileDesc")
    if let description = metadata.description {
      xml.open("abstract")
      element("p", description)
      xml.close("abstract")
    }
    if let language {
      xml.open("langUsage")
      element("language", language, [("ident", language)])
      xml.close("langUsage")
    }
    if !terms.isEmpty {
      xml.open("textClass")
      xml.open("keywords")
      for (type, term) in terms { element("term", term, [("type", type)]) }
      xml.close("keywords")
      xml.close("textClass")
    }
    xml.close("profileDesc")
    xml.lineFeed()
  }

  private mutating func element(
    _ name: String, _ text: String, _ attributes: [(String, String)] = []
  ) {
    xml.open(name, attributes)
    xml.text(text)
    xml.close(name)
  }

  private mutating func writeDate(_ date: String, _ type: String?) {
    var attributes: [(String, String)] = type.map { [("type", $0)] } ?? []
    if let moment = TEIFormat.moment(date) { attributes.append(("when", moment)) }
    element("date", date, attributes)
  }

  /// A date as XML Schema writes it: one with the time only if that has seconds.
  static func moment(_ date: String) -> String? {
    let bytes = Array(date.utf8)
    func fits(_ pattern: String, _ part: some Collection<UInt8>) -> Bool {
      part.count == pattern.utf8.count
        && zip(part, pattern.utf8).allSatisfy { byte, wanted in
          wanted == UInt8(ascii: "0") ? 0x30...0x39 ~= byte : byte == wanted
        }
    }
    guard fits("0000-00-00", bytes.prefix(10)) else { return nil }
    let day = String(decoding: bytes.prefix(10), as: UTF8.self)
    guard fits("T00:00:00", bytes.dropFirst(10).prefix(9)) else { return day }
    let zone = bytes.dropFirst(19)
    let isWhole =
      zone.isEmpty || zone.elementsEqual("Z".utf8) || fits("+00:00", zone) || fits("-00:00", zone)
    return isWhole ? date : String(decoding: bytes.prefix(19), as: UTF8.self)
  }

  /// A language tag, if it has the form of one (BCP 47, as XML Schema checks it).
  static func language(_ tag: String) -> String? {
    let parts = tag.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let isTag = parts.enumerated().allSatisfy { index, part in
      1...8 ~= part.count
        && part.allSatisfy {
          0x61...0x7A ~= $0 | 0x20 || index > 0 && 0x30...0x39 ~= $0
        }
    }
    return isTag ? tag : nil
  }
}
