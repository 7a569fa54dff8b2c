// One page through all stages between reading and writing, on the calling thread: for commands that
// look at what a configuration does and write nothing.

internal import Winnow

/// strip, normalize and filter in a row.
struct PageChain: Sendable {
  private let fetch: FetchStage
  private let strip: StripStage
  private let normalize: NormalizeStage?
  private let filter: FilterStage?
  let limit: Int

  init(_ configuration: PipelineConfiguration) {
    limit = configuration.strip.extraction.limits.pageBytes
    fetch = FetchStage(configuration.fetch, limit: limit)
    strip = StripStage(configuration.strip)
    normalize = configuration.normalize.map { NormalizeStage($0) }
    filter = configuration.filter.map { FilterStage($0) }
  }

  /// - Throws: The `RecordedReason` for which the page has no document.
  func document(of page: Page) throws -> Document {
    var document = try strip.process(page)
    if let normalize { document = try normalize.process(document) }
    if let filter { document = try filter.process(document) }
    return document
  }

  func document(of test: ConfigurationTest) throws -> Document {
    let file = test.page.text
    let read = try InputFile.read(
      file, in: FileCalls.currentFolder, isLink: true, limit: limit)
    return try document(
      of: Page(bytes: read.bytes, url: test.url, format: Page.Format(path: file)))
  }

  /// Hands out what a file holds, as `fetch` does.
  func read(_ file: FoundFile, at page: PagePath, visit: (FetchEvent) -> Bool) {
    fetch.read(file, at: page, visit: visit)
  }
}
