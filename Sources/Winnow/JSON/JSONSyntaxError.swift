// Why text is not JSON, and where: facts, and one sentence made of them.

/// The first place at which a text stops being JSON.
package struct JSONSyntaxError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Reason: Sendable, Equatable {
    /// `what` had to come here; `nil` for the end of the text.
    case expected(what: String, found: UInt8?)
    case trailingComma(before: UInt8)
    case commentNotAllowed
    case unclosedComment
    case unclosedString
    case controlCharacter(UInt8)
    case unknownEscape(UInt8)
    case incompleteEscape
    case loneSurrogate
    case invalidUTF8
    case leadingZero
    case numberTooLarge
    case tooDeep(limit: Int)
    case tooLong(limit: Int)
  }

  /// Bytes before the place.
  package let offset: Int
  package let reason: Reason

  package init(offset: Int, _ reason: Reason) {
    self.offset = offset
    self.reason = reason
  }

  /// What is wrong and what to do, without the place.
  package var description: String {
    switch reason {
    case .expected(let what, let found):
      "expected \(what), found \(Self.name(of: found))"
        + (found == UInt8(ascii: "'") ? "; strings and keys stand in double quotes" : "")
    case .trailingComma(let closing):
      "a comma stands before \(Self.name(of: closing)); remove it"
    case .commentNotAllowed: "a comment stands where none is allowed; remove it"
    case .unclosedComment: "this comment is never closed; end it with */"
    case .unclosedString: "this string is not closed; put a double quote at its end"
    case .controlCharacter(let byte):
      "\(Self.name(of: byte)) stands inside a string; write it as an escape"
    case .unknownEscape(let byte):
      "a backslash before \(Self.name(of: byte)) means nothing; write \\\\ for a backslash"
    case .incompleteEscape: "\\u needs four hexadecimal digits"
    case .loneSurrogate: "this \\u escape is half of a pair and its other half is missing"
    case .invalidUTF8: "this string is not valid UTF-8; save the file as UTF-8"
    case .leadingZero: "a number must not begin with 0; remove the zero"
    case .numberTooLarge: "this number is too large to be held"
    case .tooDeep(let limit): "more than \(limit) brackets are open"
    case .tooLong(let limit): "the text is longer than \(limit) bytes"
    }
  }

  private static func name(of byte: UInt8?) -> String {
    switch byte {
    case nil: "the end of the file"
    case 0x09: "a tab"
    case 0x0A, 0x0D: "a line break"
    case .some(let byte) where byte < 0x20 || byte == 0x7F:
      "control character \(byte)"
    case .some(let byte) where byte >= 0x80: "a character that is not ASCII"
    case .some(let byte): "'\(Character(Unicode.Scalar(byte)))'"
    }
  }
}
