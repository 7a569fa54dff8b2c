// The scalars of JSON: strings, numbers and the three words. `at` stands on the first byte of one
// before, and after its last byte afterwards.

extension JSONReader {
  /// `true`, `false` or `null`.
  mutating func word() throws(JSONSyntaxError) -> JSONValue.Content {
    let rest = bytes[at...]
    if rest.starts(with: "true".utf8) {
      at += 4
      return .bool(true)
    }
    if rest.starts(with: "false".utf8) {
      at += 5
      return .bool(false)
    }
    if rest.starts(with: "null".utf8) {
      at += 4
      return .null
    }
    throw expected("a value")
  }

  // MARK: Strings

  /// A string, its escapes resolved. One without escapes is made from the text in one step.
  mutating func string() throws(JSONSyntaxError) -> String {
    let start = at
    var end = at + 1
    while end < bytes.count, Self.isPlain(bytes[end]) { end += 1 }
    if end < bytes.count, bytes[end] == UInt8(ascii: "\"") {
      at = end + 1
      return try text(
        UnsafeBufferPointer(rebasing: bytes[start + 1..<end]), stringStart: start)
    }
    let content = try unescaped(from: start)
    return try content.withUnsafeBufferPointer { buffer throws(JSONSyntaxError) in
      try text(buffer, stringStart: start)
    }
  }

  /// Neither a quote, a backslash nor a control character.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private func text(
    _ content: UnsafeBufferPointer<UInt8>, stringStart: Int
  ) throws(JSONSyntaxError) -> String {
    if options.repairsStrings { return String(decoding: content, as: UTF8.self) }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw JSONSyntaxError(offset: stringStart, .invalidUTF8)
    }
    return text
  }

  /// Copies runs without escapes in one step each.
  private mutating func unescaped(from start: Int) throws(JSONSyntaxError) -> [UInt8] {
    var content: [UInt8] = []
    at = start + 1
    var runStart = at
    while at < bytes.count {
      let byte = bytes[at]
      if Self.isPlain(byte) || (options.repairsStrings && byte < 0x20) {
        at += 1
        continue
      }
      content.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[runStart..<at]))
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return content
      case UInt8(ascii: "\\"): try escape(into: &content, stringStart: start)
      case 0x0A, 0x0D: throw JSONSyntaxError(offset: start, .unclosedString)
      default: throw error(.controlCharacter(byte))
      }
      runStart = at
    }
    throw JSONSyntaxError(offset: start, .unclosedString)
  }

  private mutating func escape(
    into content: inout [UInt8], stringStart: Int
  ) throws(JSONSyntaxError) {
    guard at + 1 < bytes.count else {
      throw JSONSyntaxError(offset: stringStart, .unclosedString)
    }
    let byte = bytes[at + 1]
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "u"): return try unicodeEscape(into: &content)
    default:
      guard options.repairsStrings else { throw error(.unknownEscape(byte)) }
      content.append(byte)
    }
    at += 2
  }

  /// `\uXXXX`, or two of them that make a surrogate pair.
  private mutating func unicodeEscape(into content: inout [UInt8]) throws(JSONSyntaxError) {
    guard let first = codeUnit(at: at) else {
      guard options.repairsStrings else { throw error(.incompleteEscape) }
      content.append(UInt8(ascii: "u"))
      at += 2
      return
    }
    if let scalar = Unicode.Scalar(first) {
      content.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
      at += 6
      return
    }
    if first < 0xDC00, let second = codeUnit(at: at + 6), 0xDC00...0xDFFF ~= second,
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    {
      content.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
      at += 12
      return
    }
    guard options.repairsStrings else { throw error(.loneSurrogate) }
    content.append(contentsOf: [0xEF, 0xBF, 0xBD])
    at += 6
  }

  /// The number of a `\uXXXX` at `index`, if there is one.
  private func codeUnit(at index: Int) -> UInt32? {
    guard index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    else { return nil }
    var unit: UInt32 = 0
    for byte in bytes[index + 2..<index + 6] {
      guard let digit = Self.hexadecimalDigit(byte) else { return nil }
      unit = unit << 4 | digit
    }
    return unit
  }

  private static func hexadecimalDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  // MARK: Numbers

  mutating func number() throws(JSONSyntaxError) -> JSONValue.Content {
    let start = at
    let isNegative = peek == UInt8(ascii: "-")
    if isNegative { at += 1 }
    let integerStart = at
    var decimal = Decimal()
    try digits(into: &decimal)
    if bytes[integerStart] == UInt8(ascii: "0"), at > integerStart + 1 {
      throw JSONSyntaxError(offset: integerStart, .leadingZero)
    }
    var isWhole = true
    if peek == UInt8(ascii: ".") {
      isWhole = false
      at += 1
      let fractionStart = at
      try digits(into: &decimal)
      decimal.exponent -= at - fractionStart
    }
    if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
      isWhole = false
      try exponent(into: &decimal)
    }
    if isWhole, let integer = decimal.integer(isNegative: isNegative) { return .integer(integer) }
    if let exact = decimal.exactDouble { return .double(isNegative ? -exact : exact) }
    // The standard library rounds correctly and knows no locale.
    let literal = String(decoding: bytes[start..<at], as: UTF8.self)
    guard let value = Double(literal), value.isFinite else {
      guard options.lenient else { throw JSONSyntaxError(offset: start, .numberTooLarge) }
      return .double(isNegative ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude)
    }
    return .double(value)
  }

  /// Reads digits, at least one.
  private mutating func digits(into decimal: inout Decimal) throws(JSONSyntaxError) {
    let start = at
    while at < bytes.count, 0x30...0x39 ~= bytes[at] {
      decimal.append(bytes[at] - 0x30)
      at += 1
    }
    guard at > start else { throw expected("a digit") }
  }

  private mutating func exponent(into decimal: inout Decimal) throws(JSONSyntaxError) {
    at += 1
    let isNegative = peek == UInt8(ascii: "-")
    if isNegative || peek == UInt8(ascii: "+") { at += 1 }
    var written = Decimal()
    try digits(into: &written)
    // Anything this large is out of the range of `exactDouble` whatever its value.
    let size = written.dropped == 0 ? Int(min(written.mantissa, 1_000_000)) : 1_000_000
    decimal.exponent += isNegative ? -size : size
  }

  /// A number as its first 19 digits, which fit in 64 bits, times a power of ten.
  private struct Decimal {
    var mantissa: UInt64 = 0
    var exponent = 0
    /// Digits that found no room.
    var dropped = 0
    private var digits = 0

    mutating func append(_ digit: UInt8) {
      guard digits < 19 else {
        dropped += 1
        exponent += 1
        return
      }
      mantissa = mantissa * 10 + UInt64(digit)
      if mantissa > 0 { digits += 1 }
    }

    /// `-0` is none: it would lose its sign.
    func integer(isNegative: Bool) -> Int? {
      guard dropped == 0 else { return nil }
      guard isNegative else { return Int(exactly: mantissa) }
      guard mantissa > 0 else { return nil }
      return mantissa <= UInt64(Int.max)
        ? -Int(mantissa) : (mantissa == UInt64(Int.max) + 1 ? Int.min : nil)
    }

    /// The value when mantissa and power of ten are both exact as `Double`, so that one operation
    /// rounds correctly (Clinger, PLDI 1990).
    var exactDouble: Double? {
      guard dropped == 0, mantissa <= 1 << 53, -22...22 ~= exponent else { return nil }
      return exponent < 0
        ? Double(mantissa) / Self.powers[-exponent] : Double(mantissa) * Self.powers[exponent]
    }

    private static let powers: [Double] = [
      1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
      1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]
  }
}
