// Each field of the metadata: which sources are asked, in which order.

extension MetadataReader {
  // MARK: Title

  var siteName: String? {
    let names = [
      meta.all(.siteName).first { $0.rank == 0 }?.text, schema.text(["name"], of: schema.site),
      schema.text(["publisher"], of: schema.main), meta[.siteName],
      schema.text(["name"], of: schema.organization),
    ]
    return names.compactMap { $0 }.first { $0.utf8.count <= 100 && WebAddress($0)?.host == nil }
  }

  func siteNames(_ site: String?) -> [String] {
    [
      site, address?.siteLabel, meta[.siteName], schema.text(["name"], of: schema.site),
      schema.text(["publisher"], of: schema.main),
    ].compactMap { $0 }
  }

  /// The headline that readers see, if it says what the page's data says; else what that says.
  ///
  /// On the pages that were measured `h1` was right more often than any declared title (0.73 exact
  /// against 0.48 of `og:title`), except where it is the site's name or of another matter.
  func title(site: String?) -> String? {
    let names = siteNames(site)
    let headline =
      schema.mainRank == .article ? schema.text(["headline", "name"], of: schema.main) : nil
    let shared = meta[.title].map { TitleText.withoutSite($0, names: names) }
    let title = tree.title.flatMap(MetadataText.line)
      .map { TitleText.withoutSite($0, names: names) }
    let known = [headline, shared, title].compactMap { $0 }.map(TitleText.words)
    var best: (likeness: Double, text: String)?
    for visible in visible.headlines where !TitleText.isSiteName(visible.text, of: title, names) {
      let words = TitleText.words(visible.text)
      let likeness = known.map { TitleText.likeness(words, $0) }.max() ?? 1
      if likeness > best?.likeness ?? 0 { best = (likeness, visible.text) }
    }
    if let best, best.likeness >= Self.sameHeadline { return TitleText.withoutMarks(best.text) }
    if let declared = headline ?? shared ?? title {
      return visible.shown(TitleText.heads(declared)) ?? declared
    }
    return best?.text ?? visible.headlines.first?.text
  }

  /// How alike a visible headline must be to a declared one. Below it the declared one was right
  /// more often (measured in steps of 0.1).
  private static let sameHeadline = 0.4

  /// The node of the headline that readers see.
  func headlineNode(_ title: String?) -> Int? {
    guard let title else { return visible.headlines.first?.node }
    let key = MetadataText.key(title)
    return
      (visible.headlines.first { MetadataText.key($0.text) == key } ?? visible.headlines.first)?
      .node
  }

  // MARK: Authors

  func authors(site: String?) -> [String] {
    let excluded = siteNames(site)
    for bylines in authorSources() {
      let names = AuthorNames.names(in: bylines(), excluding: excluded)
      if !names.isEmpty { return names }
    }
    return []
  }

  private func authorSources() -> [() -> [String]] {
    [
      { schema.texts(schema.main?["author"] ?? schema.main?["creator"]) },
      { meta.best(.author) },
      { microdata.texts(microdata.main?["author"] ?? microdata.main?["creator"]) },
      { microdata.texts(loose?["author"]) },
    ] + visible.bylines(near: headlineNode(nil)) + [{ schema.texts(schema.page?["author"]) }]
  }

  // MARK: Dates

  private static let publishedKeys = ["datePublished", "dateCreated", "uploadDate", "datePosted"]

  var published: CalendarDate? {
    let fromData =
      date(Self.publishedKeys, of: schema.main, schema) ?? metaDate(.published)
      ?? date(Self.publishedKeys, of: microdata.main, microdata)
      ?? date(Self.publishedKeys, of: loose, microdata)
      ?? date(Self.publishedKeys, of: schema.page, schema)
    if let fromData { return fromData }
    let headline = headlineNode(nil)
    return visible.date(near: headline, language: language) ?? address?.date
      ?? visible.namedDate(near: headline, language: language)
      ?? visible.dateLine(near: headline, language: language)
  }

  var modified: CalendarDate? {
    date(["dateModified"], of: schema.main, schema) ?? metaDate(.modified)
      ?? date(["dateModified"], of: microdata.main, microdata)
      ?? date(["dateModified"], of: loose, microdata)
      ?? date(["dateModified"], of: schema.page, schema)
  }

  private func date(_ keys: [String], of value: JSONValue?, _ data: SchemaData) -> CalendarDate? {
    guard let value else { return nil }
    for key in keys {
      if let text = data.text([key], of: value),
        let date = DateText.parse(text, language: language)
      {
        return date
      }
    }
    return nil
  }

  private func metaDate(_ kind: MetaKind) -> CalendarDate? {
    for value in meta.all(kind) {
      if let date = DateText.parse(value.text, language: language) { return date }
    }
    return nil
  }

  // MARK: Language

  static func language(of tree: PageTree, meta: MetaTags, schema: SchemaData) -> String? {
    let root = tree.nodes.indices.prefix(8).first { tree.nodes[$0].tag == .html }
    let declared = root.flatMap { tree.string(.lang, of: $0) }
    let sources = [
      declared, meta[.locale], meta[.language], schema.text(["inLanguage"], of: schema.main),
    ]
    return sources.lazy.compactMap { $0.flatMap(LanguageTag.canonical) }.first
  }

  // MARK: The rest

  var description: String? {
    meta[.description] ?? schema.text(["description"], of: schema.main)
      ?? microdata.text(["description"], of: microdata.main)
  }

  var categories: [String] {
    let sections = schema.texts(schema.main?["articleSection"])
    return unique(sections.isEmpty ? meta.best(.section) : sections)
  }

  var tags: [String] {
    let tags = meta.best(.tag)
    if !tags.isEmpty { return unique(tags.count == 1 ? listed(tags[0]) : tags) }
    let keywords = schema.texts(schema.main?["keywords"])
    if !keywords.isEmpty { return unique(keywords.count == 1 ? listed(keywords[0]) : keywords) }
    return unique(meta.best(.keywords).flatMap(listed))
  }

  private func listed(_ list: String) -> [String] {
    list.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == "、" || $0 == "،" || $0 == "，" })
      .map { String($0.trimmed) }.filter { !$0.isEmpty }
  }

  /// At most 50, each once, none longer than 100 bytes: what is longer is no tag.
  private func unique(_ values: [String]) -> [String] {
    var seen: Set<String> = []
    var kept: [String] = []
    for value in values where value.utf8.count <= 100 && kept.count < 50 {
      if seen.insert(value.lowercased()).inserted { kept.append(value) }
    }
    return kept
  }

  var leadImage: String? {
    let sources = [
      meta[.image], schema.address(schema.main?["image"]),
      schema.address(schema.main?["thumbnailUrl"]), microdata.address(microdata.main?["image"]),
      schema.address(schema.page?["primaryImageOfPage"]), meta.imageLink,
    ]
    return sources.lazy.compactMap { $0.flatMap { WebAddress.absolute($0, on: address) } }.first
  }
}
