// What a page says about itself.

/// A page's metadata; every field is empty when the page does not say.
public struct Metadata: Sendable, Equatable {
  public var title: String?
  public var authors: [String]
  /// ISO 8601: a date (`2024-05-01`), with the time and its offset as far as the page says them.
  public var published: String?
  /// ISO 8601, as `published`.
  public var modified: String?
  public var siteName: String?
  public var description: String?
  /// BCP 47, as the page declares it.
  public var language: String?
  /// The address the page was saved from, as given with the page.
  public var url: String?
  /// When the page was saved, ISO 8601, as given with the page.
  public var saved: String?
  /// What the archive that the page comes from calls it.
  public var recordID: String?
  public var canonicalURL: String?
  /// The type the page declares (schema.org or OpenGraph), such as `NewsArticle` or `product`.
  public var pageType: String?
  public var categories: [String]
  public var tags: [String]
  public var leadImage: String?

  public init(
    title: String? = nil, authors: [String] = [], published: String? = nil,
    modified: String? = nil, siteName: String? = nil, description: String? = nil,
    language: String? = nil, url: String? = nil, canonicalURL: String? = nil,
    pageType: String? = nil, categories: [String] = [], tags: [String] = [],
    leadImage: String? = nil
  ) {
    self.title = title
    self.authors = authors
    self.published = published
    self.modified = modified
    self.siteName = siteName
    self.description = description
    self.language = language
    self.url = url
    self.canonicalURL = canonicalURL
    self.pageType = pageType
    self.categories = categories
    self.tags = tags
    self.leadImage = leadImage
  }
}
