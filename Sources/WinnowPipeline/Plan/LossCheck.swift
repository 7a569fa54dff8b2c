// `--max-loss`: whether a changed configuration, or a newer release, would keep much less text than
// the ledger's documents hold. Looks at a sample of the pages; writes nothing.

internal import Winnow

/// The words of some documents as they are, and as they would be.
package struct KeptText: Sendable, Equatable {
  package struct Page: Sendable, Equatable {
    package let path: [UInt8]
    package let oldWords: Int
    package let newWords: Int
  }

  /// Those that would lose words, the most first.
  package private(set) var losers: [Page] = []
  package private(set) var pages = 0
  package private(set) var oldWords = 0
  package private(set) var newWords = 0

  /// Compares what the configuration would make of pages with what the ledger knows of their
  /// documents. Pages that have changed since do not count, and those that this configuration made
  /// do not either.
  ///
  /// - Parameters:
  ///   - size: About how many pages to try.
  /// - Throws: `InputError` or `LedgerError`.
  package init(
    _ configuration: PipelineConfiguration, ledger: Ledger, output: OutputFolder,
    size: Int = ConfigurationPlan.usualSize
  ) throws {
    let digest = configuration.documentDigest
    guard try ledger.hasDocuments(notOf: digest) else { return }
    func old(_ path: [UInt8]) throws(LedgerError) -> (words: Int, content: ContentHash?)? {
      guard let known = try ledger.page(at: path), known.outcome == .written,
        known.configuration != digest, let words = known.words
      else { return nil }
      return (words, known.content)
    }
    let sample = try PageSample(
      of: configuration.fetch, size: size, output: output.identity
    ) { file, page in
      if file.container == nil { return try old(page.bytes) != nil }
      let prefix = page.bytes + [UInt8(ascii: "/")]
      return try !ledger.paths(after: prefix, below: prefix, limit: 1).isEmpty
    }
    let chain = PageChain(configuration)
    for file in sample.files {
      for case (let page, .page(let fetched)) in PageSample.pages(of: file, by: chain) {
        guard let (words, content) = try old(page.bytes), content == fetched.content else {
          continue
        }
        // A page that would have no document keeps nothing, for whatever reason.
        let now = (try? chain.document(of: fetched.page)).map(WordCount.words) ?? 0
        add(Page(path: page.bytes, oldWords: words, newWords: now))
      }
    }
    losers.sort { left, right in
      let (one, two) = (left.oldWords - left.newWords, right.oldWords - right.newWords)
      return one == two ? left.path.lexicographicallyPrecedes(right.path) : one > two
    }
  }

  private mutating func add(_ page: Page) {
    pages += 1
    oldWords += page.oldWords
    newWords += page.newWords
    if page.newWords < page.oldWords { losers.append(page) }
  }

  /// Percent of the words that would be lost; 0 when there would be more.
  package var loss: Double {
    oldWords == 0 ? 0 : max(0, Double(oldWords - newWords) * 100 / Double(oldWords))
  }

  /// - Parameter limit: Percent.
  package func description(limit: String) -> String {
    let most = losers.prefix(3).map {
      "\(EscapedPath($0.path)) \($0.oldWords) -> \($0.newWords)"
    }
    return """
      of \(pages) sampled pages this configuration keeps \(newWords) words, the last one kept \
      \(oldWords) (\(ConfigurationPlan.percent(newWords - oldWords, of: oldWords))); \
      --max-loss allows \(limit). Most: \(most.joined(separator: ", ")). No document was touched; \
      `winnow plan` shows more
      """
  }
}
