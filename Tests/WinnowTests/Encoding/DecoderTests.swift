import Testing

@testable import Winnow

struct DecodingCase: Sendable, CustomTestStringConvertible {
  let encoding: TextEncoding
  let bytes: [UInt8]
  /// What comes out; "\u{FFFD}" counts as an error unless the bytes hold NUL.
  let text: String

  init(_ encoding: TextEncoding, _ bytes: [UInt8], _ text: String) {
    self.encoding = encoding
    self.bytes = bytes
    self.text = text
  }

  var testDescription: String { "\(encoding.rawValue) \(bytes.map { String($0, radix: 16) })" }
}

@Suite("Bytes become text as the WHATWG Encoding Standard decodes them")
struct DecoderTests {
  @Test(
    "Each encoding's characters and errors",
    arguments: [
      // utf-8: one U+FFFD for each longest beginning of a valid sequence.
      .init(.utf8, [0x61, 0xC3, 0xA9, 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x98, 0x80], "aé€😀"),
      .init(.utf8, [0xE2, 0x82, 0x3C], "\u{FFFD}<"),
      .init(.utf8, [0xF0, 0x9F, 0x98], "\u{FFFD}"),
      .init(.utf8, [0xC0, 0xAF], "\u{FFFD}\u{FFFD}"),
      .init(.utf8, [0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      .init(.utf8, [0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
      .init(.utf8, [0xE0, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      // Unicode 16, table 3-11.
      .init(
        .utf8, [0xE1, 0x80, 0xE2, 0xF0, 0x91, 0x92, 0xF1, 0xBF, 0x41],
        "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}A"),
      // Single bytes.
      .init(.windows1252, [0x80, 0x81, 0x93, 0xE9], "€\u{81}“é"),
      .init(.windows1251, [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, 0x98], "Привет\u{98}"),
      .init(.koi8r, [0xF0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4], "Привет"),
      .init(.koi8u, [0xA4, 0xA6, 0xAE, 0xBE], "єіўЎ"),
      .init(.ibm866, [0x8F, 0xE0, 0xA8, 0xA2, 0xA5, 0xE2], "Привет"),
      .init(.iso8859_2, [0xB1, 0xE6, 0xEA], "ąćę"),
      .init(.iso8859_5, [0xBF, 0xE0], "Пр"),
      .init(.iso8859_6, [0xC7, 0xE4, 0xA1], "ال\u{FFFD}"),
      .init(.iso8859_8i, [0xF9, 0xEC, 0xE5, 0xED], "שלום"),
      .init(.windows1255, [0xCA, 0xD9], "\u{5BA}\u{FFFD}"),
      .init(.windows1253, [0xC1, 0xAA], "Α\u{FFFD}"),
      .init(.windows874, [0xA1, 0xDB], "ก\u{FFFD}"),
      .init(.macintosh, [0x8E, 0xDB, 0xF0], "é€\u{F8FF}"),
      .init(.macCyrillic, [0x80, 0xA2, 0xFF], "АҐ€"),
      .init(.userDefined, [0x41, 0x80, 0xFF], "A\u{F780}\u{F7FF}"),
      // gbk and gb18030.
      .init(.gbk, [0xD6, 0xD0, 0xCE, 0xC4, 0x80], "中文€"),
      .init(.gb18030, [0x81, 0x30, 0x81, 0x30], "\u{80}"),
      .init(.gb18030, [0x81, 0x35, 0xF4, 0x37], "\u{E7C7}"),
      .init(.gb18030, [0x90, 0x30, 0x81, 0x30, 0xE3, 0x32, 0x9A, 0x35], "\u{10000}\u{10FFFF}"),
      .init(.gb18030, [0xE3, 0x32, 0x9A, 0x36], "\u{FFFD}"),
      .init(.gb18030, [0x84, 0x31, 0xA5, 0x30], "\u{FFFD}"),
      .init(.gb18030, [0x81, 0x3C, 0x62, 0x3E], "\u{FFFD}<b>"),
      .init(.gb18030, [0x81, 0x30, 0x3C], "\u{FFFD}0<"),
      .init(.gb18030, [0x81, 0x30, 0x81, 0x3C], "\u{FFFD}0\u{FFFD}<"),
      .init(.gb18030, [0x81, 0x30, 0x81], "\u{FFFD}"),
      .init(.gb18030, [0xFF, 0x81], "\u{FFFD}\u{FFFD}"),
      .init(.gb18030, [0xA8, 0xBC, 0xFE, 0x59, 0xA6, 0xD9], "ḿ龴︐"),
      // big5.
      .init(.big5, [0xA4, 0xA4, 0xA4, 0xE5], "中文"),
      .init(.big5, [0x88, 0x62, 0x88, 0xA5], "\u{CA}\u{304}\u{EA}\u{30C}"),
      .init(.big5, [0x87, 0x7D, 0x87, 0xDC], "𦀡𪷿"),
      .init(.big5, [0xA4, 0x3C], "\u{FFFD}<"),
      .init(.big5, [0x81, 0x40, 0x81, 0xA1], "\u{FFFD}@\u{FFFD}"),
      .init(.big5, [0x80, 0xFF, 0xA4], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      .init(.big5, [0xA3, 0xC0, 0xA3, 0xE1], "␀€"),
      // euc-kr.
      .init(.eucKR, [0xC7, 0xD1, 0xB1, 0xDB, 0x81, 0x41], "한글갂"),
      .init(.eucKR, [0xC7, 0x3C, 0xC9, 0xA1], "\u{FFFD}<\u{FFFD}"),
      .init(.eucKR, [0x80, 0xFF, 0xC7], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      // shift_jis.
      .init(.shiftJIS, [0x93, 0xFA, 0x96, 0x7B, 0xB1, 0x80], "日本ｱ\u{80}"),
      .init(.shiftJIS, [0x87, 0x40, 0xFB, 0xFC, 0xF0, 0x40], "①髙\u{E000}"),
      .init(.shiftJIS, [0x93, 0x3C, 0xA0, 0xFD, 0x93], "\u{FFFD}<\u{FFFD}\u{FFFD}\u{FFFD}"),
      // euc-jp.
      .init(.eucJP, [0xC6, 0xFC, 0x8E, 0xB1, 0x8F, 0xB0, 0xA1], "日ｱ丂"),
      .init(.eucJP, [0xAD, 0xA1, 0x8F, 0xA2, 0xB7], "①～"),
      .init(.eucJP, [0x8F, 0xB0, 0x3C, 0x8E, 0xE0], "\u{FFFD}<\u{FFFD}"),
      .init(.eucJP, [0x8F, 0x3C, 0xC6, 0x3C, 0x8F, 0xB0], "\u{FFFD}<\u{FFFD}<\u{FFFD}"),
      .init(.eucJP, [0x80, 0xA0, 0xFF], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      // iso-2022-jp.
      .init(.iso2022JP, [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x42, 0x61], "日a"),
      .init(.iso2022JP, [0x1B, 0x28, 0x4A, 0x5C, 0x7E, 0x61], "¥‾a"),
      .init(.iso2022JP, [0x1B, 0x28, 0x49, 0x31], "ｱ"),
      .init(.iso2022JP, [0x1B, 0x24, 0x42, 0x1B, 0x28, 0x42, 0x61], "\u{FFFD}a"),
      .init(.iso2022JP, [0x1B, 0x24, 0x41, 0x61], "\u{FFFD}$Aa"),
      .init(.iso2022JP, [0x1B, 0x24], "\u{FFFD}$"),
      .init(.iso2022JP, [0x1B, 0x24, 0x42, 0x46, 0x1B, 0x28, 0x42], "\u{FFFD}"),
      .init(.iso2022JP, [0x1B, 0x24, 0x42, 0x46], "\u{FFFD}"),
      .init(.iso2022JP, [0x0E, 0x80, 0x61], "\u{FFFD}\u{FFFD}a"),
      // Wide encodings.
      .init(.utf16LE, [0x61, 0x00, 0x3D, 0xD8, 0x00, 0xDE], "a😀"),
      .init(.utf16BE, [0x00, 0x61, 0xD8, 0x3D, 0xDE, 0x00], "a😀"),
      .init(.utf16LE, [0x3D, 0xD8, 0x61, 0x00], "\u{FFFD}a"),
      .init(.utf16LE, [0x00, 0xDE, 0x61], "\u{FFFD}\u{FFFD}"),
      .init(.utf16LE, [0x3D, 0xD8, 0x61], "\u{FFFD}"),
      .init(.utf32LE, [0x61, 0, 0, 0, 0x00, 0xF6, 0x01, 0], "a😀"),
      .init(.utf32BE, [0, 0, 0xD8, 0, 0, 0, 0, 0x61, 0], "\u{FFFD}a\u{FFFD}"),
      .init(.replacement, [0x61, 0x62], "\u{FFFD}"),
      .init(.replacement, [], ""),
    ] as [DecodingCase]
  )
  func decodes(_ each: DecodingCase) {
    let (text, errors) = each.encoding.text(each.bytes)
    #expect(text.unicodeScalars.elementsEqual(each.text.unicodeScalars), "got \(text)")
    #expect(errors == each.text.unicodeScalars.count { $0 == "\u{FFFD}" })
  }

  @Test("NUL becomes U+FFFD in every encoding and is no error", arguments: TextEncoding.allCases)
  func replacesNUL(_ encoding: TextEncoding) {
    guard encoding != .replacement else { return }
    let unit: [UInt8] =
      switch encoding {
      case .utf16BE, .utf16LE: [0, 0]
      case .utf32BE, .utf32LE: [0, 0, 0, 0]
      default: [0]
      }
    let (text, errors) = encoding.text(unit + unit)
    #expect(text == "\u{FFFD}\u{FFFD}")
    #expect(errors == 0)
  }

  @Test(
    "A byte that opens a pair never swallows the tag behind it",
    arguments: [.gbk, .big5, .eucKR, .shiftJIS, .eucJP, .utf8] as [TextEncoding])
  func keepsMarkup(_ encoding: TextEncoding) {
    for lead in UInt8(0x80)...0xFF {
      let (text, _) = encoding.text([lead] + Array("<p>".utf8))
      #expect(text.hasSuffix("<p>"), "after \(lead)")
    }
  }
}
