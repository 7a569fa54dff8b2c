// Features of the page as a whole, the same for all of its blocks.

/// What is known of a page as a whole.
struct PageFacts {
  /// From OpenGraph, else the `title` element.
  let title: String?
  /// What `meta` tags say the page is about, in their order.
  let descriptions: [String]
  /// Does the page say that it is an article of the news (schema.org's `NewsArticle` and its kinds)?
  let isNews: Bool
  /// The page's features, in the order of `FeatureExtractor.pageNames`.
  let values: [Float]

  /// Types of schema.org by what kind of page they tell of.
  static let schemaTypes: [(name: String, types: [String])] = [
    ("article", ["Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "TechArticle"]),
    ("product", ["Product", "ProductGroup", "Offer", "AggregateOffer"]),
    ("collection", ["CollectionPage", "ItemList", "OfferCatalog", "SearchResultsPage"]),
    ("forum", ["DiscussionForumPosting", "QAPage", "Question", "Answer"]),
    ("recipe", ["Recipe"]), ("faq", ["FAQPage"]), ("web page", ["WebPage"]),
    ("organisation", ["Organization", "LocalBusiness", "Service", "ProfessionalService"]),
    ("video", ["VideoObject"]), ("job or event", ["JobPosting", "Event"]),
    ("profile", ["ProfilePage", "Person"]),
  ]

  static let generators = [
    "wordpress", "discourse", "phpbb", "vbulletin", "xenforo", "drupal", "joomla", "shopify", "wix",
    "squarespace", "mediawiki", "sphinx", "docusaurus", "hugo", "webflow", "ghost",
  ]

  static let openGraphTypes = ["article", "product", "website", "profile", "video", "blog"]

  static let countedTags: [Tag] = [
    .p, .li, .article, .table, .tr, .form, .h1, .h2, .h3, .img, .a, .pre, .section, .time, .dl,
    .button, .blockquote, .noscript,
  ]

  init(_ outline: PageOutline, url: String?) {
    let tree = outline.tree
    var values: [Float] = []
    let count = outline.blocks.count
    let words = Float(outline.words[count])
    let all = 0..<count
    values.append(words)
    values.append(Float(count))
    values.append(Float(outline.goodWords[count]))
    values.append(Float(outline.goodWords[count]) / max(1, words))
    values.append(outline.linkDensity(all))
    values.append(Float(outline.sentences[count]) / max(1, words))
    values.append(words / max(1, Float(count)))
    values.append(Float(outline.blocks.reduce(0) { max($0, Int32($1.counts.words)) }))
    values.append(
      Float(outline.blocks.reduce(0) { $0 + ($1.counts.flags.contains(.currency) ? 1 : 0) })
        / max(1, Float(count)))
    values.append(
      Float(
        outline.blocks.reduce(0) { $0 + ($1.flags.contains(.noscript) ? Int($1.counts.words) : 0) })
        / max(1, words))

    var tagCounts = [Int32](repeating: 0, count: 256)
    for node in tree.nodes { tagCounts[Int(node.tag.rawValue)] += 1 }
    for tag in Self.countedTags { values.append(Float(tagCounts[Int(tag.rawValue)])) }

    var title = tree.title
    var descriptions: [String] = []
    var openGraphType = ""
    var generator = ""
    for about in tree.about where about.tag == .meta {
      let name =
        tree.string(.property, in: about.attributes) ?? tree.string(.name, in: about.attributes)
      switch name?.lowercased() {
      case "og:title":
        if let content = tree.string(.content, in: about.attributes), !content.isEmpty {
          title = content
        }
      case "og:description", "description", "twitter:description":
        if let content = tree.string(.content, in: about.attributes), !content.isEmpty {
          descriptions.append(content)
        }
      case "og:type": openGraphType = tree.string(.content, in: about.attributes) ?? ""
      case "generator": generator = tree.string(.content, in: about.attributes) ?? ""
      default: break
      }
    }
    self.title = title
    self.descriptions = descriptions
    let type = openGraphType.lowercased()
    for known in Self.openGraphTypes { values.append(type.hasPrefix(known) ? 1 : 0) }
    let made = generator.lowercased()
    for known in Self.generators { values.append(made.hasPrefix(known) ? 1 : 0) }
    let types = Self.declaredTypes(tree)
    isNews = types.keys.contains { $0.hasSuffix("NewsArticle") }
    for known in Self.schemaTypes {
      values.append(Float(known.types.reduce(0) { $0 + (types[$1] ?? 0) }))
    }
    values.append(contentsOf: Self.address(url))
    self.values = values
  }

  /// How often each type stands in the page's JSON-LD, and in `itemtype`.
  private static func declaredTypes(_ tree: PageTree) -> [String: Int] {
    var types: [String: Int] = [:]
    for script in tree.scripts where script.kind == .jsonLD {
      let body = tree.source[script.body]
      var at = body.startIndex
      while let found = next(type: body, from: at) {
        at = found.upperBound
        types[String(decoding: body[found], as: UTF8.self), default: 0] += 1
      }
    }
    for attribute in tree.attributes where attribute.name == .itemtype {
      let value = tree.values[Int(attribute.start)..<Int(attribute.start + attribute.length)]
      let last = value.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? value.startIndex
      types[String(decoding: value[last...], as: UTF8.self), default: 0] += 1
    }
    return types
  }

  private static let typeKey = Array("\"@type\"".utf8)

  /// The string after the next `"@type":`, the first of a list.
  private static func next(type body: ArraySlice<UInt8>, from start: Int) -> Range<Int>? {
    body.withUnsafeBufferPointer { bytes -> Range<Int>? in
      let offset = body.startIndex
      guard let found = bytes.firstIndex(of: typeKey, from: start - offset) else { return nil }
      var at = found + typeKey.count
      while at < bytes.count, bytes[at] != UInt8(ascii: "\"") { at += 1 }
      let open = min(at + 1, bytes.count)
      at = open
      while at < bytes.count, bytes[at] != UInt8(ascii: "\"") { at += 1 }
      return open + offset..<at + offset
    }
  }

  static let addressNames: [String] = [
    "address levels", "address digits", "address length", "address has query", "address is root",
    "address has date", "address words in last part",
  ]

  private static func address(_ url: String?) -> [Float] {
    guard let url, let scheme = url.firstRange(of: "://") else {
      return [-1, -1, -1, -1, -1, -1, -1]
    }
    let rest = url[scheme.upperBound...]
    let path = rest.firstIndex(of: "/").map { rest[$0...] } ?? ""
    let beforeQuery = path.prefix { $0 != "?" && $0 != "#" }
    let parts = beforeQuery.split(separator: "/")
    let digits = beforeQuery.utf8.reduce(0) { $0 + ($1 >= 0x30 && $1 <= 0x39 ? 1 : 0) }
    let hasYear = parts.contains { $0.count == 4 && ($0.hasPrefix("20") || $0.hasPrefix("19")) }
    let hyphens = parts.last?.utf8.reduce(0) { $0 + ($1 == 0x2D || $1 == 0x5F ? 1 : 0) } ?? 0
    return [
      Float(parts.count), Float(digits), Float(beforeQuery.utf8.count),
      path.contains("?") ? 1 : 0, parts.isEmpty ? 1 : 0, hasYear ? 1 : 0, Float(hyphens),
    ]
  }
}

extension FeatureExtractor {
  static let pageNames: [String] =
    [
      "page words", "page blocks", "page good words", "page good share", "page link density",
      "page sentences/word", "page words/block", "page longest block", "page currency share",
      "page noscript share",
    ]
    + PageFacts.countedTags.map { "page count of \($0)" }
    + PageFacts.openGraphTypes.map { "OpenGraph type \($0)" }
    + PageFacts.generators.map { "generator \($0)" }
    + PageFacts.schemaTypes.map { "schema type \($0.name)" }
    + PageFacts.addressNames

  func putPage(into row: inout FeatureRow) {
    for value in page.values { row.put(value) }
  }
}
