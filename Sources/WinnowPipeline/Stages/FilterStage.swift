// `filter`: documents in; those out that the configuration wants.

package import Winnow

/// Leaves out documents that are too short, too doubtful or in other languages.
package struct FilterStage: Stage {
  package static let name = "filter"
  private let options: FilterOptions

  package init(_ options: FilterOptions) {
    self.options = options
  }

  package func process(_ document: Document) throws(FilteredOut) -> Document {
    let words = WordCount.words(of: document)
    if words < options.minWords { throw .tooShort(words: words, limit: options.minWords) }
    if document.confidence < options.minConfidence {
      throw .lowConfidence(document.confidence, limit: options.minConfidence)
    }
    // A page that names no language is kept: better a stray page than a lost one.
    if !options.languages.isEmpty, let declared = document.metadata.language {
      let primary = declared.prefix { $0 != "-" && $0 != "_" }.lowercased()
      if !options.languages.contains(where: { $0.lowercased() == primary }) {
        throw .otherLanguage(declared)
      }
    }
    return document
  }
}

/// Why `filter` left a document out.
package enum FilteredOut: RecordedReason, Equatable {
  case tooShort(words: Int, limit: Int)
  case lowConfidence(Double, limit: Double)
  case otherLanguage(String)

  package var outcome: Outcome { .filtered }

  package var reason: String {
    switch self {
    case .tooShort: "too-short"
    case .lowConfidence: "low-confidence"
    case .otherLanguage: "other-language"
    }
  }

  package var description: String {
    switch self {
    case .tooShort(let words, let limit): "has \(words) words; filter.minWords asks for \(limit)"
    case .lowConfidence(let value, let limit):
      "has a confidence of \(value); filter.minConfidence asks for \(limit)"
    case .otherLanguage(let language): "is in '\(language)', not in filter.languages"
    }
  }
}
