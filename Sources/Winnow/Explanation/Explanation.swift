// One page in; every block of it out, with what became of it and why.

/// Why a page's document is what it is.
package struct Explanation: Sendable {
  /// A feature that weighed for or against a block.
  package struct Reason: Sendable, Equatable {
    /// As `Attribution.name(of:)` has it.
    package let feature: String
    package let value: Float
    /// What it added to the block's log-odds, compared with the page's blocks on
    /// average; see `Attribution`.
    package let weight: Float
  }

  /// One block of the page.
  struct Block: Sendable {
    /// Its place on the page, from 1.
    let number: Int
    let decision: Decision
    /// The number of the block that this one is a copy of.
    let copyOf: Int?
    /// `nil` for what stands in for something else.
    let role: Role?
    /// `nil` where the model was not asked, and then there are no reasons.
    ///
    /// That it is main content, as the model says and its table or list settles it; a copy has
    /// its own.
    let probability: Float?
    /// The features that weighed most, heaviest first.
    let reasons: [Reason]
    /// The elements around it as a CSS selector, the nearest last.
    let path: String
    /// `1...6` in a heading, else 0.
    let headingLevel: Int
    let words: Int
    /// As in the document, if it is kept. White space collapsed; `\n` where the page breaks the
    /// line.
    let text: String
    /// Its lines that are residue: gone from `text`, or marked in the document.
    let residue: [ResidueLine]
  }

  /// How many reasons are given for a block.
  private static let reasonCount = 3

  let title: String?
  let url: String?
  let encoding: EncodingUsed
  let preset: ExtractionOptions.Preset
  /// As in the document.
  let confidence: Double
  let degradations: [Degradation]
  /// What reasons are compared with: the probability of the page's blocks on average.
  let baseline: Double
  /// The least probability of a block that the model chose; `nil` when it chose none.
  let threshold: Float?
  /// All blocks, in the page's order.
  private(set) var blocks: [Block] = []

  /// - Throws: As `Extractor.document`, for pages without a document.
  package init(of page: Page, _ options: ExtractionOptions) throws(PageFailure) {
    let extraction = try Extraction(PageReading(of: page, options))
    let reading = extraction.reading
    let (document, decisions, residue) = extraction.settled(withGaps: false)
    let outline = reading.outline
    let rows = reading.features.rows()
    let model = PageModel.shared
    let scores = model.logOdds(of: reading.features)
    let isChosen = extraction.choice.isKept
    let attribution = Attribution(
      trees: Attribution(model.trees, rows: rows, isChosen: isChosen), sequence: scores.sequence,
      logOdds: scores.sum, model: model.sequence, isChosen: isChosen)
    title = reading.features.page.title
    url = page.url
    encoding = reading.encoding
    preset = options.preset
    confidence = extraction.confidence
    degradations = outline.tree.degradations
    baseline = Double(logistic(Float(attribution.base)))
    threshold = outline.blocks.indices.filter { extraction.choice.isKept[$0] }
      .map { extraction.probabilities[$0] }.min()

    var assembler = DocumentAssembler(
      outline, headings: reading.features.headings, url: reading.url, options)
    let numbers = Self.numbers(of: outline.list)
    var standIns = outline.list.standIns[...]
    var content = document.blocks[...]
    for index in outline.blocks.indices {
      while standIns.count > 0, blocks.count + 1 < numbers[index] {
        append(standIns.removeFirst(), .dropped(by: .markup), outline)
      }
      let reasons = attribution.heaviest(Self.reasonCount, of: index).map { reason in
        Reason(
          feature: Attribution.name(of: reason.feature),
          value: reason.feature == Attribution.sequenceFeature
            ? scores.sequence[index]
            : rows[index * FeatureExtractor.names.count + reason.feature],
          weight: reason.weight)
      }
      append(
        outline.blocks[index], decisions[index], outline,
        copyOf: Self.original(of: index, decisions).map { numbers[$0] },
        role: assembler.place(of: index).role,
        probability: Self.probability(of: index, extraction, attribution),
        reasons: reasons, text: decisions[index].isKept ? content.removeFirst().text : nil,
        residue: residue[index] ?? [])
    }
    for block in standIns { append(block, .dropped(by: .markup), outline) }
    for block in content { append(embedded: block) }
  }

  private static func probability(
    of index: Int, _ extraction: Extraction, _ attribution: Attribution
  ) -> Float {
    let settled = extraction.probabilities[index]
    return settled > 0 ? settled : logistic(attribution.logOdds[index])
  }

  /// The number of each block, counted together with the stand-ins before it.
  private static func numbers(of list: BlockList) -> [Int] {
    var standIns = list.standIns[...]
    var before = 1
    return list.blocks.indices.map { index in
      while let next = standIns.first, next.firstNode < list.blocks[index].firstNode {
        standIns.removeFirst()
        before += 1
      }
      return index + before
    }
  }

  /// The block that a copy counts as in the end.
  private static func original(of index: Int, _ decisions: [Decision]) -> Int? {
    var original: Int?
    // Each step leads to a likelier block, so there is an end.
    while case .dropped(.copy(let next)) = decisions[original ?? index] { original = Int(next) }
    return original
  }

  private mutating func append(
    _ block: TextBlock, _ decision: Decision, _ outline: PageOutline, copyOf: Int? = nil,
    role: Role? = nil, probability: Float? = nil, reasons: [Reason] = [], text: String? = nil,
    residue: [ResidueLine] = []
  ) {
    blocks.append(
      Block(
        number: blocks.count + 1, decision: decision, copyOf: copyOf, role: role,
        probability: probability, reasons: reasons, path: outline.tree.selector(of: block.parent),
        headingLevel: PageOutline.headingLevel(block, outline.tree),
        words: Int(block.counts.words), text: text ?? outline.list.string(of: block),
        residue: residue))
  }

  private mutating func append(embedded block: DocumentBlock) {
    blocks.append(
      Block(
        number: blocks.count + 1, decision: .kept(by: .data), copyOf: nil, role: block.role,
        probability: nil, reasons: [], path: "script", headingLevel: block.headingLevel,
        words: block.text.split(whereSeparator: \.isWhitespace).count, text: block.text, residue: []
      ))
  }

  var keptBlocks: Int { blocks.reduce(0) { $0 + ($1.decision.isKept ? 1 : 0) } }
  var words: Int { blocks.reduce(0) { $0 + $1.words } }
  var keptWords: Int { blocks.reduce(0) { $0 + ($1.decision.isKept ? $1.words : 0) } }
}
