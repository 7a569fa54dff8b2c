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
  ///
  /// A page without an address has the one that it gives itself.
  init(
    of page: Page, _ options: ExtractionOptions, needs: FeatureNeeds = PageModel.shared.needs,
    clock: StageClock? = nil
  ) throws(PageFailure) {
    self.options = options
    budget = PageBudget(options.limits)
    url = page.url
    guard page.bytes.count <= options.limits.pageBytes else {
      throw .tooLarge(bytes: page.bytes.count, limit: options.limits.pageBytes)
    }
    try ContentSniffer.check(page.bytes)
    let decoded = PageDecoder.decode(page.bytes, httpCharset: page.httpCharset)
    encoding = decoded.encoding
    clock?.lap(.decode)
    let tree = try PageParser.parse(decoded.utf8, limits: options.limits, clock: clock)
    try budget.checkTime()
    let list = BlockBuilder.blocks(of: tree)
    try budget.checkMemory(of: tree, list, features: FeatureExtractor.names.count)
    try budget.checkTime()
    clock?.lap(.blocks)
    features = FeatureExtractor(
      PageOutline(tree: tree, list: list),
      url: page.url ?? tree.ownAddress, needs)
    clock?.lap(.features)
  }
}

/// The choice of a page's blocks, and the document that follows from it.
struct Extraction {
  let reading: PageReading
  /// For each block, the probability that it is main content, copies settled.
  let probabilities: [Float]
  /// Blocks that count elsewhere, where the same text stands.
  let copies: [BlockChoice.Copy]
  /// Blocks of other articles, which come after the page's own.
  let otherArticles: [Int]
  let choice: BlockChoice
  /// An estimate of the document's F1, `0...1`.
  let confidence: Double

  private var options: ExtractionOptions { reading.options }
  var outline: PageOutline { reading.outline }

  /// Scores a page's blocks and chooses.
  init(_ reading: PageReading, model: PageModel = .shared, clock: StageClock? = nil) {
    self.reading = reading
    if reading.options.scope == .whole {
      probabilities = [Float](repeating: 1, count: reading.outline.blocks.count)
      copies = []
      otherArticles = []
      choice = BlockChoice(keepingAll: probabilities.count)
      confidence = 1
      return
    }
    var probabilities = model.probabilities(of: reading.features)
    clock?.lap(.scores)
    copies = BlockChoice.foldCopies(
      &probabilities, outline: reading.outline, repeats: reading.features.repeats)
    SharedFate.settle(&probabilities, outline: reading.outline)
    otherArticles = OtherArticles.drop(&probabilities, reading.features)
    Standfirst.settle(&probabilities, reading.features)
    self.probabilities = probabilities
    choice = BlockChoice(
      probabilities: probabilities, words: reading.outline.blocks.map { Float($0.counts.words) },
      lean: BlockChoice.lean(reading.options.preset))
    confidence = model.trees.confidence(ofExpectedF1: choice.expectedF1)
    clock?.lap(.choice)
  }

  /// The document, not yet normalised.
  func document(clock: StageClock? = nil) -> Document { settled(clock: clock).document }

  /// The document, what became of each block of the page, and the lines of residue in those that
  /// were kept, by block.
  ///
  /// All that decides on blocks does so here, so that documents and explanations cannot differ.
  ///
  /// - Parameter withGaps: Whether the document holds what has no text: images between blocks and,
  ///   of whole pages, rules and empty items.
  func settled(
    withGaps: Bool = true, clock: StageClock? = nil
  ) -> (document: Document, decisions: [Decision], residue: [Int: [ResidueLine]]) {
    var (blocks, sources, decisions) = content(withGaps: withGaps)
    // Behind the tree's blocks.
    if options.scope == .content {
      var embedded = EmbeddedText.additions(to: outline.list, of: outline.tree)
      if embedded.isEmpty {
        let words = sources.reduce(0) { sum, source in
          sum + (source.map { Int(outline.blocks[$0].counts.words) } ?? 0)
        }
        embedded = EmbeddedText.continuation(
          of: blocks, shownWords: words, list: outline.list, tree: outline.tree)
      }
      blocks += embedded.map(DocumentBlock.init)
    }
    clock?.lap(.choice)
    var document = Document(
      blocks: blocks, metadata: MetadataReader.metadata(of: outline.tree, url: reading.url),
      encoding: reading.encoding, confidence: confidence, degradations: outline.tree.degradations)
    clock?.lap(.metadata)
    var residueOptions = options.residue
    if options.scope == .whole { residueOptions.mode = .off }
    let lines = ResidueStripper(residueOptions).lines(strippedFrom: &document) { block in
      // What a rule keeps stays as it is.
      block < sources.count && sources[block].map { decisions[$0].isByRule } ?? false
    }
    var residue: [Int: [ResidueLine]] = [:]
    var hasRest: Set<Int> = []
    for line in lines where line.block < sources.count {
      guard let source = sources[line.block] else { continue }
      if let kind = line.residue {
        let text = blocks[line.block].text.utf8.dropFirst(line.range.lowerBound)
        residue[source, default: []].append(
          ResidueLine(kind, String(text.prefix(line.range.count)) ?? ""))
      } else {
        hasRest.insert(source)
      }
    }
    if residueOptions.mode == .strip {
      for source in residue.keys where !hasRest.contains(source) {
        decisions[source] = .dropped(by: .residue)
      }
    }
    clock?.lap(.residue)
    return (document, decisions, residue)
  }

  /// The document's blocks, and for each block of the page what became of it, before
  /// residue is looked for.
  ///
  /// `sources` are the page's blocks that the document's were made of.
  private func content(
    withGaps: Bool
  ) -> (blocks: [DocumentBlock], sources: [Int?], decisions: [Decision]) {
    var decisions = choice.isKept.map { $0 ? Decision.kept(by: .model) : .dropped(by: .model) }
    for copy in copies where !decisions[copy.block].isKept {
      decisions[copy.block] = .dropped(by: .copy(of: Int32(copy.original)))
    }
    for index in otherArticles { decisions[index] = .dropped(by: .otherArticle) }
    var assembler = DocumentAssembler(
      outline, headings: reading.features.headings, url: reading.url, options)
    settleOptions(&decisions, assembler: &assembler)
    applyRules(to: &decisions)
    for index in decisions.indices where decisions[index] == .kept(by: .model) {
      if options.scope == .content, !options.includes(assembler.place(of: index).role) {
        decisions[index] = .dropped(by: .role)
      }
    }
    var gaps = (withGaps ? gaps(decisions, &assembler) : [])[...]
    var blocks: [DocumentBlock] = []
    var sources: [Int?] = []
    func fill(before node: Int32) {
      while let gap = gaps.first, gap.block.firstNode < node {
        gaps.removeFirst()
        blocks.append(assembler.block(of: gap))
        sources.append(nil)
      }
    }
    for index in decisions.indices where decisions[index].isKept {
      fill(before: outline.blocks[index].firstNode)
      // First the place: side by side, the assembler would be copied for the call.
      let place = assembler.place(of: index)
      blocks.append(assembler.block(at: index, place))
      sources.append(index)
    }
    fill(before: .max)
    return (blocks, sources, decisions)
  }

  /// What has no text and belongs to the document: of a whole page everything, else the images that
  /// stand between blocks that are kept, with nothing between but captions.
  private func gaps(
    _ decisions: [Decision], _ assembler: inout DocumentAssembler
  ) -> [Gap] {
    guard options.showsImages else { return [] }
    let all = GapReader.gaps(
      in: outline.tree, outline.list, wantsAll: options.scope == .whole)
    if options.scope == .whole { return all }
    return all.filter { gap in
      let next = outline.blocks.partitioningIndex { $0.firstNode > gap.block.firstNode }
      func isKept(_ indices: some Sequence<Int>) -> Bool {
        for index in indices {
          if decisions[index].isKept { return true }
          if assembler.place(of: index).role != .caption { return false }
        }
        return false
      }
      return isKept((0..<next).reversed()) && isKept(next..<outline.blocks.count)
    }
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

extension Array {
  /// The first index whose element is in the second part, when `isInSecond` parts the array in two.
  fileprivate func partitioningIndex(where isInSecond: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isInSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
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
