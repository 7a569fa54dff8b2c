// The writer: exact bytes, and that what it writes is read back as the same value.

import Testing

@testable import Winnow

struct JSONWriterTests {
  private func written(_ value: JSONValue, _ style: JSONWriter.Style = .compact) -> String {
    var writer = JSONWriter(style)
    writer.value(value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test func `Compact text has no white space and keeps the order of keys`() {
    #expect(
      written(["b": 1, "a": [true, JSONValue(.null), "x"], "c": [:], "d": []])
        == #"{"b":1,"a":[true,null,"x"],"c":{},"d":[]}"#)
  }

  @Test func `Pretty text has one value a line and two spaces a level`() {
    #expect(
      written(["b": 1, "a": [2.5, ["c": []]], "d": [:]], .pretty) == """
        {
          "b": 1,
          "a": [
            2.5,
            {
              "c": []
            }
          ],
          "d": {}
        }
        """)
  }

  @Test(arguments: [
    ("\"\\/", #""\"\\/""#),
    ("\u{8}\u{c}\n\r\t", #""\b\f\n\r\t""#),
    ("\0\u{1}\u{1f}\u{7f}", #""\u0000\u0001\u001f\u007f""#),
    ("a\u{2028}b\u{2029}", #""a\u2028b\u2029""#),
    ("\u{2027}\u{202A}é😀", "\"\u{2027}\u{202A}é😀\""),
  ])
  func `Strings are escaped where they must be and nowhere else`(value: String, expected: String) {
    #expect(written(JSONValue(.string(value))) == expected)
  }

  @Test func `Numbers that JSON cannot hold become null`() {
    #expect(
      written([
        JSONValue(.double(.nan)), JSONValue(.double(.infinity)), 1e300,
        JSONValue(.double(.leastNonzeroMagnitude)),
      ])
        == "[null,null,1e+300,5e-324]")
  }

  @Test func `Bytes that are not UTF-8 become U+FFFD`() {
    var writer = JSONWriter()
    writer.string(utf8: [0x61, 0xFF])
    #expect(writer.bytes == Array("\"a\u{FFFD}\"".utf8))
  }

  @Test func `Lines of values are written one after another`() {
    var writer = JSONWriter()
    writer.value(["a": 1])
    writer.lineFeed()
    writer.value([])
    writer.lineFeed()
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "{\"a\":1}\n[]\n")
    writer.removeAll()
    writer.bool(true)
    #expect(writer.bytes == Array("true".utf8))
  }

  @Test func `What is written is read back as the same value`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    for round in 0..<400 {
      let value = randomValue(depth: 5, using: &random)
      for style in [JSONWriter.Style.compact, .pretty] {
        let text = Array(written(value, style).utf8)
        for options in [JSONReaderOptions.strict, .handwritten, .lenient] {
          let read = try JSONValue(reading: text, options)
          try #require(read == value, "seed \(seed), round \(round)")
          // Writing is a function of the value: ranges play no part.
          try #require(Array(written(read, style).utf8) == text, "seed \(seed), round \(round)")
        }
      }
    }
  }

  @Test func `Random bytes and damaged JSON never trap the reader`() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    let alphabet = Array(#"{}[]",:\u0d8bntrue/*-.eE19 "#.utf8) + [0x0A, 0x00, 0xFF, 0xE2, 0x80]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        alphabet.randomElement(using: &random) ?? 0
      }
      for options in [JSONReaderOptions.strict, .handwritten, .lenient] {
        do throws(JSONSyntaxError) {
          let value = try JSONValue(reading: text, options)
          #expect(value.range.upperBound <= text.count, "seed \(seed)")
        } catch {
          #expect(0...text.count ~= error.offset, "seed \(seed)")
          #expect(!error.description.isEmpty)
        }
      }
    }
  }

  private func randomValue(depth: Int, using random: inout SplitMix) -> JSONValue {
    switch Int.random(in: 0...(depth == 0 ? 5 : 7), using: &random) {
    case 0: JSONValue(.null)
    case 1: JSONValue(.bool(.random(using: &random)))
    case 2: JSONValue(.integer(.random(in: Int.min...Int.max, using: &random)))
    case 3:
      JSONValue(.double(randomDouble(using: &random)))
    case 4: JSONValue(.integer(.random(in: -1000...1000, using: &random)))
    case 5: JSONValue(.string(randomString(using: &random)))
    case 6:
      JSONValue(
        .array(
          (0..<Int.random(in: 0...4, using: &random)).map { _ in
            randomValue(depth: depth - 1, using: &random)
          }))
    default:
      JSONValue(
        .object(
          (0..<Int.random(in: 0...4, using: &random)).map { _ in
            JSONMember(
              randomString(using: &random), randomValue(depth: depth - 1, using: &random))
          }))
    }
  }

  /// Any finite bit pattern.
  private func randomDouble(using random: inout SplitMix) -> Double {
    let value = Double(bitPattern: random.next())
    return value.isFinite ? value : 0.5
  }

  private func randomString(using random: inout SplitMix) -> String {
    var scalars = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      let limit: UInt32 = [0x80, 0x800, 0x3000, 0x11_0000].randomElement(using: &random) ?? 0x80
      if let scalar = Unicode.Scalar(UInt32.random(in: 0..<limit, using: &random)) {
        scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}
