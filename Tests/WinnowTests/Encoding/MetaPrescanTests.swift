import Testing

@testable import Winnow

struct PrescanCase: Sendable, CustomTestStringConvertible {
  let page: String
  let encoding: TextEncoding?

  init(_ page: String, _ encoding: TextEncoding?) {
    self.page = page
    self.encoding = encoding
  }

  var testDescription: String { page.count > 80 ? page.prefix(80) + "..." : page }
}

@Suite("The prescan finds the encoding that a meta names")
struct MetaPrescanTests {
  @Test(
    "Metas as pages write them",
    arguments: [
      .init("<meta charset=koi8-r>", .koi8r),
      .init("<META CHARSET = ' koi8-r '>", .koi8r),
      .init("<meta/charset=koi8-r>", .koi8r),
      .init("<meta charset=koi8-r/>", nil),
      .init("<meta charset=koi8-r />", .koi8r),
      .init("<meta charset=koi8-r", nil),
      .init("<meta charset=\"koi8-r", nil),
      .init("<metacharset=koi8-r>", nil),
      .init("<meta name=x charset=nonsense><meta charset=koi8-r>", .koi8r),
      .init("<meta charset=koi8-r><meta charset=gbk>", .koi8r),
      .init("<meta charset=koi8-r charset=gbk>", .koi8r),
      // The pragma.
      .init("<meta http-equiv=content-type content='text/html; charset=koi8-r'>", .koi8r),
      .init("<meta content='text/html; charset=koi8-r' http-equiv=Content-Type>", .koi8r),
      .init("<meta content='text/html; charset=koi8-r'>", nil),
      .init("<meta http-equiv=refresh content='text/html; charset=koi8-r'>", nil),
      .init("<meta http-equiv=content-type content='charset = \"koi8-r\" x'>", .koi8r),
      .init("<meta http-equiv=content-type content='charset=\"koi8-r'>", nil),
      .init("<meta http-equiv=content-type content='CHARSETcharset=koi8-r;x'>", .koi8r),
      .init("<meta http-equiv=content-type content='charset x charset=koi8-r'>", .koi8r),
      .init("<meta http-equiv=content-type content='charset'>", nil),
      .init("<meta http-equiv=content-type content='charset=gbk' charset=koi8-r>", .koi8r),
      .init("<meta http-equiv=content-type content='charset=gbk' charset=nonsense>", nil),
      // What a page that can be read as ASCII cannot be in.
      .init("<meta charset=utf-16>", .utf8),
      .init("<meta charset=utf-16be>", .utf8),
      .init("<meta charset=x-user-defined>", .windows1252),
      // What stands around it.
      .init("<!-- <meta charset=gbk> --><meta charset=koi8-r>", .koi8r),
      .init("<!--><meta charset=koi8-r>", .koi8r),
      .init("<!---><meta charset=koi8-r>", .koi8r),
      .init("<!-- > -- > <meta charset=gbk>", nil),
      .init("<!doctype html \"<meta charset=gbk\"><meta charset=koi8-r>", .koi8r),
      .init("<?php <meta charset=gbk> ?><meta charset=koi8-r>", .koi8r),
      .init("</ <meta charset=gbk> <meta charset=koi8-r>", .koi8r),
      .init("<p title='<meta charset=gbk>'><meta charset=koi8-r>", .koi8r),
      .init("<p =x '<meta charset=gbk>'><meta charset=koi8-r>", .koi8r),
      .init("< meta charset=gbk><meta charset=koi8-r>", .koi8r),
      .init("a < b <meta charset=koi8-r>", .koi8r),
      .init("text alone", nil),
      .init("", nil),
    ] as [PrescanCase]
  )
  func finds(_ each: PrescanCase) {
    #expect(MetaPrescan.encoding(of: Array(each.page.utf8)) == each.encoding)
  }

  private func page(_ filler: String, times: Int, _ rest: String) -> [UInt8] {
    Array(("<html><head>" + String(repeating: filler, count: times) + rest).utf8)
  }

  @Test("A meta after kilobytes of head counts, one after the head does not")
  func bounds() {
    let comment = "<!-- nothing to see -->\n"
    let meta = "<meta charset=koi8-r>"
    #expect(MetaPrescan.encoding(of: page(comment, times: 400, meta)) == .koi8r)
    #expect(MetaPrescan.encoding(of: page(comment, times: 400, "</head>" + meta)) == nil)
    #expect(MetaPrescan.encoding(of: page(comment, times: 400, "<BODY class=a>" + meta)) == nil)
    // Within the standard's 1,024 bytes, the head's end does not matter.
    #expect(MetaPrescan.encoding(of: page(comment, times: 10, "</head>" + meta)) == .koi8r)
    let tooFar = MetaPrescan.bound / comment.utf8.count + 1
    #expect(MetaPrescan.encoding(of: page(comment, times: tooFar, meta)) == nil)
  }

  @Test("A page cut off after any byte is scanned to its end")
  func truncation() {
    let bytes = Array(
      "<!-- a --><p x='y'><meta http-equiv=content-type content=\"charset='gbk'\">".utf8)
    for end in 0..<bytes.count {
      #expect(MetaPrescan.encoding(of: Array(bytes[..<end])) == nil)
    }
    #expect(MetaPrescan.encoding(of: bytes) == .gbk)
  }

  @Test(
    "The XML declaration",
    arguments: [
      .init("<?xml version='1.0' encoding='koi8-r'?>", .koi8r),
      .init("<?xml encoding = \"koi8-r\" ?>", .koi8r),
      .init("<?xml encoding=\"utf-16\"?>", .utf8),
      .init("<?xml encoding=\"koi8-r?>", nil),
      .init("<?xml encoding=koi8-r?>", nil),
      .init("<?xml encoding=\"koi8 r\"?>", nil),
      .init("<?xml version='1.0'?><p encoding='koi8-r'>", nil),
      .init(" <?xml encoding='koi8-r'?>", nil),
      .init("<?xml encoding", nil),
    ] as [PrescanCase]
  )
  func xmlDeclaration(_ each: PrescanCase) {
    #expect(XMLDeclaration.encoding(of: Array(each.page.utf8)) == each.encoding)
  }

  @Test(
    "The language of the html element",
    arguments: [
      ("<!doctype html><html lang=de-AT>", "de"), ("<HTML xml:lang='RU'>", "ru"),
      ("<html lang=zh-Hant-TW>", "zh-tw"), ("<html lang='zh_CN'>", "zh"), ("<html>", nil),
      ("<p lang=de>", nil), ("<html lang>", nil),
    ] as [(String, String?)]
  )
  func language(_ page: String, _ language: String?) {
    #expect(LanguageHint.language(of: Array(page.utf8)) == language)
  }

  @Test(
    "The pages of encoding-sniffer, whose names say what they are in",
    .enabled(if: EncodingCorpus.isPresent, "needs ../shared/corpus/outside/encoding-sniffer"))
  func sniffer() throws {
    let folder = "outside/encoding-sniffer/"
    let names = try EncodingCorpus.names(folder)
    #expect(names.count == 16)
    for name in names {
      let bytes = try EncodingCorpus.bytes(folder + name)
      let found = PageDecoder.decode(bytes).encoding
      // `http-equiv_windows-874.html`; without a label in the name, the last word is UTF-8.
      let stem = name.dropLast(".html".count)
      var label = stem.split(separator: "_").last.map { $0.lowercased() } ?? ""
      if label.hasPrefix("charset-utf-16") { label = "utf-8" }
      if stem == "http-equiv-refresh_windows-1252" {
        // Nothing but ASCII and no declaration: the same text in both.
        #expect(found == EncodingUsed(label: "utf-8", source: .validUTF8, replacements: 0))
      } else {
        #expect(found.label == label, "\(name)")
      }
    }
  }
}
