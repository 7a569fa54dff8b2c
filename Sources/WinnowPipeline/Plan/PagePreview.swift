// What a configuration makes of one page, without writing it: a page in; its document's text, words
// and hashes out, or the reason why it has none.

internal import Winnow

/// A document that was not written.
struct PagePreview: Sendable {
  /// In the documents of all formats.
  let words: Int
  /// The document in the text format.
  let text: [UInt8]
  /// Of the document in each of the configuration's formats.
  let hashes: [OutputFormat: ContentHash]
  /// Why there is no document: a short word, as in reports.
  let missing: String?
  let effects: StripEffects

  init(missing: String, effects: StripEffects = StripEffects()) {
    words = 0
    text = []
    hashes = [:]
    self.missing = missing
    self.effects = effects
  }

  init(_ document: Document, formats: [OutputFormat], effects: StripEffects) {
    words = WordCount.words(of: document)
    text = OutputFormat.text.render(document)
    var hashes: [OutputFormat: ContentHash] = [:]
    for format in formats { hashes[format] = ContentHash(format.render(document)) }
    self.hashes = hashes
    missing = nil
    self.effects = effects
  }

  /// Whether a document differs in a format that both configurations write.
  func differs(from other: PagePreview) -> Bool {
    if missing != other.missing { return true }
    let shared = hashes.filter { other.hashes[$0.key] != nil }
    if shared.isEmpty { return text != other.text }
    return shared.contains { other.hashes[$0.key] != $0.value }
  }
}

/// Makes previews by one configuration.
struct PreviewMaker {
  let configuration: PipelineConfiguration
  let chain: PageChain

  init(_ configuration: PipelineConfiguration) {
    self.configuration = configuration
    chain = PageChain(configuration)
  }

  /// What becomes of the pages of a file that are in the sample, by path.
  func previews(of file: PageSample.File) -> [[UInt8]: PagePreview] {
    var previews: [[UInt8]: PagePreview] = [:]
    for (page, reading) in PageSample.pages(of: file, by: chain) {
      switch reading {
      case .page(let fetched): previews[page.bytes] = preview(of: fetched.page)
      case .failure(let failure): previews[page.bytes] = PagePreview(missing: failure.reason)
      }
    }
    return previews
  }

  private func preview(of page: Page) -> PagePreview {
    // Also of a page that `filter` leaves out, perhaps for what rules took; of one that cannot be
    // parsed there are none.
    let effects = try? StripEffects(of: page, configuration.strip.extraction)
    do {
      return PagePreview(
        try chain.document(of: page), formats: configuration.emit.formats,
        effects: effects ?? StripEffects())
    } catch let failure as any RecordedReason {
      return PagePreview(missing: failure.reason, effects: effects ?? StripEffects())
    } catch {
      return PagePreview(missing: "\(error)")
    }
  }
}
