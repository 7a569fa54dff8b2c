// `normalize`: documents in; the same with their text in one form out.

package import Winnow

/// Normalises the text of documents.
package struct NormalizeStage: Stage {
  package static let name = "normalize"
  private let normalizer: TextNormalizer

  package init(_ options: NormalizeOptions) {
    normalizer = TextNormalizer(options.text)
  }

  package func process(_ document: Document) throws(NeverFails) -> Document {
    var document = document
    normalizer.normalize(&document)
    return document
  }
}

/// The failure of a stage that has none.
package enum NeverFails: RecordedReason {
  package var outcome: Outcome { switch self {} }
  package var reason: String { switch self {} }
  package var description: String { switch self {} }
}
