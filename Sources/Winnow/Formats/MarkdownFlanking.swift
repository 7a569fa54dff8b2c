// Whether a run of `*`, `_` or `~` opens or closes emphasis where it stands.
//
// Source: CommonMark 0.31, section 6.2. Readers differ in whether symbols beyond ASCII count as
// punctuation (0.31) or not (0.30); a delimiter is used only where both readings agree.

/// What stands beside a delimiter.
enum MarkdownNeighbor {
  case space, punctuation, symbol, other

  init(_ scalar: UInt32) {
    switch scalar {
    case 0x09, 0x0A, 0x0C, 0x0D, 0x20:
      self = .space
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E:
      self = .punctuation
    case ..<0x80:
      self = .other
    default:
      // A scalar of valid UTF-8 always is one.
      guard let scalar = Unicode.Scalar(scalar) else { self = .other; return }
      switch scalar.properties.generalCategory {
      case .spaceSeparator: self = .space
      case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
        .initialPunctuation, .finalPunctuation, .otherPunctuation:
        self = .punctuation
      case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: self = .symbol
      default: self = .other
      }
    }
  }

  fileprivate func isPunctuation(countingSymbols: Bool) -> Bool {
    self == .punctuation || self == .symbol && countingSymbols
  }
}

enum MarkdownFlanking {
  /// Whether `delimiter` opens between `before` and `first` and closes between `last` and `after`.
  static func works(
    _ delimiter: UInt8, before: MarkdownNeighbor, first: MarkdownNeighbor, last: MarkdownNeighbor,
    after: MarkdownNeighbor
  ) -> Bool {
    [false, true].allSatisfy { symbols in
      let openLeft = isFlanking(outside: before, inside: first, symbols)
      let openRight = isFlanking(outside: first, inside: before, symbols)
      let closeRight = isFlanking(outside: after, inside: last, symbols)
      let closeLeft = isFlanking(outside: last, inside: after, symbols)
      guard openLeft && closeRight else { return false }
      if delimiter != UInt8(ascii: "_") { return true }
      return (!openRight || before.isPunctuation(countingSymbols: symbols))
        && (!closeLeft || after.isPunctuation(countingSymbols: symbols))
    }
  }

  /// Whether a delimiter between the two leans towards `inside`.
  private static func isFlanking(
    outside: MarkdownNeighbor, inside: MarkdownNeighbor, _ symbols: Bool
  ) -> Bool {
    if inside == .space { return false }
    return !inside.isPunctuation(countingSymbols: symbols)
      || outside == .space || outside.isPunctuation(countingSymbols: symbols)
  }
}
