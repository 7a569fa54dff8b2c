// `strip`: a page's bytes in, its main content out. No files, no clock.

package import Winnow

/// Takes the main content out of pages.
package struct StripStage: Stage {
  package static let name = "strip"
  private let extract: @Sendable (Page) throws(PageFailure) -> Document

  package init(_ options: StripOptions) {
    let extractor = Extractor(options.extraction)
    let crash = CrashHook.fromEnvironment()
    self.init { (page) throws(PageFailure) in
      crash?(page)
      return try extractor.document(from: page)
    }
  }

  /// As the configuration says, in this process or in others.
  package init(_ configuration: PipelineConfiguration) {
    // Without a text there is nothing to hand to other processes.
    guard configuration.strip.isolation == .process, !configuration.text.isEmpty else {
      self.init(configuration.strip)
      return
    }
    let pool = WorkerPool(
      configuration: configuration.text, limits: configuration.strip.extraction.limits)
    self.init { (page) throws(PageFailure) in try pool.document(of: page) }
  }

  /// - Parameter extract: What to do with a page, instead of extracting its content.
  package init(extract: @escaping @Sendable (Page) throws(PageFailure) -> Document) {
    self.extract = extract
  }

  package func process(_ page: Page) throws(PageFailure) -> Document {
    try extract(page)
  }
}
