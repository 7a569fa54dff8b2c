// A page's tree in, its metadata out: asks every source, trusts them in the order that was measured.

/// Reads what a page says about itself.
package struct MetadataReader {
  let tree: PageTree
  let address: WebAddress?
  let meta: MetaTags
  let schema: SchemaData
  let microdata: SchemaData
  let loose: JSONValue?
  let visible: VisibleClaims
  let language: String?

  /// The page's metadata.
  ///
  /// - Parameter url: Where the page was saved from; gives host and date when the page does not.
  /// - Complexity: Linear in the page's nodes and data scripts.
  package static func metadata(of tree: PageTree, url: String?) -> Metadata {
    MetadataReader(tree, url: url).metadata(url: url)
  }

  init(_ tree: PageTree, url: String?) {
    self.tree = tree
    meta = MetaTags(tree)
    address = WebAddress(url) ?? WebAddress(meta.canonical) ?? WebAddress(meta[.url])
    let addresses = [url, meta.canonical, meta[.url]].compactMap { $0 }
      .map(SchemaData.withoutFragment)
    schema = SchemaData(roots: Self.scripts(of: tree), addresses: addresses)
    let items = Microdata.items(of: tree)
    microdata = SchemaData(roots: items.items, addresses: addresses)
    loose = items.loose
    visible = VisibleClaims(tree)
    language = Self.language(of: tree, meta: meta, schema: schema)
  }

  /// The JSON-LD scripts that can be read, each parsed once.
  static func scripts(of tree: PageTree) -> [JSONValue] {
    tree.source.withUnsafeBufferPointer { source in
      tree.scripts.compactMap { script in
        guard script.kind == .jsonLD else { return nil }
        // A script that is no JSON says nothing; the page's other sources are asked.
        return try? JSONValue(
          reading: UnsafeBufferPointer(rebasing: source[script.body]), .lenient)
      }
    }
  }

  func metadata(url: String?) -> Metadata {
    let site = siteName
    var metadata = Metadata(url: url)
    metadata.siteName = site
    metadata.title = title(site: site)
    metadata.authors = authors(site: site)
    metadata.published = published?.iso8601
    metadata.modified = modified?.iso8601
    metadata.description = description
    metadata.language = language
    metadata.canonicalURL = (meta.canonical ?? meta[.url]).flatMap {
      WebAddress.absolute($0, on: address)
    }
    metadata.pageType = schema.mainType ?? microdata.mainType ?? meta[.pageType]
    metadata.categories = categories
    metadata.tags = tags
    metadata.leadImage = leadImage
    return metadata
  }
}
