// One page on its way to a document, step by step, so that a choice can be explained.

/// What is known of a page before anything is chosen.
struct PageReading {
  let options: ExtractionOptions
  let url: String?
  let encoding: EncodingUsed
  let features: FeatureExtractor
  let budget: PageBudget

  var outline: PageOutline { features.outline }

  /// Decodes, parses and cuts a page.
  init(of page: Page, _ options: ExtractionOptions) throws(PageFailure) {
    self.options = options
    budget = PageBudget(options.limits)
    url = page.url
    guard page.bytes.count <= options.limits.pageBytes else {
      throw .tooLarge(bytes: page.bytes.count, limit: options.limits.pageBytes)
    }
    try ContentSniffer.check(page.bytes)
    let decoded = PageDecoder.decode(page.bytes, httpCharset: page.httpCharset)
    encoding = decoded.encoding
    let tree = try PageParser.parse(decoded.utf8, limits: options.limits)
    try budget.checkTime()
    let list = BlockBuilder.blocks(of: tree)
    try budget.checkMemory(of: tree, list, features: FeatureExtractor.names.count)
    try budget.checkTime()
    features = FeatureExtractor(PageOutline(tree: tree, list: list), url: page.url)
  }
}

/// The choice of a page's blocks, and the document that follows from it.
struct Extraction {
  let reading: PageReading
  /// For each block, the probability that it is main content, copies settled.
  let probabilities: [Float]
  /// Blocks that count elsewhere, where the same text stands.
  let copies: [BlockChoice.Copy]
  let choice: BlockChoice
  /// An estimate of the document's F1, `0...1`.
  let confidence: Double

  private var options: ExtractionOptions { reading.options }
  var outline: PageOutline { reading.outline }

  /// Scores a page's blocks and chooses.
  init(_ reading: PageReading, model: BlockModel = .shared) {
    self.reading = reading
    var probabilities = model.probabilities(of: reading.features)
    copies = BlockChoice.foldCopies(
      &probabilities, outline: reading.outline, repeats: reading.features.repeats)
    SharedFate.settle(&probabilities, outline: reading.outline)
    self.probabilities = probabilities
    choice = BlockChoice(
      probabilities: probabilities, words: reading.outline.blocks.map { Float($0.counts.words) },
      lean: BlockChoice.lean(reading.options.preset))
    confidence = model.confidence(ofExpectedF1: choice.expectedF1)
  }

  /// The document, not yet normalised.
  func document() -> Document { settled().document }

  /// The document, what became of each block of the page, and the lines of residue in those that
  /// were kept, by block.
  ///
  /// All that decides on blocks does so here, so that documents and explanations cannot differ.
  func settled() -> (document: Document, decisions: [Decision], residue: [Int: [ResidueLine]]) {
    var (blocks, decisions) = content()
    let sources = decisions.indices.filter { decisions[$0].isKept }
    // Behind the tree's blocks.
    blocks += EmbeddedText.additions(to: outline.list, of: outline.tree).map(DocumentBlock.init)
    var document = Document(
      blocks: blocks, metadata: MetadataReader.metadata(of: outline.tree, url: reading.url),
      encoding: reading.encoding, confidence: confidence, degradations: outline.tree.degradations)
    let lines = ResidueStripper(options.residue).lines(strippedFrom: &document) { block in
      // What a rule keeps stays as it is.
      block < sources.count && decisions[sources[block]].isByRule
    }
    var residue: [Int: [ResidueLine]] = [:]
    var hasRest: Set<Int> = []
    for line in lines where line.block < sources.count {
      let source = sources[line.block]
      if let kind = line.residue {
        let text = blocks[line.block].text.utf8.dropFirst(line.range.lowerBound)
        residue[source, default: []].append(
          ResidueLine(kind, String(text.prefix(line.range.count)) ?? ""))
      } else {
        hasRest.insert(source)
      }
    }
    if options.residue.mode == .strip {
      for source in residue.keys where !hasRest.contains(source) {
        decisions[source] = .dropped(by: .residue)
      }
    }
    return (document, decisions, residue)
  }

  /// The document's blocks, and for each block of the page what became of it, before
  /// residue is looked for.
  private func content() -> (blocks: [DocumentBlock], decisions: [Decision]) {
    var decisions = choice.isKept.map { $0 ? Decision.kept(by: .model) : .dropped(by: .model) }
    for copy in copies where !decisions[copy.block].isKept {
      decisions[copy.block] = .dropped(by: .copy(of: Int32(copy.original)))
    }
    var assembler = DocumentAssembler(outline, headings: reading.features.headings, options)
    settleOptions(&decisions, assembler: &assembler)
    applyRules(to: &decisions)
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

  /// Blocks that look like more than a line, so that buttons beside comments stay out.
  private static let leastCommentWords = 5
  /// A byline stands this many blocks at most from the first block of content.
  private static let bylineDistance = 8

  /// The model drops headlines, bylines, captions and comments of articles, as they are no part of
  /// the running text. Asked for, they come back where they belong to the content.
  private func settleOptions(_ decisions: inout [Decision], assembler: inout DocumentAssembler) {
    guard
      options.includesTitle || options.includesByline || options.includesCaptions
        || options.includesComments,
      let first = choice.isKept.firstIndex(of: true), let last = choice.isKept.lastIndex(of: true)
    else { return }
    var hasTitle = false
    for index in decisions.indices where decisions[index] == .dropped(by: .model) {
      let block = outline.blocks[index]
      let isWanted =
        switch assembler.place(of: index).role {
        case .title: options.includesTitle && !hasTitle && index <= first + Self.bylineDistance
        case .byline, .date:
          options.includesByline && abs(index - first) <= Self.bylineDistance
        case .caption: options.includesCaptions && (first...last).contains(index)
        case .comment:
          options.includesComments && block.counts.words >= Self.leastCommentWords
            && block.linkWords * 2 < block.counts.words
        default: false
        }
      guard isWanted else { continue }
      decisions[index] = .kept(by: .option)
      hasTitle = hasTitle || assembler.place(of: index).role == .title
    }
  }

  /// The user's rules come after everything else, and win.
  private func applyRules(to decisions: inout [Decision]) {
    guard !options.rules.isEmpty else { return }
    let rules = options.rules.decisions(tree: outline.tree, list: outline.list, url: reading.url)
    for (index, rule) in rules.enumerated() {
      guard let rule else { continue }
      decisions[index] =
        rule.verdict == .keep
        ? .kept(by: .rule(Int32(rule.place))) : .dropped(by: .rule(Int32(rule.place)))
    }
  }
}

extension DocumentBlock {
  /// Text that stood in the page's data, not in its tree.
  fileprivate init(_ embedded: EmbeddedBlock) {
    switch embedded.kind {
    case .heading: self.init(role: .heading, text: embedded.text, headingLevel: 2)
    case .paragraph: self.init(role: .body, text: embedded.text)
    case .listItem: self.init(role: .listItem, text: embedded.text)
    }
  }
}

extension ExtractionOptions {
  /// Do the options let blocks of this role into the text?
  func includes(_ role: Role) -> Bool {
    switch role {
    case .title: includesTitle
    case .byline, .date: includesByline
    case .caption: includesCaptions
    // The model keeps posts of forums and drops comments below articles.
    case .comment: true
    case .tableCell: includesTables
    default: true
    }
  }

  /// The option, by its name in `strip`, that is about blocks of this role.
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
