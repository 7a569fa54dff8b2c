// What the links of a page are relative to.

extension AddressResolver {
  /// The base for a page's links, `nil` when neither the page nor whoever saved it names one.
  ///
  /// - Parameter url: Where the page was saved from.
  init?(linksOf tree: PageTree, at url: String?) {
    var element: String?
    var canonical: String?
    for tag in tree.about {
      switch tag.tag {
      case .base where element == nil:
        element = tree.string(.href, in: tag.attributes)
      case .link where canonical == nil:
        if tree.value(.rel, in: tag.attributes)?.elementsEqual("canonical".utf8) == true {
          canonical = tree.string(.href, in: tag.attributes)
        }
      default: break
      }
    }
    self.init(page: url, base: element, canonical: canonical)
  }
}

extension ExtractionOptions {
  /// Are there addresses in the document that may have to be made absolute?
  var needsAddresses: Bool { includesLinks || showsImages }

  /// Images are part of a page that is taken whole.
  var showsImages: Bool { includesImages || scope == .whole }
}

extension PageTree {
  /// The address that a page gives itself, if it is absolute: its canonical link, or `og:url`.
  var ownAddress: String? {
    var shared: String?
    for tag in about {
      switch tag.tag {
      case .link where value(.rel, in: tag.attributes)?.elementsEqual("canonical".utf8) == true:
        if let address = string(.href, in: tag.attributes), address.contains("://") {
          return address
        }
      case .meta where value(.property, in: tag.attributes)?.elementsEqual("og:url".utf8) == true:
        shared = shared ?? string(.content, in: tag.attributes)
      default: break
      }
    }
    return shared.flatMap { $0.contains("://") ? $0 : nil }
  }
}
