// Structured data in, what it says about the page out: JSON-LD scripts (and microdata turned into
// the same shape) walked once, the object that describes the page chosen among all.

/// The schema.org objects that describe the page.
struct SchemaData {
  /// How much an object tells of the page itself.
  enum Rank: Int, Comparable {
    case article, thing, page, other
    static func < (a: Rank, b: Rank) -> Bool { a.rawValue < b.rawValue }
  }

  /// The object about the page's main content, if there is one.
  private(set) var main: JSONValue?
  /// `WebPage` and its like.
  private(set) var page: JSONValue?
  private(set) var site: JSONValue?
  private(set) var organization: JSONValue?
  private(set) var mainRank = Rank.other
  private(set) var mainType: String?
  private(set) var breadcrumbs: JSONValue?
  /// Values of JSON-LD scripts, one a script that could be read.
  private let roots: [JSONValue]
  private var byID: [String: JSONValue] = [:]

  /// Objects that are looked at; more only stand in lists.
  private static let objectLimit = 2000

  /// - Parameter addresses: The page's own, to tell its object among several articles.
  init(roots: [JSONValue], addresses: [String]) {
    self.roots = roots
    var candidates: [(rank: Rank, value: JSONValue, type: String)] = []
    var stack = Array(roots.reversed())
    var seen = 0
    while let value = stack.popLast(), seen < Self.objectLimit {
      if let array = value.array {
        stack.append(contentsOf: array.reversed())
        continue
      }
      guard let members = value.object else { continue }
      seen += 1
      if members.count > 1, let id = value["@id"]?.string, byID[id] == nil { byID[id] = value }
      for key in ["mainEntityOfPage", "mainEntity", "@graph"] {
        if let nested = value[key], nested.object != nil || nested.array != nil {
          stack.append(nested)
        }
      }
      guard let type = Self.type(of: value) else { continue }
      switch type {
      case "WebSite": site = site ?? value
      case "BreadcrumbList": breadcrumbs = breadcrumbs ?? value
      default:
        if type.hasSuffix("Organization") || type == "Corporation" || type == "LocalBusiness" {
          organization = organization ?? value
        } else {
          let rank = Self.rank(of: type)
          if rank != .other { candidates.append((rank, value, type)) }
        }
      }
    }
    page = candidates.first { $0.rank == .page }?.value
    choose(among: candidates.filter { $0.rank <= .thing }, addresses)
  }

  /// The best-ranked object; of several of one rank the one with the page's address; of three and
  /// more without one, none: the page lists them.
  private mutating func choose(
    among candidates: [(rank: Rank, value: JSONValue, type: String)], _ addresses: [String]
  ) {
    guard let best = candidates.map(\.rank).min() else { return }
    let rivals = candidates.filter { $0.rank == best }
    let own = rivals.first { candidate in
      ["url", "@id", "mainEntityOfPage"].contains { key in
        guard let value = candidate.value[key] else { return false }
        guard let address = value.string ?? value["@id"]?.string ?? value["url"]?.string else {
          return false
        }
        return addresses.contains(Self.withoutFragment(address))
      }
    }
    guard let chosen = own ?? (rivals.count <= 2 ? rivals[0] : nil) else { return }
    main = chosen.value
    mainRank = chosen.rank
    mainType = chosen.type
  }

  static func withoutFragment(_ address: String) -> String {
    var end = address.utf8.firstIndex(of: 0x23) ?? address.utf8.endIndex
    if let query = address.utf8[..<end].firstIndex(of: 0x3F) { end = query }
    while end > address.utf8.startIndex, address.utf8[address.utf8.index(before: end)] == 0x2F {
      end = address.utf8.index(before: end)
    }
    return String(address[..<end])
  }

  // MARK: Types

  /// The first type that is known, without its vocabulary's address.
  static func type(of value: JSONValue) -> String? {
    guard let type = value["@type"] else { return nil }
    if let name = type.string { return bare(name) }
    let names = (type.array ?? []).compactMap(\.string).map(bare)
    return names.min { rank(of: $0) < rank(of: $1) }
  }

  private static func bare(_ name: String) -> String {
    guard let separator = name.utf8.lastIndex(where: { $0 == 0x2F || $0 == 0x23 || $0 == 0x3A })
    else { return name }
    return String(name[name.utf8.index(after: separator)...])
  }

  static func rank(of type: String) -> Rank {
    if type.hasSuffix("Article") || type.hasSuffix("Posting") && type != "JobPosting" {
      return .article
    }
    if articles.contains(type) { return .article }
    if type.hasSuffix("Page") { return type == "QAPage" || type == "FAQPage" ? .page : .page }
    return things.contains(type) || type.hasSuffix("Event") ? .thing : .other
  }

  private static let articles: Set<String> = [
    "Report", "Recipe", "Question", "HowTo", "Review", "Course", "Book", "Chapter", "BlogPost",
    "ScholarlyArticle", "Thesis",
  ]
  private static let things: Set<String> = [
    "Product", "ProductGroup", "JobPosting", "VideoObject", "Movie", "Event", "Dataset",
    "CreativeWork", "SoftwareApplication", "SoftwareSourceCode", "WebApplication",
    "MobileApplication", "PodcastEpisode", "Episode", "TVSeries", "TVEpisode", "MusicAlbum",
    "MusicRecording", "Service", "Accommodation", "Vehicle", "Car", "Person", "Game", "VideoGame",
    "Place", "TouristAttraction", "AudioObject", "LearningResource", "Quiz",
  ]

  // MARK: Values

  /// The object that an `@id` refers to; the value itself when it is none.
  func resolved(_ value: JSONValue) -> JSONValue {
    guard let members = value.object, members.count == 1, members[0].key == "@id",
      let id = members[0].value.string, let target = byID[id]
    else { return value }
    return target
  }

  /// The first of `keys` that holds text, as one line.
  func text(_ keys: [String], of value: JSONValue?) -> String? {
    guard let value else { return nil }
    for key in keys {
      if let found = value[key], let text = plain(found) { return text }
    }
    return nil
  }

  /// Text of a string, of the first text of an array, of an object's name, of a language map.
  func plain(_ value: JSONValue) -> String? {
    if let string = value.string { return MetadataText.line(string) }
    if let array = value.array { return array.first.flatMap(plainShallow) }
    return plainShallow(value)
  }

  private func plainShallow(_ value: JSONValue) -> String? {
    if let string = value.string { return MetadataText.line(string) }
    let object = resolved(value)
    return (object["name"]?.string ?? object["@value"]?.string).flatMap { MetadataText.line($0) }
  }

  /// All texts of a value that is one or many.
  func texts(_ value: JSONValue?) -> [String] {
    guard let value else { return [] }
    if let array = value.array { return array.prefix(100).compactMap(plainShallow) }
    return plainShallow(value).map { [$0] } ?? []
  }

  /// An address in a value: a string, or an object's `url`, `contentUrl` or `@id`.
  func address(_ value: JSONValue?) -> String? {
    guard let value else { return nil }
    let first = value.array?.first ?? value
    if let string = first.string { return MetadataText.line(string) }
    let object = resolved(first)
    for key in ["url", "contentUrl", "@id"] {
      if let string = object[key]?.string ?? object[key]?.array?.first?.string {
        return MetadataText.line(string)
      }
    }
    return nil
  }
}
