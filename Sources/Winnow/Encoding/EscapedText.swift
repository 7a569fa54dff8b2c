// Encodings that hide behind ASCII: they switch character sets by escape sequences.

enum EscapedText {
  /// Whether the page switches to a Japanese character set, as iso-2022-jp does.
  static func isISO2022JP(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer { buffer in
      var index = 0
      while let escape = buffer.firstIndex(of: 0x1B, from: index) {
        guard escape + 2 < buffer.count else { return false }
        if buffer[escape + 1] == UInt8(ascii: "$"),
          buffer[escape + 2] == UInt8(ascii: "B") || buffer[escape + 2] == UInt8(ascii: "@")
        {
          return true
        }
        index = escape + 1
      }
      return false
    }
  }

  /// Whether the page has marks of an escaped encoding: ESC, shift out, or the `~{` of hz-gb-2312.
  static func isEscaped(_ bytes: [UInt8]) -> Bool {
    var previous: UInt8 = 0
    for byte in bytes {
      if byte == 0x1B || byte == 0x0E { return true }
      if previous == UInt8(ascii: "~"), byte == UInt8(ascii: "{") { return true }
      previous = byte
    }
    return false
  }
}
