// JSON text in, values out: the grammar of RFC 8259 with the leniences that are asked for.
// Open brackets are kept in an array, not on the call stack, and are bounded by `depthLimit`.
// Scalars are in JSONReader+Scalars.swift.

/// What besides RFC 8259 is accepted. A byte order mark always is.
package struct JSONReaderOptions: Sendable {
  /// `// …` and `/* … */` between tokens.
  package var comments = false
  /// A comma before `]` and `}`.
  package var trailingCommas = false
  /// For JSON found in pages. Accepts comments and trailing commas, and besides:
  ///
  /// - raw control characters in strings; an unknown escape stands for its character;
  /// - invalid UTF-8 and halves of surrogate pairs, which become U+FFFD;
  /// - numbers too large for `Double`, which become the largest one;
  /// - anything before the first `{` or `[`, if the text does not start with a value, and anything
  ///   after the value (`<!--`, `//<![CDATA[`, `;`).
  package var lenient = false
  /// For JSON that programs made of pages: what `lenient` accepts in strings, and nothing else.
  package var repairsStrings = false

  package init(
    comments: Bool = false, trailingCommas: Bool = false, lenient: Bool = false,
    repairsStrings: Bool = false
  ) {
    self.comments = comments
    self.trailingCommas = trailingCommas
    self.lenient = lenient
    self.repairsStrings = repairsStrings || lenient
  }

  package static let strict = JSONReaderOptions()
  /// For files that people write: comments and trailing commas.
  package static let handwritten = JSONReaderOptions(comments: true, trailingCommas: true)
  package static let lenient = JSONReaderOptions(lenient: true)
}

extension JSONValue {
  /// Brackets that may be open at once. Deep enough for any data met in pages, and shallow enough
  /// that walking and freeing the value needs little stack.
  package static let depthLimit = 512

  /// Reads one JSON value and nothing after it.
  ///
  /// - Throws: the first `JSONSyntaxError`, its offset counted in bytes from the start.
  /// - Complexity: O(bytes); the call stack does not grow with nesting.
  package init(
    reading text: [UInt8], _ options: JSONReaderOptions = .strict
  ) throws(JSONSyntaxError) {
    self = try text.withUnsafeBufferPointer { buffer throws(JSONSyntaxError) in
      try JSONValue(reading: buffer, options)
    }
  }

  /// Reads one JSON value and nothing after it; `text` is not kept.
  package init(
    reading text: UnsafeBufferPointer<UInt8>, _ options: JSONReaderOptions = .strict
  ) throws(JSONSyntaxError) {
    var reader = JSONReader(text, options)
    self = try reader.document()
  }
}

/// Reads one text; used for one call, so its pointer does not outlive the caller's buffer.
struct JSONReader {
  let bytes: UnsafeBufferPointer<UInt8>
  /// Index of the next byte to be read, `0...bytes.count`.
  var at = 0
  let options: JSONReaderOptions
  private let skipsComments: Bool

  /// A bracket that is open: where its values begin in `values` or `members`, and for objects the
  /// key that waits for its value.
  private struct Open {
    let start: Int
    let base: Int
    let isObject: Bool
    var key = ""
    var keyRange = 0..<0

    var closing: UInt8 { isObject ? UInt8(ascii: "}") : UInt8(ascii: "]") }
  }
  private var open: [Open] = []
  /// Finished values of all open arrays, and members of all open objects, outermost first.
  private var values: [JSONValue] = []
  private var members: [JSONMember] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ options: JSONReaderOptions) {
    self.bytes = bytes
    self.options = options
    skipsComments = options.comments || options.lenient
  }

  mutating func document() throws(JSONSyntaxError) -> JSONValue {
    // Positions are held in 32 bits.
    guard bytes.count < Int(UInt32.max) else { throw error(.tooLong(limit: Int(UInt32.max) - 1)) }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    try skipSpace()
    if options.lenient { skipToValue() }
    let value = try self.value()
    if options.lenient { return value }
    try skipSpace()
    guard at == bytes.count else { throw expected("nothing more") }
    return value
  }

  /// Reads a value and everything in it: a loop over values, each handed to the bracket it stands
  /// in, which it may close.
  private mutating func value() throws(JSONSyntaxError) -> JSONValue {
    while true {
      var finished: JSONValue
      let start = at
      switch peek {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        try openBracket()
        guard peek == open[open.count - 1].closing else {
          if open[open.count - 1].isObject { try readKey() }
          continue
        }
        finished = closeBracket()
      case UInt8(ascii: "\""):
        let text = try string()
        finished = JSONValue(.string(text), range: start..<at)
      case .some(let byte) where byte == UInt8(ascii: "-") || 0x30...0x39 ~= byte:
        let number = try number()
        finished = JSONValue(number, range: start..<at)
      default:
        let word = try word()
        finished = JSONValue(word, range: start..<at)
      }
      while true {
        guard !open.isEmpty else { return finished }
        add(finished)
        guard try continues() else {
          finished = closeBracket()
          continue
        }
        if open[open.count - 1].isObject { try readKey() }
        break
      }
    }
  }

  private mutating func openBracket() throws(JSONSyntaxError) {
    guard open.count < JSONValue.depthLimit else {
      throw error(.tooDeep(limit: JSONValue.depthLimit))
    }
    let isObject = bytes[at] == UInt8(ascii: "{")
    open.append(
      Open(start: at, base: isObject ? members.count : values.count, isObject: isObject))
    at += 1
    try skipSpace()
  }

  /// Ends the innermost bracket, whose closing byte is next.
  private mutating func closeBracket() -> JSONValue {
    at += 1
    let bracket = open.removeLast()
    let range = bracket.start..<at
    if bracket.isObject {
      let content = Array(members[bracket.base...])
      members.removeLast(content.count)
      return JSONValue(.object(content), range: range)
    }
    let content = Array(values[bracket.base...])
    values.removeLast(content.count)
    return JSONValue(.array(content), range: range)
  }

  private mutating func add(_ value: JSONValue) {
    let last = open.count - 1
    if open[last].isObject {
      members.append(JSONMember(open[last].key, value, keyRange: open[last].keyRange))
    } else {
      values.append(value)
    }
  }

  /// After a value in a bracket: whether another follows, its comma read; if not, the closing
  /// byte is next.
  private mutating func continues() throws(JSONSyntaxError) -> Bool {
    try skipSpace()
    let closing = open[open.count - 1].closing
    if peek == closing { return false }
    guard peek == UInt8(ascii: ",") else {
      throw expected(
        closing == UInt8(ascii: "}") ? "',' or '}' after a value" : "',' or ']' after a value")
    }
    let comma = at
    at += 1
    try skipSpace()
    guard peek == closing else { return true }
    guard options.trailingCommas || options.lenient else {
      throw JSONSyntaxError(offset: comma, .trailingComma(before: closing))
    }
    return false
  }

  private mutating func readKey() throws(JSONSyntaxError) {
    guard peek == UInt8(ascii: "\"") else { throw expected("a key in double quotes or '}'") }
    let start = at
    let key = try string()
    open[open.count - 1].key = key
    open[open.count - 1].keyRange = start..<at
    try skipSpace()
    guard peek == UInt8(ascii: ":") else { throw expected("':' after a key") }
    at += 1
    try skipSpace()
  }

  // MARK: Between tokens

  var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  private mutating func skipSpace() throws(JSONSyntaxError) {
    while at < bytes.count {
      switch bytes[at] {
      case 0x20, 0x0A, 0x0D, 0x09: at += 1
      case UInt8(ascii: "/") where isCommentStart: try skipComment()
      default: return
      }
    }
  }

  private var isCommentStart: Bool {
    at + 1 < bytes.count
      && (bytes[at + 1] == UInt8(ascii: "/") || bytes[at + 1] == UInt8(ascii: "*"))
  }

  private mutating func skipComment() throws(JSONSyntaxError) {
    guard skipsComments else { throw error(.commentNotAllowed) }
    let start = at
    let isLine = bytes[at + 1] == UInt8(ascii: "/")
    at += 2
    while at < bytes.count {
      if isLine, bytes[at] == 0x0A { return }
      if !isLine, bytes[at] == UInt8(ascii: "*"), at + 1 < bytes.count,
        bytes[at + 1] == UInt8(ascii: "/")
      {
        at += 2
        return
      }
      at += 1
    }
    guard isLine || options.lenient else {
      throw JSONSyntaxError(offset: start, .unclosedComment)
    }
  }

  /// Goes to the first bracket when no value is next, as in `<!-- {`; stays when there is none.
  private mutating func skipToValue() {
    if let byte = peek, Self.startsValue(byte) { return }
    // The bracket of the mark itself is not the value's.
    if bytes[at...].starts(with: "<![CDATA[".utf8) { at += 9 }
    let isBracket = { (byte: UInt8) in byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") }
    if let bracket = bytes[at...].firstIndex(where: isBracket) { at = bracket }
  }

  private static func startsValue(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "\""), UInt8(ascii: "-"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "t"), UInt8(ascii: "f"),
      UInt8(ascii: "n"):
      true
    default: false
    }
  }

  // MARK: Errors

  func error(_ reason: JSONSyntaxError.Reason) -> JSONSyntaxError {
    JSONSyntaxError(offset: at, reason)
  }

  func expected(_ what: String) -> JSONSyntaxError {
    error(.expected(what: what, found: peek))
  }
}
