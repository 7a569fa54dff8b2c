// What `meta` and `link` say, gathered in one pass: the first value of each kind, in order of trust.

/// What a `meta` may say. Of two names for one kind the one listed first is trusted more.
enum MetaKind: Int, CaseIterable {
  case title, author, published, modified, siteName, description, locale, language, url, pageType
  case section, tag, keywords, image, application

  /// Names (in `name`, `property`, `itemprop` or `http-equiv`, in lower case), most trusted first.
  var names: [String] {
    switch self {
    case .title:
      [
        "og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title",
        "citation_title", "title", "headline",
      ]
    case .author:
      [
        "author", "parsely-author", "sailthru.author", "citation_author", "dc.creator",
        "dcterms.creator", "dc.contributor.author", "article:author", "og:article:author",
        "article:author_name", "authors", "byl", "byline", "cxenseparse:author", "dc.author",
        "article.author", "creator",
      ]
    case .published:
      [
        "article:published_time", "og:article:published_time", "datepublished", "article:published",
        "parsely-pub-date", "sailthru.date", "citation_publication_date", "citation_date",
        "cxenseparse:recs:publishtime", "dc.date.issued", "dcterms.issued", "dcterms.created",
        "dc.date.created", "dcterms.date", "dc.date", "pubdate", "publishdate", "publish-date",
        "publish_date", "publication_date", "published_time", "published_at", "published-date",
        "og:published_time", "article.published", "rnews:datepublished", "og:pubdate",
        "article_date_original", "originalpublicationdate", "last-published", "date",
        "citation_online_date", "bt:pubdate", "uploaddate", "datecreated", "publish-time",
        "created",
      ]
    case .modified:
      [
        "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
        "dc.date.modified", "article:modified", "og:article:modified_time", "article.updated",
        "lastmod", "last-modified", "revised", "updated_at", "moddate", "modified_time",
      ]
    case .siteName:
      [
        "og:site_name", "application-name", "dc.publisher", "dcterms.publisher",
        "citation_journal_title", "apple-mobile-web-app-title",
      ]
    case .description:
      [
        "og:description", "description", "twitter:description", "dc.description",
        "dcterms.description", "dcterms.abstract", "sailthru.description",
      ]
    case .locale: ["og:locale"]
    case .language:
      [
        "content-language", "dc.language", "dcterms.language", "language", "lang",
        "inlanguage",
      ]
    case .url: ["og:url", "parsely-link", "twitter:url"]
    case .pageType: ["og:type", "parsely-type"]
    case .section:
      [
        "article:section", "parsely-section", "category", "section", "og:article:section",
        "cxenseparse:section", "articlesection",
      ]
    case .tag: ["article:tag", "og:article:tag", "parsely-tags", "sailthru.tags"]
    case .keywords:
      [
        "news_keywords", "keywords", "dc.subject", "dcterms.subject",
        "citation_keywords",
      ]
    case .image:
      [
        "og:image", "og:image:secure_url", "og:image:url", "twitter:image", "twitter:image:src",
        "parsely-image-url", "sailthru.image.full", "thumbnailurl",
      ]
    case .application: ["generator"]
    }
  }
}

/// The values of a page's `meta` and `link` tags.
struct MetaTags {
  struct Value {
    var text: String
    /// Place of the name in `MetaKind.names`.
    var rank: Int
  }

  private var values: [[Value]] = Array(repeating: [], count: MetaKind.allCases.count)
  private(set) var canonical: String?
  private(set) var imageLink: String?
  private(set) var base: String?

  init(_ tree: PageTree) {
    for tag in tree.about {
      switch tag.tag {
      case .meta: addMeta(tree, tag.attributes)
      case .link: addLink(tree, tag.attributes)
      default: if base == nil { base = tree.string(.href, in: tag.attributes) }
      }
    }
    for kind in values.indices where values[kind].count > 1 {
      // Stable: of two values of one name the first of the page stays first.
      values[kind] = values[kind].enumerated()
        .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
        .map(\.element)
    }
  }

  /// The most trusted value.
  subscript(kind: MetaKind) -> String? { values[kind.rawValue].first?.text }

  /// All values, most trusted first.
  func all(_ kind: MetaKind) -> [Value] { values[kind.rawValue] }

  /// The values of the most trusted name that the page uses.
  func best(_ kind: MetaKind) -> [String] {
    let values = values[kind.rawValue]
    guard let first = values.first else { return [] }
    return values.filter { $0.rank == first.rank }.map(\.text)
  }

  private mutating func addMeta(_ tree: PageTree, _ attributes: Range<Int>) {
    guard let content = tree.value(.content, in: attributes), !content.isEmpty else { return }
    for attribute in [AttributeName.property, .name, .httpEquiv, .itemprop] {
      guard let name = tree.value(attribute, in: attributes),
        let (kind, rank) = Self.kind(named: name)
      else { continue }
      // Enough for any page that means well.
      if values[kind.rawValue].count < 64, let text = MetadataText.line(content) {
        values[kind.rawValue].append(Value(text: text, rank: rank))
      }
      return
    }
  }

  private mutating func addLink(_ tree: PageTree, _ attributes: Range<Int>) {
    guard let relation = tree.value(.rel, in: attributes),
      let target = tree.value(.href, in: attributes)
    else { return }
    if canonical == nil, relation.elementsEqual("canonical".utf8) {
      canonical = MetadataText.line(target)
    } else if imageLink == nil, relation.elementsEqual("image_src".utf8) {
      imageLink = MetadataText.line(target)
    }
  }

  private static let byName: [String: (MetaKind, Int)] = {
    var byName: [String: (MetaKind, Int)] = [:]
    for kind in MetaKind.allCases {
      for (rank, name) in kind.names.enumerated() { byName[name] = (kind, rank) }
    }
    return byName
  }()

  private static func kind(named name: ArraySlice<UInt8>) -> (MetaKind, Int)? {
    // The longest name listed is of 29 bytes.
    guard name.count <= 32 else { return nil }
    let lowered = String(unsafeUninitializedCapacity: name.count) { buffer in
      for (index, byte) in name.enumerated() {
        buffer[index] = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      }
      return name.count
    }
    return byName[lowered]
  }
}
