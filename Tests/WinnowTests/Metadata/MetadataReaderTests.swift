// Small pages, one for every source and for who is trusted before whom.

import Testing

@testable import Winnow

/// The metadata of a page with the given head and body.
func metadata(_ head: String, _ body: String = "", url: String? = nil) throws -> Metadata {
  let page = "<!doctype html><html><head>\(head)</head><body>\(body)</body></html>"
  let tree = try PageParser.parse(Array(page.utf8), limits: ExtractionOptions.Limits())
  return MetadataReader.metadata(of: tree, url: url)
}

private func jsonLD(_ json: String) -> String {
  #"<script type="application/ld+json">\#(json)</script>"#
}

struct SourceCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  var head = ""
  var body = ""
  var url: String?
  var title: String?
  var authors: [String]?
  var published: String?
  var modified: String?
  var siteName: String?
}

@Suite("Sources of metadata")
struct MetadataReaderTests {
  static let article = jsonLD(
    ##"""
    {"@context": "https://schema.org", "@graph": [
      {"@type": "WebSite", "name": "The Tollan Observer"},
      {"@type": "NewsArticle", "headline": "Cottage &amp; school", "author": {"@id": "#ann"},
       "datePublished": "2024-03-14T08:00:00+01:00", "dateModified": "2024-03-15"},
      {"@type": "Person", "@id": "#ann", "name": "Ann Reed"}]}
    """##)

  @Test(
    "Each source is read, and the more trusted one wins",
    arguments: [
      SourceCase(
        testDescription: "JSON-LD with a graph and references", head: article,
        title: "Cottage & school", authors: ["Ann Reed"], published: "2024-03-14T08:00:00+01:00",
        modified: "2024-03-15", siteName: "The Tollan Observer"),
      SourceCase(
        testDescription: "JSON-LD before meta",
        head: article
          + #"<meta name="author" content="Bo Stone"><meta name="date" content="2020-01-01">"#,
        authors: ["Ann Reed"], published: "2024-03-14T08:00:00+01:00"),
      SourceCase(
        testDescription: "the main entity of a page, several authors",
        head: jsonLD(
          #"""
          {"@type": ["WebPage"], "datePublished": "2019-01-01", "mainEntity": {"@type":
          "http://schema.org/BlogPosting", "headline": "Soup", "datePublished": "2024-05-01",
          "author": [{"@type": "Person", "name": "Ann Reed"}, "Bo Stone"]}}
          """#),
        title: "Soup", authors: ["Ann Reed", "Bo Stone"], published: "2024-05-01"),
      SourceCase(
        testDescription: "the article with the page's address among many",
        head: jsonLD(
          #"""
          [{"@type": "Article", "headline": "One", "url": "https://a.example/1"},
           {"@type": "Article", "headline": "Two", "url": "https://a.example/2/"},
           {"@type": "Article", "headline": "Three", "url": "https://a.example/3"}]
          """#),
        url: "https://a.example/2", title: "Two"),
      SourceCase(
        testDescription: "a list of articles is not one",
        head: "<title>All posts</title>"
          + jsonLD(
            #"""
            [{"@type": "Article", "headline": "One"}, {"@type": "Article", "headline": "Two"},
             {"@type": "Article", "headline": "Three", "author": "Ann Reed"}]
            """#),
        title: "All posts", authors: []),
      SourceCase(
        testDescription: "OpenGraph",
        head: """
          <meta property="og:title" content="Soup | Slow Ladle"><meta property="og:site_name"
          content="Slow Ladle"><meta property="article:published_time" content="2024-05-01">
          <meta property="article:author" content="https://social.example/ann">
          """,
        title: "Soup", authors: [], published: "2024-05-01", siteName: "Slow Ladle"),
      SourceCase(
        testDescription: "Dublin Core",
        head: """
          <meta name="DC.title" content="Soup"><meta name="DC.creator" content="Reed, Ann">
          <meta name="DC.date.issued" content="2024-05-01">
          """,
        title: "Soup", authors: ["Ann Reed"], published: "2024-05-01"),
      SourceCase(
        testDescription: "several citation authors",
        head: """
          <meta name="citation_author" content="Ann Reed"><meta name="citation_author"
          content="Bo Stone">
          """,
        authors: ["Ann Reed", "Bo Stone"]),
      SourceCase(
        testDescription: "microdata, with meta inside of it",
        body: """
          <div itemscope itemtype="https://schema.org/Article"><h1 itemprop="headline">Soup</h1>
          <span itemprop="author" itemscope itemtype="https://schema.org/Person"><a href="/ann"
          itemprop="url"><b itemprop="name">Ann Reed</b></a></span>
          <meta itemprop="dateModified" content="2024-05-02">
          <time itemprop="datePublished" datetime="2024-05-01">yesterday</time></div>
          """,
        title: "Soup", authors: ["Ann Reed"], published: "2024-05-01", modified: "2024-05-02"),
      SourceCase(
        testDescription: "a time element, the published one before the updated one",
        body: """
          <h1>Soup</h1><time class="updated" datetime="2024-06-01">June</time>
          <time datetime="2024-05-01T10:00">May</time>
          """,
        title: "Soup", published: "2024-05-01T10:00:00"),
      SourceCase(
        testDescription: "the address, before a date in the text",
        body: "<h1>Soup</h1><p>3 June 2020</p>", url: "https://a.example/2024/05/01/soup",
        published: "2024-05-01"),
      SourceCase(
        testDescription: "a date and a byline below the headline",
        body: "<h1>Soup</h1><p>By <a href=/ann>Ann Reed</a></p><p>1 May 2024</p><p>Text.</p>",
        authors: ["Ann Reed"], published: "2024-05-01"),
      SourceCase(
        testDescription: "an element named after its byline, with date and role",
        body: """
          <h1>Soup</h1><div class="post-byline"><span>By </span><span>Ann Reed</span><span>May 1,
          2024</span><span>Senior Editor</span></div>
          """,
        authors: ["Ann Reed"]),
      SourceCase(
        testDescription: "a link to the author",
        body: #"<h1>Soup</h1><a rel="author nofollow" href="/ann">Ann Reed</a>"#,
        authors: ["Ann Reed"]),
      SourceCase(
        testDescription: "the account of a thread's first post",
        body: #"<h1>Soup</h1><a class="username" href="/u/1">ladle77</a><p>Hello.</p>"#,
        authors: ["ladle77"]),
      SourceCase(
        testDescription: "a reader's review is not the page's",
        body: """
          <h1>Kettle</h1><div class="review"><b class="review-author">Perpetua L.</b>
          <i class="review-date">1 May 2024</i></div>
          """,
        authors: []),
      SourceCase(
        testDescription: "a visible headline that says the same",
        head: "<title>Soup with onions and barley - Slow Ladle</title>",
        body: "<h1>Slow Ladle</h1><h1>Soup with onions</h1>", url: "https://www.slowladle.example/",
        title: "Soup with onions"),
      SourceCase(
        testDescription: "a visible headline of another matter",
        head: "<title>Soup with onions</title>", body: "<h1>Subscribe to us today</h1>",
        title: "Soup with onions"),
      SourceCase(
        testDescription: "a site that is called an author",
        head: """
          <meta property="og:site_name" content="Slow Ladle"><meta name="author"
          content="Slow Ladle">
          """,
        authors: []),
      SourceCase(
        testDescription: "broken JSON-LD leaves the other sources",
        head: jsonLD(#"{"@type": "Article", "headline": "Sou"#)
          + #"<meta property="og:title" content="Soup"><meta name="author" content="Ann Reed">"#,
        title: "Soup", authors: ["Ann Reed"]),
      SourceCase(
        testDescription: "JSON-LD in a comment with a trailing comma",
        head: jsonLD(#"<!-- {"@type": "Article", "headline": "Soup",} -->"#), title: "Soup"),
      SourceCase(testDescription: "an empty page", authors: []),
    ])
  func source(_ each: SourceCase) throws {
    let found = try metadata(each.head, each.body, url: each.url)
    if let title = each.title { #expect(found.title == title) }
    if let authors = each.authors { #expect(found.authors == authors) }
    if let published = each.published { #expect(found.published == published) }
    if let modified = each.modified { #expect(found.modified == modified) }
    if let siteName = each.siteName { #expect(found.siteName == siteName) }
  }

  @Test("Addresses, type, language, categories, tags and picture are read")
  func others() throws {
    let found = try metadata(
      """
      <link rel="canonical" href="/soup"><meta property="og:image" content="//img.example/1.jpg">
      <meta property="og:type" content="article"><meta property="article:section" content="Food">
      <meta property="article:tag" content="soup"><meta property="article:tag" content="Soup">
      <meta property="article:tag" content="barley"><meta name="description" content=" A  soup. ">
      <meta property="og:locale" content="en_GB">
      """, url: "https://a.example/x?y")
    #expect(found.canonicalURL == "https://a.example/soup")
    #expect(found.leadImage == "https://img.example/1.jpg")
    #expect(found.pageType == "article")
    #expect(found.categories == ["Food"])
    #expect(found.tags == ["soup", "barley"])
    #expect(found.description == "A soup.")
    #expect(found.language == "en-GB")
    #expect(found.url == "https://a.example/x?y")
  }

  @Test("Nesting without end costs no stack")
  func depth() throws {
    let deep = String(repeating: #"{"@graph":["#, count: 100_000)
    let nested =
      String(repeating: #"{"@type":"WebPage","mainEntity":"#, count: 250) + "1"
      + String(repeating: "}", count: 250)
    let scopes = String(
      repeating: #"<div itemscope itemprop="author" itemtype="https://schema.org/Article">"#,
      count: 5000)
    let found = try metadata(
      jsonLD(deep) + jsonLD(nested) + "<title>Soup</title>", scopes + "<h1>Soup</h1>")
    #expect(found.title == "Soup")
  }

  @Test("Objects that refer to themselves end")
  func cycles() throws {
    let found = try metadata(
      jsonLD(
        ##"{"@type":"Article","@id":"#a","headline":"Soup","author":{"@id":"#a"},"image":{"@id":"#b"}}"##
      ))
    #expect(found.title == "Soup")
    #expect(found.authors == [])
    #expect(found.leadImage == nil)
  }
}
