// Features of a block's own text and of the element it stands in.

extension FeatureExtractor {
  static let ownNames: [String] =
    [
      "words", "letters", "letters/word", "link density", "links", "digits", "uppercase",
      "capitalised", "sentences", "words/sentence", "commas", "commas/word", "punctuation",
      "bold", "italic", "images", "line breaks",
    ]
    + ownFlagNames.map(\.0) + ownMarkupNames.map(\.0)
    + ["heading level", "tag class", "starts inside link"]

  private static let ownFlagNames: [(String, TextCounts.Flags)] = [
    ("has copyright", .copyright), ("has at", .at), ("has currency", .currency),
    ("has separator", .separator), ("has quotation", .quotation), ("has question", .question),
    ("has exclamation", .exclamation), ("starts uppercase", .startsUppercase),
    ("starts with digit", .startsWithDigit), ("ends sentence", .endsSentence),
    ("ends with colon", .endsWithColon), ("has year", .year), ("has parenthesis", .parenthesis),
    ("ends with ellipsis", .endsWithEllipsis),
  ]

  private static let ownMarkupNames: [(String, BlockFlags)] = [
    ("hidden", .hidden), ("aria hidden", .ariaHidden), ("noscript", .noscript),
    ("preformatted", .preformatted), ("control", .control), ("in form", .form),
    ("broken off", .brokenOff),
  ]

  func putOwn(_ index: Int, into row: inout FeatureRow) {
    let block = outline.blocks[index]
    let counts = block.counts
    let words = Float(counts.words)
    let perWord = 1 / max(1, words)
    let perLetter = 1 / max(1, Float(counts.letters))
    row.put(words)
    row.put(Float(counts.letters))
    row.put(Float(counts.letters) * perWord)
    row.put(Float(block.linkWords) * perWord)
    row.put(Float(block.links))
    row.put(Float(counts.digits) * perLetter)
    row.put(Float(counts.uppercase) * perLetter)
    row.put(Float(counts.capitalised) * perWord)
    row.put(Float(counts.sentences))
    row.put(words / max(1, Float(counts.sentences)))
    row.put(Float(counts.commas))
    row.put(Float(counts.commas) * perWord)
    row.put(Float(counts.otherPunctuation) * perLetter)
    row.put(Float(block.boldWords) * perWord)
    row.put(Float(block.italicWords) * perWord)
    row.put(Float(block.images))
    row.put(Float(block.lineBreaks))
    for (_, flag) in Self.ownFlagNames { row.put(counts.flags.contains(flag)) }
    for (_, flag) in Self.ownMarkupNames { row.put(block.flags.contains(flag)) }
    let tag = block.parent >= 0 ? outline.tree.nodes[Int(block.parent)].tag : .body
    row.put(tag.headingLevel)
    row.put(Self.tagClass(tag))
    row.put(block.links > 0 && block.linkWords == counts.words)
  }

  /// Tags by the kind of text they usually hold, as an order that trees can split.
  static func tagClass(_ tag: Tag) -> Int {
    switch tag {
    case .p: 1
    case .blockquote: 2
    case .pre: 3
    case .li: 4
    case .dd: 5
    case .dt: 6
    case .td: 7
    case .th: 8
    case .h1: 9
    case .h2, .h3: 10
    case .h4, .h5, .h6: 11
    case .figcaption, .caption: 12
    case .summary, .details: 13
    case .div: 14
    case .section, .article, .main: 15
    case .header, .footer, .nav, .aside: 16
    case .form, .fieldset, .legend: 17
    default: 18
    }
  }
}
