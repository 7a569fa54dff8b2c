import Testing

@testable import Winnow

struct LabelCase: Sendable, CustomTestStringConvertible {
  let label: String
  let encoding: TextEncoding?

  init(_ label: String, _ encoding: TextEncoding?) {
    self.label = label
    self.encoding = encoding
  }

  var testDescription: String { label.debugDescription }
}

@Suite("A label means the encoding that the standard says")
struct LabelTests {
  @Test(
    "Labels that mean another encoding than they say, and labels that mean none",
    arguments: [
      .init("UTF-8", .utf8), .init("utf8", .utf8), .init("\t utf-8 \r\n", .utf8),
      .init("utf\u{A0}8", nil), .init("utf-8;", nil), .init("", nil), .init("utf8mb4", nil),
      .init("iso-8859-1", .windows1252), .init("us-ascii", .windows1252),
      .init("latin1", .windows1252), .init("iso-8859-9", .windows1254),
      .init("iso-8859-11", .windows874), .init("tis-620", .windows874),
      .init("gb2312", .gbk), .init("GB_2312-80", .gbk), .init("gb18030", .gb18030),
      .init("big5-hkscs", .big5), .init("ks_c_5601-1987", .eucKR), .init("windows-949", .eucKR),
      .init("x-sjis", .shiftJIS), .init("windows-31j", .shiftJIS), .init("x-euc-jp", .eucJP),
      .init("logical", .iso8859_8i), .init("visual", .iso8859_8), .init("koi8-ru", .koi8u),
      .init("x-mac-ukrainian", .macCyrillic), .init("hz-gb-2312", .replacement),
      .init("unicode", .utf16LE), .init("utf-16", .utf16LE), .init("unicodefffe", .utf16BE),
      .init("utf-7", nil), .init("utf-32", nil), .init("cp-1251", nil), .init("iso-8859-12", nil),
    ] as [LabelCase]
  )
  func meaning(_ each: LabelCase) {
    #expect(TextEncoding(label: each.label) == each.encoding)
  }

  @Test("Every encoding of the standard answers to its own name", arguments: TextEncoding.allCases)
  func ownName(_ encoding: TextEncoding) {
    let isOfTheStandard = encoding != .utf32BE && encoding != .utf32LE
    #expect(TextEncoding(label: encoding.rawValue) == (isOfTheStandard ? encoding : nil))
    #expect(
      TextEncoding(label: encoding.rawValue.uppercased()) == (isOfTheStandard ? encoding : nil))
  }

  @Test("No label stands under two encodings")
  func distinct() {
    let labels = TextEncoding.labels.flatMap { $0.1.split(separator: " ") }
    #expect(Set(labels).count == labels.count)
    // As many as the standard has.
    #expect(labels.count == 228)
  }

  @Test("Each single-byte encoding has a row of its own")
  func rows() {
    let rows = TextEncoding.allCases.filter { $0 != .iso8859_8i }.compactMap(\.singleByteRow)
    #expect(rows == Array(0..<27))
    #expect(TextEncoding.iso8859_8i.singleByteRow == TextEncoding.iso8859_8.singleByteRow)
  }
}
