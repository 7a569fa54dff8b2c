// One page on its way to a document, step by step, so that a choice can be explained.

/// What is known of a page before anything is chosen.
struct PageReading {
  let options: ExtractionOptions
  let url: String?
  let encoding: EncodingUsed
  let features: FeatureExtractor

  var outline: PageOutline { features.outline }

  /// Decodes, parses and cuts a page.
  init(of page: Page, _ options: ExtractionOptions) throws(PageFailure) {
    self.options = options
    url = page.url
    guard page.bytes.count <= options.limits.pageBytes else {
      throw .tooLarge(bytes: page.bytes.count, limit: options.limits.pageBytes)
    }
    try ContentSniffer.check(page.bytes)
    let decoded = PageDecoder.decode(page.bytes, httpCharset: page.httpCharset)
    encoding = decoded.encoding
    let tree = try PageParser.parse(decoded.utf8, limits: options.limits)
    let list = BlockBuilder.blocks(of: tree)
    features = FeatureExtractor(PageOutline(tree: tree, list: list), url: page.url)
  }
}

/// The choice of a page's blocks, and the document that follows from it.
struct Extraction {
  let reading: PageReading
  /// For each block, the probability that it is main content, copies settled.
  let probabilities: [Float]
  let choice: BlockChoice
  /// An estimate of the document's F1, `0...1`.
  let confidence: Double

  private var options: ExtractionOptions { reading.options }
  private var outline: PageOutline { reading.outline }

  /// Scores a page's blocks and chooses.
  init(_ reading: PageReading, model: BlockModel = .shared) {
    self.reading = reading
    var probabilities = model.probabilities(of: reading.features)
    BlockChoice.foldCopies(
      &probabilities, outline: reading.outline, repeats: reading.features.repeats)
    self.probabilities = probabilities
    choice = BlockChoice(
      probabilities: probabilities, words: reading.outline.blocks.map { Float($0.counts.words) },
      preset: reading.options.preset)
    confidence = model.confidence(ofExpectedF1: choice.expectedF1)
  }

  /// The document, not yet normalised.
  func document() -> Document {
    let tree = outline.tree
    var assembler = DocumentAssembler(outline, headings: reading.features.headings, options)
    var blocks: [DocumentBlock] = []
    for index in outline.blocks.indices where choice.isKept[index] {
      let block = assembler.block(at: index)
      if options.includes(block.role) { blocks.append(block) }
    }
    let embedded = EmbeddedText.additions(to: outline.list, of: tree)
    blocks += embedded.map(DocumentBlock.init)
    var document = Document(
      blocks: blocks, metadata: MetadataReader.metadata(of: tree, url: reading.url),
      encoding: reading.encoding, confidence: confidence,
      degradations: tree.degradations)
    ResidueStripper(options.residue).apply(to: &document)
    return document
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
}
