// One page on its way to a document, step by step, so that a choice can be explained.

/// What was found out about one page, and the choice that follows from it.
struct Extraction {
  let options: ExtractionOptions
  let url: String?
  let encoding: EncodingUsed
  let tree: PageTree
  let features: FeatureExtractor
  /// For each block, the probability that it is main content, copies settled.
  let probabilities: [Float]
  /// Blocks that count elsewhere, where the same text stands.
  let copies: [BlockChoice.Copy]
  let choice: BlockChoice

  var outline: PageOutline { features.outline }

  /// Decodes, parses, cuts and scores a page.
  init(of page: Page, _ options: ExtractionOptions) throws(PageFailure) {
    self.options = options
    url = page.url
    guard page.bytes.count <= options.limits.pageBytes else {
      throw .tooLarge(bytes: page.bytes.count, limit: options.limits.pageBytes)
    }
    try ContentSniffer.check(page.bytes)
    let decoded = PageDecoder.decode(page.bytes, httpCharset: page.httpCharset)
    encoding = decoded.encoding
    tree = try PageParser.parse(decoded.utf8, limits: options.limits)
    let list = BlockBuilder.blocks(of: tree)
    features = FeatureExtractor(PageOutline(tree: tree, list: list), url: page.url)
    var probabilities = BlockModel.shared.probabilities(of: features)
    copies = BlockChoice.foldCopies(
      &probabilities, outline: features.outline, repeats: features.repeats)
    self.probabilities = probabilities
    choice = BlockChoice(
      probabilities: probabilities, words: list.blocks.map { Float($0.counts.words) },
      preset: options.preset)
  }

  /// The document, not yet normalised.
  func document() -> Document {
    Document(
      blocks: content().blocks, metadata: Metadata(title: features.page.title, url: url),
      encoding: encoding, confidence: Double(choice.expectedF1),
      degradations: tree.degradations)
  }

  /// The document's blocks, and for each block of the page what became of it.
  ///
  /// All that decides on blocks does so here, so that documents and explanations cannot differ.
  func content() -> (blocks: [DocumentBlock], decisions: [Decision]) {
    var decisions = choice.isKept.map { $0 ? Decision.kept(by: .model) : .dropped(by: .model) }
    for copy in copies where !decisions[copy.block].isKept {
      decisions[copy.block] = .dropped(by: .copy(of: Int32(copy.original)))
    }
    var assembler = DocumentAssembler(outline, headings: features.headings, options)
    var blocks: [DocumentBlock] = []
    for index in decisions.indices where decisions[index].isKept {
      let place = assembler.place(of: index)
      if decisions[index] == .kept(by: .model), !options.includes(place.role) {
        decisions[index] = .dropped(by: .role)
      } else {
        blocks.append(assembler.block(at: index, place))
      }
    }
    return (blocks, decisions)
  }
}

extension ExtractionOptions {
  /// Do the options let blocks of this role into the text?
  func includes(_ role: Role) -> Bool {
    switch role {
    case .title: includesTitle
    case .byline, .date: includesByline
    case .caption: includesCaptions
    case .comment: includesComments
    case .tableCell: includesTables
    default: true
    }
  }

  /// The option, by its name in `strip`, that lets blocks of this role into the text; `nil` for
  /// roles that are always in it.
  static func option(for role: Role) -> String? {
    switch role {
    case .title: "title"
    case .byline, .date: "byline"
    case .caption: "captions"
    case .comment: "comments"
    case .tableCell: "tables"
    default: nil
    }
  }
}
