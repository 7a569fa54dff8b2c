// The words and numbers that all forms of an explanation share.

import CUTF8Proc

extension Explanation.Block {
  /// What decided, for people: `model`, `copy of 12`, `option captions`, `strip.drop[0]`.
  var decidedBy: String {
    switch decision {
    case .dropped(.copy): copyOf.map { "copy of \($0)" } ?? decision.reason
    case .dropped(.role), .kept(.option): option.map { "option \($0)" } ?? decision.reason
    case .dropped(.residue):
      (["residue"] + residue.prefix(1).map(\.kind.rawValue)).joined(separator: " ")
    default: rule ?? decision.reason
    }
  }

  /// The user's rule that decided, by its place in the configuration.
  var rule: String? {
    switch decision {
    case .kept(.rule(let place)): "strip.keep[\(place)]"
    case .dropped(.rule(let place)): "strip.drop[\(place)]"
    default: nil
    }
  }

  /// The option of `strip` that left the block out, or asked for it.
  var option: String? {
    guard decision == .dropped(by: .role) || decision == .kept(by: .option) else { return nil }
    return role.flatMap { ExtractionOptions.option(for: $0) }
  }
}

extension ExplainedNumber {
  /// With a sign, for what is added: `+1.20`, `-0.05`.
  static func signed(_ value: Float) -> String {
    (value < 0 ? "-" : "+") + text(abs(Double(value)), decimals: 2)
  }

  /// A feature's value: whole numbers as such, others with two decimals.
  static func value(_ value: Float) -> String {
    value == value.rounded() && abs(value) < 1e9
      ? String(Int(value)) : text(Double(value), decimals: 2)
  }
}

/// Numbers with a fixed number of decimals.
enum ExplainedNumber {
  /// - Parameters:
  ///   - value: Below a million million.
  ///   - decimals: `0...6`.
  static func text(_ value: Double, decimals: Int) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return String(value) }
    let unit = (0..<decimals).reduce(1) { result, _ in result * 10 }
    let scaled = Int((abs(value) * Double(unit)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(scaled) }
    let rest = String(scaled % unit)
    return sign + String(scaled / unit) + "."
      + String(repeating: "0", count: decimals - rest.count) + rest
  }

  static func rounded(_ value: Double) -> Double { (value * 10_000).rounded() / 10_000 }
}

/// A page's text on one line of a terminal.
enum LineText {
  /// White space as single spaces; invisible marks left out; what could act on a terminal or turn
  /// the direction of writing as `\u{1B}`.
  static func line(_ text: String) -> String {
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch InvisibleCharacters.characterClass(of: scalar.value) {
      case .plain, .joiner, .nonJoiner:
        if scalar != " " || line.last != " " { line.append(scalar) }
      case .space, .noBreakSpace, .tab, .lineFeed, .spacingControl, .separator:
        if line.last != " " { line.append(" ") }
      case .softHyphen, .zeroWidthSpace, .directionMark, .vowelSeparator, .tag: break
      case .stray: line += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars
      }
    }
    return String(line)
  }

  /// As much of a line as fits in `width` columns, `…` at the end if that is not all.
  static func cut(_ line: String, to width: Int) -> String {
    guard width > 0 else { return "" }
    let scalars = line.unicodeScalars
    var used = 0
    // The end of what leaves a column free.
    var end = scalars.startIndex
    for index in scalars.indices {
      used += columns(of: scalars[index])
      if used > width { return String(scalars[..<end]) + "…" }
      if used < width { end = scalars.index(after: index) }
    }
    return line
  }

  /// The columns that a line takes on a terminal.
  static func width(of line: String) -> Int {
    line.unicodeScalars.reduce(0) { $0 + columns(of: $1) }
  }

  private static func columns(of scalar: Unicode.Scalar) -> Int {
    scalar.isASCII ? 1 : max(0, Int(utf8proc_charwidth(Int32(scalar.value))))
  }
}
