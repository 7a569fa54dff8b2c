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
    // Rules and empty items have no text, and are none the less something.
    let placeholders = document.blocks.map(\.text.isEmpty)
    for index in document.blocks.indices { normalize(&document.blocks[index]) }
    if placeholders.contains(true) || document.blocks.contains(where: \.isEmptyOutsideTables) {
      document.blocks = zip(document.blocks, placeholders)
        .filter { $1 || !$0.isEmptyOutsideTables }.map(\.0)
    }
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
    let original = block.text
    block.text = normalize(
      original, layout: layout, verbatim: verbatim, positions: &positions)
    if block.marks.contains(where: \.isImage) {
      keepSpaces(besideImagesOf: block.marks, in: original, &block.text, &positions)
    }
    for index in block.marks.indices {
      block.marks[index].range = positions[2 * index]..<positions[2 * index + 1]
      switch block.marks[index].kind {
      case .image(let source, let alternative, let title):
        block.marks[index].kind = .image(
          source: source, alternative: line(alternative), title: optionalLine(title))
      case .link(let target, let title?):
        block.marks[index].kind = .link(target, title: optionalLine(title))
      default: break
      }
    }
    block.marks.removeEmpty()
    block.marks.sort {
      ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
    }
  }

  /// A space or line break between an image and the text's end or start parts the two.
  private func keepSpaces(
    besideImagesOf marks: [InlineMark], in original: String, _ text: inout String,
    _ positions: inout [Int]
  ) {
    let count = original.utf8.count
    if let last = original.utf8.last, last == 0x20 || last == 0x0A, text.utf8.last != last,
      !text.isEmpty, marks.contains(where: { $0.isImage && $0.range.lowerBound == count })
    {
      let end = text.utf8.count
      text.unicodeScalars.append(Unicode.Scalar(last))
      for index in marks.indices
      where marks[index].isImage && marks[index].range.lowerBound == count {
        positions[2 * index] = end + 1
        positions[2 * index + 1] = end + 1
      }
    }
    if let first = original.utf8.first, first == 0x20 || first == 0x0A, text.utf8.first != first,
      !text.isEmpty, marks.contains(where: { $0.isImage && $0.range.lowerBound == 0 })
    {
      text.unicodeScalars.insert(Unicode.Scalar(first), at: text.unicodeScalars.startIndex)
      for index in marks.indices {
        let isBefore = marks[index].isImage && marks[index].range.lowerBound == 0
        if !isBefore && marks[index].range.lowerBound > 0 { positions[2 * index] += 1 }
        if !isBefore { positions[2 * index + 1] += 1 }
      }
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

extension [InlineMark] {
  /// Removes marks that cover nothing; a link may hold an image alone.
  mutating func removeEmpty() {
    let images = Set(filter(\.isImage).map(\.range.lowerBound))
    removeAll { mark in
      guard mark.range.isEmpty, !mark.isImage else { return false }
      if case .link = mark.kind { return !images.contains(mark.range.lowerBound) }
      return true
    }
  }
}

extension InlineMark {
  var isImage: Bool {
    if case .image = kind { true } else { false }
  }
}
