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
    let words = document.blocks.reduce(0) { $0 + Self.words(in: $1.text) }
    if words < options.minWords { throw .tooShort(words: words, limit: options.minWords) }
    if document.confidence < options.minConfidence {
      throw .lowConfidence(document.confidence, limit: options.minConfidence)
    }
    // A page that names no language is kept: better a stray page than a lost one.
    if !options.languages.isEmpty, let declared = document.metadata.language {
      let primary = LanguageCodes.primary(declared)
      if !options.languages.contains(where: { LanguageCodes.primary($0) == primary }) {
        throw .otherLanguage(declared)
      }
    }
    return document
  }

  /// Runs of characters between white space; in text written without spaces (Chinese, Japanese,
  /// Thai, Lao), whose words are about two characters long, every second character.
  static func words(in text: String) -> Int {
    var spaced = 0
    var unspaced = 0
    var isInWord = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D, 0x20:
        isInWord = false
      case 0x0E00...0x0EFF, 0x3040...0x30FF, 0x3400...0x9FFF, 0x20000...0x323AF:
        unspaced += 1
        isInWord = false
      default:
        if !isInWord { spaced += 1 }
        isInWord = true
      }
    }
    return spaced + (unspaced + 1) / 2
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
