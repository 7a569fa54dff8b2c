// A growing run of bytes: what is appended eight bytes at a time is what is appended byte by byte.

import Testing

@testable import Winnow

@Suite("Runs of bytes")
struct ByteBufferTests {
  /// White space collapsed as the words say it.
  private func collapsed(_ bytes: [UInt8]) -> (text: [UInt8], endsInSpace: Bool) {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    var text: [UInt8] = []
    var isPending = false
    for byte in bytes {
      if isSpace(byte) {
        isPending = true
      } else {
        if isPending { text.append(0x20) }
        isPending = false
        text.append(byte)
      }
    }
    return (text, isPending)
  }

  @Test("Runs of white space become one space, none at the end")
  func collapsing() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    let alphabet: [UInt8] = [
      0x20, 0x0A, 0x09, 0x0D, 0x0C, 0x01, 0x1F, 0x21, 0x61, 0x7A, 0x80, 0xFF,
    ]
    for length in 0..<200 {
      let bytes = (0..<length).map { _ in
        Bool.random(using: &random) ? 0x61 : alphabet.randomElement(using: &random) ?? 0x20
      }
      var buffer = ByteBuffer(capacity: 1)
      buffer.append(UInt8(ascii: "."))
      let endsInSpace = bytes.withUnsafeBufferPointer { buffer.append(collapsing: $0) }
      let expected = collapsed(bytes)
      let found = buffer.array()
      #expect(found == [UInt8(ascii: ".")] + expected.text, "seed \(seed), length \(length)")
      #expect(endsInSpace == expected.endsInSpace, "seed \(seed), length \(length)")
    }
  }

  @Test("Short texts and scalars stand one after the other")
  func appending() {
    var buffer = ByteBuffer(capacity: 0)
    for text in ["<p>", "", "</blockquote>", "0123456789abcdef"] { buffer.append(ShortBytes(text)) }
    for scalar in ["a", "é", "語", "😀"] as [Unicode.Scalar] { buffer.append(scalar: scalar.value) }
    let text = String(decoding: buffer.array(), as: UTF8.self)
    #expect(text == "<p></blockquote>0123456789abcdefaé語😀")
    buffer.truncate(to: 3)
    #expect(buffer.array() == Array("<p>".utf8))
  }

  @Test(
    "A name read eight bytes at a time is the name read byte by byte", arguments: [true, false])
  func names(_ isAttribute: Bool) {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    let letters = Array("abzAZ@[`{-:\u{7F}".utf8) + [0x80, 0xFF]
    let ends = Array(">/ \n\t\r\u{C}=\u{1}".utf8)
    for round in 0..<2000 {
      let length = round % 19
      let name = (0..<length).map { _ in letters.randomElement(using: &random) ?? 0x61 }
      let end = ends.randomElement(using: &random) ?? 0x3E
      let bytes = name + [end] + [UInt8](repeating: 0x61, count: 20)
      let found = bytes.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.flatMap {
          ShortName.read($0, from: 0, to: bytes.count, isAttribute: isAttribute)
        }
      }
      let endsName = end != 0x01 && (isAttribute || end != 0x3D)
      guard endsName else {
        #expect(found == nil || length == 16 || (found?.length ?? 0) > length)
        continue
      }
      if length == 0 || length > 15 {
        // Left to the slow way.
        #expect(found == nil, "seed \(seed), round \(round)")
      } else {
        var key = TagKey()
        for (index, byte) in name.enumerated() {
          key.add((0x41...0x5A).contains(byte) ? byte | 0x20 : byte, at: index)
        }
        #expect(found?.key == key && found?.length == length, "seed \(seed), round \(round)")
      }
    }
  }
}
