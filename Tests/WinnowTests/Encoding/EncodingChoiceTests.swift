import Testing

@testable import Winnow

struct ChoiceCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let bytes: [UInt8]
  var http: String?
  let text: String
  let label: String
  let source: EncodingUsed.Source
  var replacements = 0
}

private func ascii(_ text: String) -> [UInt8] { Array(text.utf8) }

/// «Привет, мир» in windows-1251, said often enough that nobody could take it for another language.
private let russian: [UInt8] = [
  0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, 0x2C, 0x20, 0xEC, 0xE8, 0xF0,
]

@Suite("What a page declares is weighed against what its bytes are")
struct EncodingChoiceTests {
  @Test(
    "Each way of finding the encoding, in its order",
    arguments: [
      .init(
        testDescription: "the mark wins over HTTP and meta",
        bytes: [0xEF, 0xBB, 0xBF] + ascii("<meta charset=gbk>é"), http: "koi8-r",
        text: "<meta charset=gbk>é", label: "utf-8", source: .byteOrderMark),
      .init(
        testDescription: "UTF-16LE by its mark", bytes: [0xFF, 0xFE, 0x3C, 0, 0xE9, 0], text: "<é",
        label: "utf-16le", source: .byteOrderMark),
      .init(
        testDescription: "UTF-16BE by its mark", bytes: [0xFE, 0xFF, 0, 0x3C, 0, 0xE9], text: "<é",
        label: "utf-16be", source: .byteOrderMark),
      .init(
        testDescription: "UTF-32LE by its mark",
        bytes: [0xFF, 0xFE, 0, 0, 0x3C, 0, 0, 0, 0xE9, 0, 0, 0], text: "<é", label: "utf-32le",
        source: .byteOrderMark),
      .init(
        testDescription: "UTF-32BE by its mark",
        bytes: [0, 0, 0xFE, 0xFF, 0, 0, 0, 0x3C, 0, 0, 0, 0xE9], text: "<é", label: "utf-32be",
        source: .byteOrderMark),
      .init(
        testDescription: "UTF-16LE without a mark", bytes: ascii("<p>hi").flatMap { [$0, 0] },
        http: "utf-8", text: "<p>hi", label: "utf-16le", source: .detector),
      .init(
        testDescription: "UTF-16BE without a mark", bytes: ascii("<p>hi").flatMap { [0, $0] },
        text: "<p>hi", label: "utf-16be", source: .detector),
      .init(
        testDescription: "UTF-32BE without a mark",
        bytes: ascii("<p>hi").flatMap { [0, 0, 0, $0] },
        text: "<p>hi", label: "utf-32be", source: .detector),
      .init(
        testDescription: "HTTP wins over meta", bytes: ascii("<meta charset=gbk>") + [0xE9],
        http: "\"ISO-8859-1\"", text: "<meta charset=gbk>é", label: "windows-1252", source: .http),
      .init(
        testDescription: "an unknown label from HTTP is none",
        bytes: ascii("<meta charset=gbk>") + [0xD6, 0xD0], http: "utf8mb4",
        text: "<meta charset=gbk>中", label: "gbk", source: .meta),
      .init(
        testDescription: "UTF-16 from HTTP without a zero byte is none", bytes: ascii("<p>é"),
        http: "utf-16", text: "<p>é", label: "utf-8", source: .validUTF8),
      .init(
        testDescription: "meta wins over the XML declaration",
        bytes: ascii("<?xml encoding='gbk'?><meta charset=latin1>") + [0xE9],
        text: "<?xml encoding='gbk'?><meta charset=latin1>é", label: "windows-1252", source: .meta),
      .init(
        testDescription: "the XML declaration", bytes: ascii("<?xml encoding='latin1'?>") + [0xE9],
        text: "<?xml encoding='latin1'?>é", label: "windows-1252", source: .xmlDeclaration),
      .init(
        testDescription: "declared UTF-8", bytes: ascii("<meta charset=utf-8>é"),
        text: "<meta charset=utf-8>é", label: "utf-8", source: .meta),
      .init(
        testDescription: "nothing declared, valid UTF-8", bytes: ascii("<p>é"), text: "<p>é",
        label: "utf-8", source: .validUTF8),
      .init(
        testDescription: "nothing declared, ASCII", bytes: ascii("<p>"), text: "<p>",
        label: "utf-8", source: .validUTF8),
      .init(
        testDescription: "nothing declared, escapes of iso-2022-jp",
        bytes: ascii("<p>\u{1B}$BF|\u{1B}(B"), text: "<p>日", label: "iso-2022-jp",
        source: .detector),
      .init(
        testDescription: "an empty page", bytes: [], text: "", label: "utf-8", source: .validUTF8),
      // Declarations that the bytes refute.
      .init(
        testDescription: "Latin-1 declared, UTF-8 written",
        bytes: ascii("<meta charset=iso-8859-1>é"), text: "<meta charset=iso-8859-1>é",
        label: "utf-8", source: .validUTF8),
      .init(
        testDescription: "Latin-1 declared, UTF-8 written and cut off in a character",
        bytes: ascii("<meta charset=latin1>éééééééééééééééé") + [0xC3],
        text: "<meta charset=latin1>éééééééééééééééé\u{FFFD}", label: "utf-8", source: .detector,
        replacements: 1),
      .init(
        testDescription: "gbk whose pair is valid UTF-8 by chance",
        bytes: ascii("<meta charset=gbk>") + [0xC1, 0xAA, 0xCD, 0xA8],
        text: "<meta charset=gbk>联通", label: "gbk", source: .meta),
      .init(
        testDescription: "gbk declared, UTF-8 written", bytes: ascii("<meta charset=gbk>中文网页的编码错误"),
        text: "<meta charset=gbk>中文网页的编码错误", label: "utf-8", source: .validUTF8),
      .init(
        testDescription: "UTF-8 declared, one bad byte among good ones",
        bytes: ascii("<meta charset=utf-8>éé") + [0xE9, 0x3C],
        text: "<meta charset=utf-8>éé\u{FFFD}<",
        label: "utf-8", source: .meta, replacements: 1),
      .init(
        testDescription: "UTF-8 declared, windows-1252 written",
        bytes: ascii("<meta charset=utf-8>caf") + [0xE9] + ascii(" cr") + [0xE8] + ascii("me"),
        text: "<meta charset=utf-8>café crème", label: "windows-1252", source: .detector),
      .init(
        testDescription: "UTF-8 declared, windows-1251 written",
        bytes: ascii("<html lang=ru><meta charset=utf-8>") + russian,
        text: "<html lang=ru><meta charset=utf-8>Привет, мир", label: "windows-1251",
        source: .detector),
      .init(
        testDescription: "UTF-8 from HTTP, gbk from meta, gbk written",
        bytes: ascii("<meta charset=gbk>") + [0xD6, 0xD0, 0xCE, 0xC4], http: "utf-8",
        text: "<meta charset=gbk>中文", label: "gbk", source: .meta),
      .init(
        testDescription: "an encoding that browsers refuse, declared for ASCII",
        bytes: ascii("<meta charset=iso-2022-kr>text"), text: "<meta charset=iso-2022-kr>text",
        label: "utf-8", source: .validUTF8),
      .init(
        testDescription: "an encoding that browsers refuse",
        bytes: ascii("<meta charset=hz-gb-2312>~{VPND~}"), text: "\u{FFFD}", label: "replacement",
        source: .meta, replacements: 1),
      // Guesses.
      .init(
        testDescription: "English with quotes alone",
        bytes: ascii("<p>He said ") + [0x93] + ascii("yes") + [0x94], text: "<p>He said “yes”",
        label: "windows-1252", source: .detector),
      .init(
        testDescription: "short Polish by its language",
        bytes: ascii("<html lang=pl>za") + [0xBF] + ascii("e") + [0x9C] + ascii("cie"),
        text: "<html lang=pl>zażeście", label: "windows-1250", source: .detector),
      .init(
        testDescription: "iso-8859-2 by a letter that is a sign in windows-1250",
        bytes: ascii("<html lang=pl>za") + [0xBF] + ascii("e") + [0xB6] + ascii("cie"),
        text: "<html lang=pl>zażeście", label: "iso-8859-2", source: .detector),
      // NUL.
      .init(
        testDescription: "NUL inside the page", bytes: ascii("<p>a\0b"), text: "<p>a\u{FFFD}b",
        label: "utf-8", source: .validUTF8),
      .init(
        testDescription: "NULs after the page", bytes: ascii("<p>é\0\0\0\0"), text: "<p>é",
        label: "utf-8", source: .validUTF8),
    ] as [ChoiceCase]
  )
  func chooses(_ each: ChoiceCase) {
    let page = PageDecoder.decode(each.bytes, httpCharset: each.http)
    #expect(String(decoding: page.utf8, as: UTF8.self) == each.text)
    #expect(
      page.encoding
        == EncodingUsed(
          label: each.label, source: each.source, replacements: each.replacements))
  }

  @Test("A page of valid UTF-8 is handed back without a copy")
  func noCopy() {
    let bytes = Array(repeating: ascii("<p>Grüße, 世界</p>"), count: 100).flatMap { $0 }
    let page = PageDecoder.decode(bytes)
    let before = bytes.withUnsafeBufferPointer { $0.baseAddress }
    #expect(page.utf8.withUnsafeBufferPointer { $0.baseAddress } == before)
  }
}
