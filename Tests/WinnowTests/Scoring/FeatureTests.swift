// Features: one number a name, and the numbers that can be counted by hand.

import Testing

@testable import Winnow

@Suite("Features")
struct FeatureTests {
  private func features(_ html: String, url: String? = nil) throws -> FeatureExtractor {
    try PageReading(of: Page(bytes: Array(html.utf8), url: url), ExtractionOptions(), needs: .all)
      .features
  }

  private func value(_ name: String, _ block: Int, of features: FeatureExtractor) throws -> Float {
    let column = try #require(FeatureExtractor.names.firstIndex(of: name), "\(name)")
    return features.rows()[block * FeatureExtractor.names.count + column]
  }

  private static let page = """
    <title>The heron returns</title><nav><ul><li><a href=/>Home</a><li><a href=/b>Birds</a></ul></nav>
    <article class="post-body"><h1>The heron returns</h1>
    <p>It came back on Sunday, <b>two weeks early</b>, and stood at the weir.</p>
    <p>Nobody had expected it. See <a href=/x>the old photographs</a> of 1987.</p></article>
    <footer>© 2024</footer>
    """

  @Test("Every name is a different one")
  func names() {
    #expect(Set(FeatureExtractor.names).count == FeatureExtractor.names.count)
  }

  @Test("Own text is counted")
  func own() throws {
    let features = try features(Self.page)
    #expect(features.outline.blocks.count == 6)
    #expect(try value("words", 3, of: features) == 13)
    #expect(abs(try value("bold", 3, of: features) - 3.0 / 13) < 1e-5)
    #expect(abs(try value("link density", 4, of: features) - 3.0 / 10) < 1e-5)
    #expect(try value("sentences", 4, of: features) == 2)
    #expect(try value("has year", 4, of: features) == 1)
    #expect(try value("has copyright", 5, of: features) == 1)
    #expect(try value("heading level", 2, of: features) == 1)
  }

  @Test("Places are levels up")
  func places() throws {
    let features = try features(Self.page)
    #expect(try value("levels to nav", 0, of: features) == 3)
    #expect(try value("levels to article", 3, of: features) == 1)
    #expect(try value("levels to nav", 3, of: features) == FeatureExtractor.nowhere)
    #expect(try value("levels to name content", 3, of: features) == 1)
    #expect(try value("levels to footer", 5, of: features) == 0)
  }

  @Test("A headline shares its words with the title")
  func headline() throws {
    let features = try features(Self.page)
    #expect(try value("own share in title", 2, of: features) == 1)
    #expect(try value("title share in own", 2, of: features) == 1)
    #expect(try value("blocks since heading", 3, of: features) == 1)
  }

  @Test("The address tells of the page")
  func address() throws {
    let features = try features(Self.page, url: "https://example.org/2024/05/the-heron-returns?x=1")
    #expect(try value("address levels", 0, of: features) == 3)
    #expect(try value("address has query", 0, of: features) == 1)
    #expect(try value("address has date", 0, of: features) == 1)
    #expect(try value("address words in last part", 0, of: features) == 2)
  }

  @Test("Pages without blocks have no rows")
  func empty() throws {
    #expect(try features("<nav></nav>").rows().isEmpty)
  }

  private static let teasers =
    """
    <article><h1>The heron returns</h1><p>It came back on Sunday, two weeks early, and stood there.</p>
    </article><ul>
    """
    + ["a-b-c", "d-e", "f"].map {
      "<li><a href=/news/\($0)>Three words here</a><p>A longer teaser of the other story...</p></li>"
    }.joined() + "</ul>"

  @Test("Links say where they lead")
  func targets() throws {
    let features = try features(Self.teasers, url: "https://heron.example/news/heron")
    #expect(try value("target kind", 0, of: features) == 0)
    #expect(try value("target kind", 2, of: features) == Float(LinkAddress.Kind.own.rawValue))
    #expect(try value("heading target kind", 2, of: features) == 0)
  }

  @Test("Cards and the row that they stand in are known by their links and teasers")
  func cards() throws {
    let features = try features(Self.teasers, url: "https://heron.example/news/heron")
    let teaser = 3
    #expect(try value("blocks since headline", teaser, of: features) == 1)
    #expect(try value("words since headline", teaser, of: features) == 0)
    #expect(try value("card plain words", teaser, of: features) == 7)
    #expect(try value("row links/card", teaser, of: features) == 1)
    #expect(try value("row words/card", teaser, of: features) == 10)
    #expect(try value("row good before", teaser, of: features) == 1)
    #expect(try value("row good after", teaser, of: features) == 0)
    #expect(try value("card plain words", 1, of: features) == -1)
  }

  @Test("What no model reads is left out, and the rest is the same")
  func needs() throws {
    let page = Page(bytes: Array(Self.teasers.utf8), url: "https://heron.example/news/heron")
    let all = try PageReading(of: page, ExtractionOptions(), needs: .all).features.rows()
    let needs = PageModel.shared.needs
    let some = try PageReading(of: page, ExtractionOptions(), needs: needs).features.rows()
    let names = FeatureExtractor.names
    for (place, step) in FeatureExtractor.neighbourSteps.enumerated() where !needs.neighbours[place]
    {
      #expect(
        names.indices.allSatisfy { !names[$0].hasPrefix("neighbour \(step) ") || some[$0] == 0 })
    }
    let read = Set(PageModel.shared.trees.columns.map(\.feature))
      .union(PageModel.shared.sequence.columns.map { Int($0.feature) })
    #expect(!read.isEmpty && all.count == some.count)
    for place in all.indices where read.contains(place % names.count) {
      #expect(all[place] == some[place], "\(names[place % names.count])")
    }
  }

  @Test("Each feature is the same when it alone is read")
  func alone() throws {
    let page = Page(bytes: Array(Self.teasers.utf8), url: "https://heron.example/news/heron")
    let all = try PageReading(of: page, ExtractionOptions(), needs: .all).features
    let rows = all.rows()
    let names = FeatureExtractor.names
    for read in names.indices {
      let needs = FeatureNeeds { $0 == read }
      let alone = FeatureExtractor(all.outline, url: page.url, needs).rows()
      let places = stride(from: read, to: rows.count, by: names.count)
      #expect(places.allSatisfy { alone[$0] == rows[$0] }, "\(names[read])")
    }
    #expect(!FeatureNeeds { _ in false }.headingWords)
  }
}
