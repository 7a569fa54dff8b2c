// A line's text in, how much it looks like residue by itself out: the model's score of the line, of
// its sentences, or of the label before its colon.

/// What one line says by itself.
struct LineVerdict {
  /// Log-odds; positive for what looks more like residue than like text.
  var score: Float
  /// The likeliest kind, if it is residue; `nil` for a line that was not looked at.
  var kind: ResidueKind?
  var words: Int

  /// That of a line which is not looked at; a word and its space take six bytes or so.
  static func text(bytes: Int) -> LineVerdict {
    LineVerdict(score: -LineJudge.certain, kind: nil, words: bytes / 6 + 1)
  }
}

/// Judges lines; keeps its memory from one to the next.
struct LineJudge {
  private let model: ResidueModel
  private let phrases: [Phrase]
  private var features = ResidueFeatures()

  init(_ options: ResidueOptions, model: ResidueModel) {
    self.model = model
    // A phrase without words, which the checker of pipeline.json refuses, finds nothing.
    phrases = options.phrases.compactMap { try? Phrase($0) }
  }

  /// A score that settles the matter.
  static let certain: Float = 8
  /// Words of a label before a colon.
  private static let labelWords = 5
  /// A label counts when it looks this much like residue by itself.
  private static let labelScore: Float = 4
  /// Kinds whose labels make residue of what follows them.
  private static let labelled: Set<ResidueKind> = [.related, .tags, .credit, .follow]

  /// Lines of more bytes are text: of some 160,000 lines that the choice of blocks kept on pages of
  /// the corpora, the model takes one such for residue, and reading them is most of the work.
  private static let mostBytes = 300
  /// A line that looks less like residue as a whole is not read again sentence by sentence.
  private static let leastScore: Float = -4

  mutating func judge(_ line: UnsafeBufferPointer<UInt8>) -> LineVerdict {
    if !phrases.isEmpty, phrases.contains(where: { $0.matches(line, whole: false) }) {
      return LineVerdict(score: Self.certain, kind: .phrase, words: 0)
    }
    if BrokenMarkup.isAll(of: line) {
      return LineVerdict(score: Self.certain, kind: .markup, words: 0)
    }
    guard line.count <= Self.mostBytes else {
      return .text(bytes: line.count)
    }
    guard features.read(line) else {
      return LineVerdict(score: -Self.certain, kind: nil, words: features.words)
    }
    let whole = model.verdict(features)
    var verdict = LineVerdict(score: whole.score, kind: whole.kind, words: features.words)
    if verdict.score < Self.labelScore, let kind = label(of: line) {
      return LineVerdict(score: Self.labelScore, kind: kind, words: verdict.words)
    }
    if verdict.words > 6, verdict.score > Self.leastScore {
      verdict.score = max(verdict.score, sentences(of: line))
    }
    return verdict
  }

  /// The kind of the label that the line starts with, if what follows one is residue.
  private mutating func label(of line: UnsafeBufferPointer<UInt8>) -> ResidueKind? {
    guard let colon = Self.endOfLabel(in: line) else { return nil }
    let head = UnsafeBufferPointer(rebasing: line[..<colon])
    guard features.read(head), features.words <= Self.labelWords else { return nil }
    let verdict = model.verdict(features)
    return verdict.score > Self.labelScore && Self.labelled.contains(verdict.kind)
      ? verdict.kind : nil
  }

  /// Just past the first colon or bar in the line's first 60 bytes.
  private static func endOfLabel(in line: UnsafeBufferPointer<UInt8>) -> Int? {
    for at in 1..<max(1, min(line.count, 60)) {
      if line[at] == 0x3A || line[at] == 0x7C {
        // A clock or an address is no label.
        return at + 1 < line.count && line[at + 1] == 0x20 ? at + 1 : nil
      }
      // A full-width colon.
      if line[at] == 0x9A, at >= 2, line[at - 1] == 0xBC, line[at - 2] == 0xEF { return at + 1 }
    }
    return nil
  }

  /// The mean score of the line's sentences by their words, if there are several: residue often
  /// says two things, each of which is residue.
  private mutating func sentences(of line: UnsafeBufferPointer<UInt8>) -> Float {
    guard Self.mayHoldSentences(line) else { return -Self.certain }
    var sum: Float = 0
    var words: Float = 0
    var count = 0
    var start = 0
    var at = 0
    while at < line.count {
      let end = at + 1
      let isEnd =
        end == line.count
        || (line[at] == 0x2E || line[at] == 0x21 || line[at] == 0x3F) && line[end] == 0x20
        || line[at] == 0x82 && at >= 2 && line[at - 1] == 0x80 && line[at - 2] == 0xE3
      if isEnd {
        if features.read(UnsafeBufferPointer(rebasing: line[start..<end])) {
          let weight = Float(features.words)
          sum += min(4, max(-6, model.verdict(features).score)) * weight
          words += weight
          count += 1
        }
        start = end
      }
      at += 1
    }
    return count > 1 ? sum / words : -Self.certain
  }

  /// Does a sentence end before the line does? A line of one need not be read twice.
  private static func mayHoldSentences(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    for at in 0..<max(0, line.count - 1) {
      switch line[at] {
      case 0x2E, 0x21, 0x3F: if line[at + 1] == 0x20 { return true }
      case 0x82: if at >= 2, line[at - 1] == 0x80, line[at - 2] == 0xE3 { return true }
      default: break
      }
    }
    return false
  }
}
