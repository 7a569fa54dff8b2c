// What rules, options and the search for residue did to a page, in words: one page in, a count for
// each of them out. For comparing configurations before one is used.

/// Words that a page's document has or lacks because somebody asked for it.
package struct StripEffects: Sendable, Equatable {
  /// Who asked.
  package enum Source: Sendable, Hashable {
    /// A rule of the user, by its list and its place there.
    case rule(RuleDecision.Verdict, Int)
    /// An option by its name in `strip`.
    case option(String)
    case residue(ResidueKind)
  }

  /// What came of it.
  package struct Effect: Sendable, Equatable {
    /// Blocks, or lines of residue, that were decided on.
    package var blocks = 0
    /// Words that the document has more than it would have; negative for words it lacks.
    package var words = 0

    package init(blocks: Int = 0, words: Int = 0) {
      self.blocks = blocks
      self.words = words
    }

    package static func += (left: inout Effect, right: Effect) {
      left.blocks += right.blocks
      left.words += right.words
    }
  }

  package private(set) var effects: [Source: Effect] = [:]

  package init() {}

  /// - Throws: As `Extractor.document`.
  /// - Complexity: Extracts the page once, and once more without the rules if there are any.
  package init(of page: Page, _ options: ExtractionOptions) throws(PageFailure) {
    guard page.format == .html else {
      add(try PlainText.document(of: page, options), options.residue.mode)
      return
    }
    let extraction = try Extraction(PageReading(of: page, options))
    let (document, decisions, _) = extraction.settled()
    add(document, options.residue.mode)
    let outline = extraction.outline
    var assembler = DocumentAssembler(
      outline, headings: extraction.reading.features.headings,
      url: extraction.reading.url, options)
    let without = try options.rules.isEmpty ? decisions : Self.decisions(page, options)
    for (index, decision) in decisions.enumerated() {
      let words = Int(outline.blocks[index].counts.words)
      let change = words * ((decision.isKept ? 1 : 0) - (without[index].isKept ? 1 : 0))
      switch decision {
      case .kept(.rule(let place)):
        add(.rule(.keep, Int(place)), Effect(blocks: 1, words: change))
      case .dropped(.rule(let place)):
        add(.rule(.drop, Int(place)), Effect(blocks: 1, words: change))
      case .kept(.option), .dropped(.role):
        guard let option = ExtractionOptions.option(for: assembler.place(of: index).role) else {
          continue
        }
        add(.option(option), Effect(blocks: 1, words: decision.isKept ? words : -words))
      default: break
      }
    }
  }

  /// What would be decided without the user's rules.
  private static func decisions(
    _ page: Page, _ options: ExtractionOptions
  ) throws(PageFailure) -> [Decision] {
    var options = options
    options.rules = RuleSet()
    return Extraction(try PageReading(of: page, options)).settled().decisions
  }

  private mutating func add(_ document: Document, _ mode: ResidueOptions.Mode) {
    for line in document.residueLines {
      let words = mode == .strip ? line.text.split(whereSeparator: \.isWhitespace).count : 0
      add(.residue(line.kind), Effect(blocks: 1, words: -words))
    }
  }

  private mutating func add(_ source: Source, _ effect: Effect) {
    effects[source, default: Effect()] += effect
  }
}
