// `normalize`: a document in, the same document with clean text out; marks move with their text.

/// Normalises the text of documents: Form C, spaces, invisible characters, leftover references.
///
/// A value to be shared, from any thread. Normalising twice is the same as once.
public struct TextNormalizer: Sendable {
  public let options: NormalizationOptions

  public init(_ options: NormalizationOptions = NormalizationOptions()) {
    self.options = options
  }

  /// Normalises every block and the metadata that is text: title, authors, site name, description,
  /// categories and tags.
  ///
  /// Blocks and metadata that nothing is left of are removed, and so are marks other than images
  /// that cover nothing. Blocks in cells of tables stay: an empty cell moves the next ones in place.
  public func normalize(_ document: inout Document) {
    for index in document.blocks.indices { normalize(&document.blocks[index]) }
    document.blocks.removeAll(where: \.isEmptyOutsideTables)
    normalize(&document.metadata)
  }

  private func normalize(_ block: inout DocumentBlock) {
    let layout: TextLayout = block.role == .code ? .preformatted : .flow
    if block.marks.isEmpty {
      var none: [Int] = []
      block.text = normalize(block.text, layout: layout, positions: &none)
      return
    }
    var positions = block.marks.flatMap { [$0.range.lowerBound, $0.range.upperBound] }
    let verbatim = block.marks.filter { $0.kind == .code }.map(\.range)
    block.text = normalize(
      block.text, layout: layout, verbatim: verbatim, positions: &positions)
    for index in block.marks.indices {
      block.marks[index].range = positions[2 * index]..<positions[2 * index + 1]
      if case .image(let source, let alternative) = block.marks[index].kind {
        block.marks[index].kind = .image(source: source, alternative: line(alternative))
      }
    }
    block.marks.removeAll { $0.range.isEmpty && !$0.isImage }
    block.marks.sort {
      ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
    }
  }

  private func normalize(_ metadata: inout Metadata) {
    metadata.title = optionalLine(metadata.title)
    metadata.siteName = optionalLine(metadata.siteName)
    metadata.description = optionalLine(metadata.description)
    metadata.authors = lines(metadata.authors)
    metadata.categories = lines(metadata.categories)
    metadata.tags = lines(metadata.tags)
  }

  private func optionalLine(_ text: String?) -> String? {
    guard let text else { return nil }
    let normalized = line(text)
    return normalized.isEmpty ? nil : normalized
  }

  private func lines(_ texts: [String]) -> [String] {
    texts.map(line).filter { !$0.isEmpty }
  }

  private func line(_ text: String) -> String {
    var none: [Int] = []
    return normalize(text, layout: .line, positions: &none)
  }

  /// The normalised text; the same string if there is nothing to do.
  ///
  /// - Parameters:
  ///   - verbatim: Ranges of UTF-8 offsets in which no reference is decoded, ascending.
  ///   - positions: UTF-8 offsets on scalar boundaries, in any order. They move with the text and
  ///     keep their order; one inside a part that changes moves to the end of what it became.
  /// - Complexity: O(text); nothing is allocated when there is nothing to do.
  func normalize(
    _ text: String, layout: TextLayout, verbatim: [Range<Int>] = [], positions: inout [Int]
  ) -> String {
    var text = text
    var verbatim = verbatim
    if options.mojibake { text = repaired(text, &verbatim, &positions) }
    let moved = positions
    let changed: (bytes: [UInt8], positions: [Int])? = text.withUTF8 { bytes in
      if TextScan.isClean(bytes, layout: layout) { return nil }
      var rewriter = TextRewriter(bytes, layout: layout, options: options, positions: moved)
      rewriter.run(verbatim: verbatim)
      var output = rewriter.output
      var positions = rewriter.positions
      if options.nfc, !output.withUnsafeBufferPointer(NFC.isCertain) {
        output = NFC.normalize(output, positions: &positions)
      }
      return output.elementsEqual(bytes) ? nil : (output, positions)
    }
    guard let changed else { return text }
    positions = changed.positions
    return String(decoding: changed.bytes, as: UTF8.self)
  }

  /// Comes before all other steps: they would take spaces and controls that are parts of letters.
  private func repaired(
    _ text: String, _ verbatim: inout [Range<Int>], _ positions: inout [Int]
  ) -> String {
    var text = text
    var moved = verbatim.flatMap { [$0.lowerBound, $0.upperBound] } + positions
    guard let bytes = text.withUTF8({ MojibakeRepair.repaired($0, positions: &moved) }) else {
      return text
    }
    for index in verbatim.indices { verbatim[index] = moved[2 * index]..<moved[2 * index + 1] }
    positions = Array(moved[(2 * verbatim.count)...])
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension DocumentBlock {
  fileprivate var isEmptyOutsideTables: Bool {
    text.isEmpty && !marks.contains(where: \.isImage)
      && !containers.contains { if case .cell = $0.kind { true } else { false } }
  }
}

extension InlineMark {
  var isImage: Bool {
    if case .image = kind { true } else { false }
  }
}
