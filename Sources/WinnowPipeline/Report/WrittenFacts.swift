// What the report counts of a page that has documents, without the documents.

internal import Winnow

/// Facts of one page's documents.
struct WrittenFacts: Sendable {
  /// Of all formats.
  let bytes: Int
  let encoding: EncodingUsed
  let residue: [String: Int]
  /// By name, each once.
  let degradations: [String]
  /// Whether some text was not read because of a limit.
  let isCutShort: Bool
  let words: Int

  init(_ document: Document, bytes: Int) {
    self.bytes = bytes
    encoding = document.encoding
    residue = document.residue
    degradations = Set(document.degradations.map(\.rawValue)).sorted()
    isCutShort = document.degradations.contains(where: \.cutsShort)
    words = WordCount.words(of: document)
  }
}

extension Degradation {
  /// Whether text was left unread that a browser would show. The others change the structure alone,
  /// or say that the page itself hides its end.
  fileprivate var cutsShort: Bool {
    switch self {
    case .nodes, .time, .memory: true
    case .depth, .swallowedTail: false
    }
  }
}
