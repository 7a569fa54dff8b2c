// The reader against texts: what is JSON, what is not and where, and what each leniency adds.

import Foundation
import Testing

@testable import Winnow

struct JSONReaderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let text: String
    let expected: JSONValue
    var testDescription: String { text.debugDescription }
    init(_ text: String, _ expected: JSONValue) {
      self.text = text
      self.expected = expected
    }
  }

  @Test(
    "Values are read as RFC 8259 means them",
    arguments: [
      Case("null", JSONValue(.null)),
      Case(" true ", true),
      Case("false", false),
      Case("0", 0),
      Case("-0", -0.0),
      Case("-12", -12),
      Case("9223372036854775807", JSONValue(.integer(.max))),
      Case("-9223372036854775808", JSONValue(.integer(.min))),
      Case("9223372036854775808", JSONValue(.double(9_223_372_036_854_775_808))),
      Case("9007199254740993", JSONValue(.integer(9_007_199_254_740_993))),
      Case("1.0", 1.0),
      Case("0.1", 0.1),
      Case("-2.5e-3", -0.0025),
      Case("1E+2", 100.0),
      Case("123456789012345678901234567890", 123_456_789_012_345_678_901_234_567_890.0),
      Case("2.2250738585072011e-308", JSONValue(.double(Double.leastNormalMagnitude.nextDown))),
      Case("1e-400", 0.0),
      Case(#""""#, ""),
      Case(#""a\"\\\/\b\f\n\r\t""#, "a\"\\/\u{8}\u{c}\n\r\t"),
      Case(#""\u00e9\u20AC\ud83d\ude00""#, "é€😀"),
      Case(#""\u0000""#, "\0"),
      Case("\"Zürich 東京\"", "Zürich 東京"),
      Case("[]", []),
      Case("{}", [:]),
      Case("[1,[2,[]],{\"a\":[]}]", [1, [2, []], ["a": []]]),
      Case("\t{\r\n\"b\" : 1 , \"a\" : 2 , \"b\" : 3}", ["b": 1, "a": 2, "b": 3]),
      Case("\u{FEFF}[1]", [1]),
    ])
  func reads(_ each: Case) throws {
    #expect(try JSONValue(reading: Array(each.text.utf8)) == each.expected)
  }

  struct Wrong: Sendable, CustomTestStringConvertible {
    let text: String
    let offset: Int
    let message: String
    var testDescription: String { text.debugDescription }
    init(_ text: String, _ offset: Int, _ message: String) {
      self.text = text
      self.offset = offset
      self.message = message
    }
  }

  @Test(
    "What is not JSON is refused with its place and a sentence",
    arguments: [
      Wrong("", 0, "expected a value, found the end of the file"),
      Wrong(" \n", 2, "expected a value, found the end of the file"),
      Wrong("tru", 0, "expected a value, found 't'"),
      Wrong("NaN", 0, "expected a value, found 'N'"),
      Wrong("+1", 0, "expected a value, found '+'"),
      Wrong(
        "'a'", 0, "expected a value, found '''; strings and keys stand in double quotes"),
      Wrong("1 2", 2, "expected nothing more, found '2'"),
      Wrong("01", 0, "a number must not begin with 0; remove the zero"),
      Wrong("-", 1, "expected a digit, found the end of the file"),
      Wrong("1.", 2, "expected a digit, found the end of the file"),
      Wrong("1e+x", 3, "expected a digit, found 'x'"),
      Wrong("[1e999]", 1, "this number is too large to be held"),
      Wrong("[1 2]", 3, "expected ',' or ']' after a value, found '2'"),
      Wrong("[1", 2, "expected ',' or ']' after a value, found the end of the file"),
      Wrong("[1,]", 2, "a comma stands before ']'; remove it"),
      Wrong("{\"a\":1,}", 6, "a comma stands before '}'; remove it"),
      Wrong("[,]", 1, "expected a value, found ','"),
      Wrong("{a:1}", 1, "expected a key in double quotes or '}', found 'a'"),
      Wrong("{\"a\" 1}", 5, "expected ':' after a key, found '1'"),
      Wrong("{\"a\":}", 5, "expected a value, found '}'"),
      Wrong("{\"a\":1]", 6, "expected ',' or '}' after a value, found ']'"),
      Wrong("[1] // x", 4, "a comment stands where none is allowed; remove it"),
      Wrong("[\"a", 1, "this string is not closed; put a double quote at its end"),
      Wrong("[\"a\n\"]", 1, "this string is not closed; put a double quote at its end"),
      Wrong("[\"a\\", 1, "this string is not closed; put a double quote at its end"),
      Wrong("[\"a\t\"]", 3, "a tab stands inside a string; write it as an escape"),
      Wrong("\"\u{1}\"", 1, "control character 1 stands inside a string; write it as an escape"),
      Wrong(
        #""C:\Windows""#, 3,
        #"a backslash before 'W' means nothing; write \\ for a backslash"#),
      Wrong(#""\u12x4""#, 1, #"\u needs four hexadecimal digits"#),
      Wrong(
        #""\ud83d""#, 1, #"this \u escape is half of a pair and its other half is missing"#),
      Wrong(
        #""\ude00\ud83d""#, 1,
        #"this \u escape is half of a pair and its other half is missing"#),
      Wrong(
        #""\ud83d\ud83d""#, 1,
        #"this \u escape is half of a pair and its other half is missing"#),
      Wrong("[é]", 1, "expected a value, found a character that is not ASCII"),
    ])
  func refuses(_ each: Wrong) {
    #expect {
      try JSONValue(reading: Array(each.text.utf8))
    } throws: { error in
      guard let error = error as? JSONSyntaxError else { return false }
      #expect(error.offset == each.offset)
      #expect(error.description == each.message)
      return true
    }
  }

  @Test func `Invalid UTF-8 in a string is refused, or becomes U+FFFD when lenient`() throws {
    let text: [UInt8] = [0x5B, 0x22, 0x61, 0xFF, 0x22, 0x5D]
    #expect(throws: JSONSyntaxError(offset: 1, .invalidUTF8)) { try JSONValue(reading: text) }
    #expect(try JSONValue(reading: text, .lenient) == ["a\u{FFFD}"])
  }

  @Test(
    "Handwritten files may have comments and trailing commas",
    arguments: [
      Case("// a\n[1, /* b */ 2,\n] // c", [1, 2]),
      Case("{/**/\"a\"/* : */:/***/1,/*,*/}//", ["a": 1]),
      Case("[ // ]\r\n]", []),
      Case("\"// no comment\"", "// no comment"),
    ])
  func handwritten(_ each: Case) throws {
    #expect(try JSONValue(reading: Array(each.text.utf8), .handwritten) == each.expected)
  }

  @Test(
    "Comments and trailing commas have limits too",
    arguments: [
      Wrong("[1] /* x", 4, "this comment is never closed; end it with */"),
      Wrong("[1,,]", 3, "expected a value, found ','"),
      Wrong("[,]", 1, "expected a value, found ','"),
      Wrong("{,}", 1, "expected a key in double quotes or '}', found ','"),
      Wrong("[1] /", 4, "expected nothing more, found '/'"),
    ])
  func handwrittenRefuses(_ each: Wrong) {
    #expect {
      try JSONValue(reading: Array(each.text.utf8), .handwritten)
    } throws: { error in
      let error = error as? JSONSyntaxError
      return error?.offset == each.offset && error?.description == each.message
    }
  }

  @Test(
    "The lenient reader takes what pages hold",
    arguments: [
      Case("{\"a\":\"b\nc\td\"}", ["a": "b\nc\td"]),
      Case("{\"a\":1};", ["a": 1]),
      Case("[1] // ]]>", [1]),
      Case("<!--\n{\"a\":1}\n-->", ["a": 1]),
      Case("//<![CDATA[\n{\"a\":1}\n//]]>", ["a": 1]),
      Case("/* <![CDATA[ */ {\"a\":1} /* ]]> */", ["a": 1]),
      Case("<![CDATA[ {\"a\":1} ]]>", ["a": 1]),
      Case("window.state = {\"a\":1,};", ["a": 1]),
      Case("\u{FEFF}\n{\"a\":1}{\"b\":2}", ["a": 1]),
      Case(#"{"a":"it\'s \x \u12"}"#, ["a": "it's x u12"]),
      Case(#"["\ud83d", "\ude00!"]"#, ["\u{FFFD}", "\u{FFFD}!"]),
      Case(#"["\ud83d\ud83d\ude00"]"#, ["\u{FFFD}😀"]),
      Case("[1e999, -1e999]", [1.7976931348623157e308, -1.7976931348623157e308]),
    ])
  func lenient(_ each: Case) throws {
    #expect(try JSONValue(reading: Array(each.text.utf8), .lenient) == each.expected)
  }

  @Test func `Every value and key knows the bytes it was read from`() throws {
    let text = Array(#" {"é" : [10, "x\n", {}], "b":true}"#.utf8)
    let value = try JSONValue(reading: text)
    func source(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
    #expect(source(value.range) == #"{"é" : [10, "x\n", {}], "b":true}"#)
    let members = try #require(value.object)
    #expect(members.map { source($0.keyRange) } == [#""é""#, #""b""#])
    #expect(source(members[0].value.range) == #"[10, "x\n", {}]"#)
    let parts = try #require(members[0].value.array)
    #expect(parts.map { source($0.range) } == ["10", #""x\n""#, "{}"])
    #expect(source(members[1].value.range) == "true")
  }

  @Test func `The last of two equal keys is found`() throws {
    let value = try JSONValue(reading: Array(#"{"a":1,"b":2,"a":3}"#.utf8))
    #expect(value["a"]?.integer == 3)
    #expect(value["c"] == nil)
    #expect(value.object?.count == 3)
  }

  @Test func `Numbers are rounded as the standard library rounds them`() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SplitMix(state: seed)
    for _ in 0..<5000 {
      let digits = String(random.next() >> UInt64.random(in: 0...60, using: &random))
      let point = Int.random(in: 0...digits.count, using: &random)
      let exponent = Int.random(in: -30...30, using: &random)
      let whole = point == 0 ? "0" : String(digits.prefix(point))
      let fraction = point == digits.count ? "" : "." + digits.dropFirst(point)
      let literal = "-\(whole)\(fraction)e\(exponent)"
      let read = try JSONValue(reading: Array(literal.utf8))
      try #require(read.number == Double(literal), "\(literal), seed \(seed)")
    }
  }

  @Test func `Whole numbers are integers however they are written`() throws {
    let value = try JSONValue(reading: Array("[3, 3.0, 3e0, 3.5, 1e300]".utf8))
    #expect(value.array?.map(\.integer) == [3, 3, 3, nil, nil])
    #expect(value.array?.map(\.number) == [3, 3, 3, 3.5, 1e300])
  }

  @Test(arguments: ["[", "{\"a\":", "[{\"a\":", "[1,"])
  func `A hundred thousand open brackets are an error, not a crash`(_ part: String) {
    let text = Array(String(repeating: part, count: 100_000).utf8)
    for options in [JSONReaderOptions.strict, .handwritten, .lenient] {
      #expect {
        try JSONValue(reading: text, options)
      } throws: { ($0 as? JSONSyntaxError)?.reason == .tooDeep(limit: 512) }
    }
  }

  @Test func `Brackets may nest to the limit and no deeper`() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    let deepest = try JSONValue(reading: nested(JSONValue.depthLimit))
    var writer = JSONWriter()
    writer.value(deepest)
    #expect(writer.bytes == nested(JSONValue.depthLimit))
    #expect(throws: JSONSyntaxError(offset: 512, .tooDeep(limit: 512))) {
      try JSONValue(reading: nested(JSONValue.depthLimit + 1))
    }
  }

  @Test func `A value nested to the limit is read, written and freed on a stack of 256 KiB`() async
  {
    let half = JSONValue.depthLimit / 2
    let text =
      String(repeating: "[{\"a\":", count: half) + "1" + String(repeating: "}]", count: half)
    let written = await withCheckedContinuation { continuation in
      // A stack that is too small ends the test process.
      let thread = Thread {
        var writer = JSONWriter()
        if let value = try? JSONValue(reading: Array(text.utf8)) { writer.value(value) }
        continuation.resume(returning: writer.bytes)
      }
      thread.stackSize = 256 << 10
      thread.start()
    }
    #expect(written == Array(text.utf8))
  }

  @Test func `Every beginning of a text is refused or read, never read past its end`() {
    let text = Array(#"{"a":[1.5e+3,"\ud83d\ude00\n",true,null,{"b":-0}],/*c*/"d":false,}"#.utf8)
    for end in 0..<text.count {
      // A buffer of exactly this size, so that the sanitizer sees a read past its end.
      #expect(throws: JSONSyntaxError.self) {
        try JSONValue(reading: Array(text[..<end]), .handwritten)
      }
      _ = try? JSONValue(reading: Array(text[..<end]), .lenient)
    }
    #expect(throws: Never.self) { try JSONValue(reading: text, .handwritten) }
  }

  @Test(arguments: [
    (0, 1, 1), (1, 1, 2), (3, 1, 3), (4, 2, 1), (5, 2, 2), (7, 3, 1), (99, 3, 1), (-1, 1, 1),
  ])
  func `Lines and columns count from 1, columns in characters`(
    offset: Int, line: Int, column: Int
  ) {
    // a é LF x CR LF: bytes 0, 1-2, 3, 4, 5, 6.
    let text = Array("aé\nx\r\n".utf8)
    #expect(TextPosition(of: offset, in: text) == TextPosition(line: line, column: column))
  }

  @Test func `A byte order mark takes no column`() {
    #expect(
      TextPosition(of: 4, in: Array("\u{FEFF}ab".utf8)) == TextPosition(line: 1, column: 2))
  }
}
