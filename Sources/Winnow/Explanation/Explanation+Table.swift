// An explanation as text: two lines a block on a terminal, one line of fields for other programs.

extension Explanation {
  /// Which blocks are shown.
  package enum Selection: String, Sendable, CaseIterable {
    case kept, dropped

    func includes(_ block: Block) -> Bool {
      switch self {
      case .kept: block.decision.isKept
      case .dropped: !block.decision.isKept
      }
    }
  }

  /// Least columns of a terminal that the table is made for; on a narrower one its lines wrap.
  private static let leastColumns = 60

  /// Fields between tabs, a line of their names first, then a line for each block.
  package func fields(_ only: Selection? = nil) -> [UInt8] {
    var text = "block\tdecision\tby\trole\tprobability\twords\tpath\treasons\ttext\n"
    for block in blocks where only?.includes(block) ?? true {
      let fields = [
        String(block.number), block.decision.isKept ? "kept" : "dropped", block.decidedBy,
        block.role?.rawValue ?? "-", block.probabilityText, String(block.words), block.path,
        block.reasonsText, LineText.line(block.text),
      ]
      text += fields.joined(separator: "\t") + "\n"
    }
    return Array(text.utf8)
  }

  /// The table for a terminal.
  ///
  /// - Parameters:
  ///   - columns: How wide the terminal is.
  ///   - isColored: Whether what is kept is green and what matters less is dim.
  package func table(
    _ only: Selection? = nil, columns: Int, isColored: Bool = false
  ) -> [UInt8] {
    let width = max(columns, Self.leastColumns)
    let shown = blocks.filter { only?.includes($0) ?? true }
    let numberWidth = max(3, String(blocks.count).count)
    let roleWidth = shown.reduce(4) { max($0, $1.role?.rawValue.count ?? 1) }
    let byWidth = shown.reduce(2) { max($0, $1.decidedBy.count) }
    let style = TableStyle(isColored: isColored)
    var text = ""
    for line in heading { text += LineText.cut(line, to: width) + "\n" }
    text += "\n"
    text += style.dim(
      "  " + pad("#", numberWidth, isRight: true) + "     p  " + pad("role", roleWidth) + "  "
        + pad("by", byWidth) + "  text")
    text += "\n"
    let indent = 2 + numberWidth + 6 + 2
    for block in shown {
      let isKept = block.decision.isKept
      let start =
        (isKept ? "+ " : "- ") + pad(String(block.number), numberWidth, isRight: true) + "  "
        + pad(block.probabilityText, 4, isRight: true) + "  "
        + pad(block.role?.rawValue ?? "-", roleWidth) + "  " + pad(block.decidedBy, byWidth) + "  "
      let line = start + LineText.cut(LineText.line(block.text), to: width - start.count)
      text += (isKept ? style.green(line) : line) + "\n"
      guard !block.reasons.isEmpty else { continue }
      let why = LineText.cut(block.reasonsText, to: width - indent)
      text += style.dim(String(repeating: " ", count: indent) + why) + "\n"
    }
    return Array(text.utf8)
  }

  /// What is known of the page as a whole, line by line.
  private var heading: [String] {
    var lines = [title, url].compactMap { $0.map(LineText.line) }
    lines.append(
      "\(keptBlocks) of \(blocks.count) blocks kept, \(keptWords) of \(words) words; confidence "
        + ExplainedNumber.text(confidence, decimals: 2) + ", preset \(preset.rawValue)")
    if let threshold {
      lines.append(
        "the model chose from \(ExplainedNumber.text(Double(threshold), decimals: 2)) up; "
          + "what weighed is compared with \(ExplainedNumber.text(baseline, decimals: 2))")
    }
    if !degradations.isEmpty {
      lines.append(
        "not taken in full: " + degradations.map(\.rawValue).joined(separator: ", "))
    }
    return lines
  }

  private func pad(_ text: String, _ width: Int, isRight: Bool = false) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return isRight ? space + text : text + space
  }
}

/// Escape sequences of terminals, or none.
private struct TableStyle {
  let isColored: Bool

  func green(_ text: String) -> String { isColored ? "\u{1B}[32m\(text)\u{1B}[0m" : text }
  func dim(_ text: String) -> String { isColored ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}

extension Explanation.Block {
  fileprivate var probabilityText: String {
    probability.map { ExplainedNumber.text(Double($0), decimals: 2) } ?? "-"
  }

  /// `link density 0.93 -2.10, words 4 -0.75`: name, value, what it added.
  fileprivate var reasonsText: String {
    reasons.map {
      "\($0.feature) = \(ExplainedNumber.value($0.value)) (\(ExplainedNumber.signed($0.weight)))"
    }.joined(separator: ", ")
  }
}
