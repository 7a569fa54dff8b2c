// A document in, the same without lines of residue out, and what was taken out.
//
// A line is a block, or a part of one between line breaks. What a line says by itself comes from
// `LineJudge`; here its place is added: residue stands together, and at the end of the text.

/// Strips or marks residue. A value to be shared, from any thread.
public struct ResidueStripper: Sendable {
  public let options: ResidueOptions
  private let kinds: Set<ResidueKind>
  private let model: ResidueModel

  public init(_ options: ResidueOptions = ResidueOptions()) {
    self.init(options, model: .shared)
  }

  /// As above, with another model than the shipped one.
  package init(_ options: ResidueOptions, model: ResidueModel) {
    self.options = options
    self.model = model
    kinds = Set(options.kinds)
  }

  /// Takes residue out of a document, or marks it, as the options say; counts it by kind.
  ///
  /// Code, cells of tables, titles, bylines and dates are left alone. When more than half of the
  /// document's words would go, it is about such things, and nothing goes.
  ///
  /// - Parameter isSpared: Blocks that stay whatever they say, by their place.
  /// - Complexity: O(text); only lines of at most 80 words are looked at closely.
  public func apply(to document: inout Document, sparing isSpared: (Int) -> Bool = { _ in false }) {
    _ = lines(strippedFrom: &document, sparing: isSpared)
  }

  /// As `apply`; gives the lines it looked at, by the document's blocks as they were before.
  func lines(
    strippedFrom document: inout Document, sparing isSpared: (Int) -> Bool
  ) -> [DocumentLine] {
    if options.mode == .off { return [] }
    var judge = LineJudge(options, model: model)
    var lines = DocumentLines(document.blocks, judge: &judge, isSpared: isSpared)
    lines.decide(document.blocks, kinds: kinds)
    guard lines.hasResidue else { return [] }
    for line in lines.lines {
      guard let kind = line.residue else { continue }
      let text = document.blocks[line.block].text.utf8
      let start = text.index(text.startIndex, offsetBy: line.range.lowerBound)
      let end = text.index(start, offsetBy: line.range.count)
      document.residueLines.append(ResidueLine(kind, String(text[start..<end]) ?? ""))
      document.residue[kind.rawValue, default: 0] += 1
    }
    switch options.mode {
    case .strip: LineRemoval.remove(lines.lines, from: &document.blocks)
    case .mark: LineRemoval.mark(lines.lines, in: &document.blocks)
    case .off: break
    }
    return lines.lines
  }
}
