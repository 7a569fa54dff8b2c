// The body of a stored response: as it was sent in, as a browser would see it out. Archives hold
// bodies whose heads no longer fit them, so every step looks whether the bytes are what they are
// said to be, and leaves them as they are if not.

internal import CBrotli

enum HTTPBody {
  /// A body that cannot be read.
  enum Failure: Error, Equatable {
    case tooLarge(limit: Int)
    /// Packed in a way that nothing here unpacks.
    case unsupported(String)
  }

  /// Undoes the transfer's chunks and the content encodings.
  ///
  /// - Parameter limit: Most bytes that may come out of each step.
  static func decode(
    _ body: [UInt8], _ head: HTTPHead, limit: Int
  ) throws(Failure) -> [UInt8] {
    var body = head.isChunked ? (unchunked(body) ?? body) : body
    for encoding in head.contentEncodings.reversed() {
      body = try unpacked(body, encoding, limit: limit) ?? body
    }
    guard body.count <= limit else { throw .tooLarge(limit: limit) }
    return body
  }

  // MARK: Chunks

  /// The body without its chunks' heads; `nil` when it does not begin with one.
  ///
  /// What follows a broken head further in is kept as it is; a last chunk that is cut off is kept
  /// as far as it goes.
  ///
  /// Source: RFC 9112, 7.1.
  static func unchunked(_ body: [UInt8]) -> [UInt8]? {
    var output: [UInt8] = []
    var at = 0
    while at < body.count {
      guard let (size, start) = chunkHead(body, at) else {
        if output.isEmpty { return nil }
        output += body[at...]
        return output
      }
      if size == 0 { return output }
      let end = size <= body.count - start ? start + size : body.count
      output += body[start..<end]
      at = end
      if at < body.count, body[at] == 0x0D { at += 1 }
      if at < body.count, body[at] == 0x0A { at += 1 }
    }
    return output
  }

  /// A chunk's size and where its bytes begin.
  private static func chunkHead(_ body: [UInt8], _ from: Int) -> (size: Int, start: Int)? {
    var at = from
    var size = 0
    var digits = 0
    while at < body.count, digits < 16, let digit = hexadecimal(body[at]) {
      size = size << 4 | digit
      digits += 1
      at += 1
    }
    guard digits > 0, size >= 0 else { return nil }
    // Spaces and extensions up to the line's end, and no other text.
    while at < body.count, body[at] == 0x20 || body[at] == 0x09 { at += 1 }
    guard at < body.count else { return nil }
    if body[at] == UInt8(ascii: ";") {
      guard let end = body[at...].prefix(mostExtension).firstIndex(of: 0x0A) else { return nil }
      return (size, end + 1)
    }
    if body[at] == 0x0D { at += 1 }
    guard at < body.count, body[at] == 0x0A else { return nil }
    return (size, at + 1)
  }

  private static let mostExtension = 4096

  private static func hexadecimal(_ byte: UInt8) -> Int? {
    switch byte {
    case 0x30...0x39: Int(byte) - 0x30
    case 0x41...0x46: Int(byte) - 0x37
    case 0x61...0x66: Int(byte) - 0x57
    default: nil
    }
  }

  // MARK: Content encodings

  /// - Returns: `nil` when the bytes are not packed so, in spite of what is said.
  private static func unpacked(
    _ body: [UInt8], _ encoding: String, limit: Int
  ) throws(Failure) -> [UInt8]? {
    switch encoding {
    case "gzip", "x-gzip":
      guard Packing(body) == .gzip else { return nil }
      return try checked(LenientUnpacker.bytes(body, .gzip, limit: limit), limit)
    case "zstd":
      guard Packing(body) == .zstd else { return nil }
      return try checked(LenientUnpacker.bytes(body, .zstd, limit: limit), limit)
    case "deflate":
      // Meant as zlib (RFC 9110, 8.4.1.2); some servers send bare deflate.
      if isMarkup(body) { return nil }
      let inflated =
        LenientUnpacker.bytes(body, .zlib, limit: limit)
        ?? LenientUnpacker.bytes(body, .bare, limit: limit)
      return try checked(inflated, limit)
    case "br":
      if isMarkup(body) { return nil }
      return try checked(unbrotlied(body, limit: limit), limit)
    default:
      if isMarkup(body) { return nil }
      throw .unsupported(encoding)
    }
  }

  private static func checked(_ bytes: [UInt8]?, _ limit: Int) throws(Failure) -> [UInt8]? {
    guard let bytes, !bytes.isEmpty else { return nil }
    guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
    return bytes
  }

  /// Begins as an unpacked page does.
  private static func isMarkup(_ body: [UInt8]) -> Bool {
    let text = body.drop { $0.isHeaderSpace || [0xEF, 0xBB, 0xBF].contains($0) }
    return text.first == UInt8(ascii: "<")
  }

  /// Unpacks brotli (RFC 7932), as far as it is whole; stops behind `limit`.
  private static func unbrotlied(_ packed: [UInt8], limit: Int) -> [UInt8]? {
    guard let state = BrotliDecoderCreateInstance(nil, nil, nil) else { return nil }
    defer { BrotliDecoderDestroyInstance(state) }
    var output: [UInt8] = []
    packed.withUnsafeBufferPointer { input in
      var next = input.baseAddress
      var rest = input.count
      var result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT
      while result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT, output.count <= limit {
        output += [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
          var target = buffer.baseAddress
          var room = buffer.count
          result = BrotliDecoderDecompressStream(state, &rest, &next, &room, &target, nil)
          filled = buffer.count - room
        }
      }
      if result == BROTLI_DECODER_RESULT_ERROR { output = [] }
    }
    return output
  }
}
