// The words that designers give to parts of a page, in class names, ids, roles and item properties.
//
// These are names in code, near enough the same in every country, not text that readers see.
// A pattern is found anywhere in a name; `^` and `$` stand for the edge of a word, where words end
// at hyphens, underscores, spaces, digits and changes of letter case.

/// A kind of part that names tell of.
package enum LexiconCategory: Int, CaseIterable, Sendable {
  case navigation, footer, header, sidebar, comment, share, related, advertisement, consent
  case newsletter, breadcrumb, tags, meta, author, date, caption, content, article, main, title
  case product, price, description, specification, review, search, pagination, account, modal
  case screenReader, tableOfContents, gallery, video, list, card, item, teaser, forumPost
  case signature, quote, code, footnote, legal, accordion, tab, question, recipe, event, banner
  case button, avatar, summary, lead, widget, popular, map, contact, location

  /// What designers write for it.
  var patterns: [String] {
    switch self {
    case .navigation:
      ["^nav", "nav$", "navbar", "navigation", "^menu", "menu$", "submenu", "topbar"]
    case .footer: ["footer", "^foot$", "^bottom", "colophon", "contentinfo"]
    case .header: ["header", "masthead", "^head$", "^top$"]
    case .sidebar:
      ["sidebar", "^side$", "^aside", "^rail", "complementary", "secondary", "^right$"]
    case .comment: ["comment", "^respond$", "^reply", "disqus", "^replies", "^komment"]
    case .share:
      ["share", "sharing", "social", "facebook", "twitter", "addthis", "whatsapp", "pinterest"]
    case .related:
      [
        "related", "recommend", "^more$", "^also$", "similar", "upsell", "crosssell", "outbrain",
        "taboola",
        "^suggest", "^next$", "^previous", "^prev$",
      ]
    case .advertisement:
      ["^ad$", "^ads$", "^advert", "sponsor", "^promo", "^dfp$", "^adslot", "werbung", "publicid"]
    case .consent: ["cookie", "consent", "gdpr", "privacy", "ccpa"]
    case .newsletter:
      ["newsletter", "subscri", "signup", "^sign$", "mailchimp", "optin", "^paywall", "donat"]
    case .breadcrumb: ["breadcrumb", "crumb"]
    case .tags:
      ["^tag$", "^tags", "^tagcloud", "categor", "keyword", "^topics", "^terms$", "taxonomy"]
    case .meta: ["^meta", "^info", "^details$", "byline", "postmeta", "entrymeta", "^stats"]
    case .author: ["author", "byline", "^bio$", "contributor", "profile", "^autor"]
    case .date: ["^date", "^time", "published", "timestamp", "^posted", "^updated", "^datum"]
    case .caption: ["caption", "credit", "figcaption", "^legend", "copyright", "^photo"]
    case .content:
      [
        "content", "^body", "^text$", "^txt", "richtext", "wysiwyg", "prose", "^inhalt", "^copy$",
        "markdown",
      ]
    case .article:
      ["article", "^post$", "^entry", "^story", "^blog", "^single", "artikel", "^news$", "^page$"]
    case .main: ["^main", "primary", "^central", "^center"]
    case .title: ["title", "headline", "heading", "^hed$", "^name$", "titel"]
    case .product: ["product", "^item$", "^sku", "^shop", "woocommerce", "^pdp"]
    case .price:
      [
        "price", "^cart", "^buy", "^cost", "checkout", "basket", "^stock", "^offer", "^qty",
        "quantity",
      ]
    case .description: ["descri", "^desc$", "overview", "^detail", "^about"]
    case .specification: ["^spec", "attribute", "^feature", "propert", "^param", "technical"]
    case .review: ["review", "rating", "^star$", "^stars$", "^vote", "testimonial", "^score"]
    case .search: ["search", "filter", "^sort", "facet", "^suche"]
    case .pagination: ["pagina", "pager", "^paging", "pagenav", "^loadmore", "^page$numbers"]
    case .account:
      ["login", "^log$", "account", "register", "^user", "^member", "password", "wishlist"]
    case .modal:
      [
        "modal", "popup", "overlay", "lightbox", "dialog", "tooltip", "dropdown", "toast",
        "offcanvas",
      ]
    case .screenReader:
      ["screen^reader", "^sr$", "visually^hidden", "assistive", "^skip", "^hidden", "offscreen"]
    case .tableOfContents:
      ["^toc", "tableofcontents", "^anchor", "^jump", "^onthispage", "^outline"]
    case .gallery:
      ["gallery", "carousel", "slider", "slide", "swiper", "slick", "thumbnail", "^thumb"]
    case .video: ["video", "player", "^media", "youtube", "audio", "podcast", "playlist"]
    case .list:
      [
        "^list", "list$", "^grid", "grid$", "^listing", "^result", "archive", "^feed", "^loop",
        "^collection",
      ]
    case .card: ["^card", "card$", "^tile", "^box", "^panel", "^block$"]
    case .item: ["^item", "item$", "^row$", "^entry$", "^result$"]
    case .teaser: ["teaser", "excerpt", "preview", "snippet", "^promo", "^headline"]
    case .forumPost:
      ["^post", "message", "^thread", "^topic", "^answer", "^discussion", "^cooked", "^forum"]
    case .signature: ["signature", "^sig$"]
    case .quote: ["quote", "^cite"]
    case .code: ["^code", "highlight", "^syntax", "^pre$", "language^", "^snippet", "^terminal"]
    case .footnote:
      ["footnote", "^reference", "^cite", "biblio", "^note$", "^notes$", "endnote", "reflist"]
    case .legal: ["legal", "disclaim", "copyright", "terms$", "^policy", "imprint", "impressum"]
    case .accordion: ["accordion", "collaps", "toggle", "expand", "^faq", "spoiler"]
    case .tab: ["^tab$", "^tabs", "^tabpanel", "^pane$"]
    case .question: ["question", "^answer", "^faq", "accepted", "^qa$"]
    case .recipe:
      ["recipe", "ingredient", "instruction", "nutrition", "direction", "^step", "wprm"]
    case .event: ["event", "calendar", "schedule", "^session", "agenda"]
    case .banner:
      [
        "banner", "^hero", "jumbotron", "^alert", "^notice", "^announce", "^sticky", "^ribbon",
        "marquee",
      ]
    case .button:
      ["button", "^btn", "^cta", "^action", "^control", "^tool", "^link$", "^links$", "readmore"]
    case .avatar: ["avatar", "^icon", "^logo", "^badge", "^svg$", "^emoji", "^flag$"]
    case .summary: ["summary", "abstract", "^intro", "synopsis", "^tldr", "takeaway", "keypoints"]
    case .lead:
      [
        "^lead", "^lede", "subtitle", "standfirst", "^dek$", "subhead", "^chapo", "^deck$",
        "strapline", "kicker",
      ]
    case .widget: ["widget", "^module", "plugin", "^embed", "iframe", "^component"]
    case .popular: ["popular", "trending", "^latest", "recent", "^most", "^top$stories", "^hot$"]
    case .map: ["^map", "direction", "^geo"]
    case .contact: ["contact", "^form", "^field", "^input", "^submit", "^email", "^phone", "^tel$"]
    case .location:
      ["address", "location", "^country", "^lang", "language$", "^locale", "^region", "^store$"]
    }
  }
}

/// A set of categories.
package struct LexiconMask: OptionSet, Sendable, Hashable {
  package let rawValue: UInt64
  package init(rawValue: UInt64) { self.rawValue = rawValue }
  init(_ category: LexiconCategory) { rawValue = 1 << UInt64(category.rawValue) }
}
