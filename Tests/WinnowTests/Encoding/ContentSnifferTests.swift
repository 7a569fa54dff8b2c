import Testing

@testable import Winnow

struct SnifferCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let bytes: [UInt8]
  let failure: PageFailure?

  init(_ description: String, _ bytes: [UInt8], _ failure: PageFailure?) {
    testDescription = description
    self.bytes = bytes
    self.failure = failure
  }

  init(_ description: String, _ text: String, _ failure: PageFailure?) {
    self.init(description, Array(text.utf8), failure)
  }
}

@Suite("What is no page is told by its first bytes")
struct ContentSnifferTests {
  private func failure(of bytes: [UInt8]) -> PageFailure? {
    do {
      try ContentSniffer.check(bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "Pages pass, blanks and other files do not",
    arguments: [
      .init("nothing", "", .empty),
      .init("white space", " \n\t\r\n ", .empty),
      .init("a byte order mark", [0xEF, 0xBB, 0xBF], .empty),
      .init("a mark and a blank in UTF-16", [0xFF, 0xFE, 0x20, 0x00], .empty),
      .init("nothing but NUL", [UInt8](repeating: 0, count: 5000), .empty),
      .init("a page", "<!doctype html><p>text", nil),
      .init("text without markup", "just text", nil),
      .init("a page that speaks of PK and %PDF-", "<p>PK\u{3}\u{4} %PDF-", nil),
      .init("a NUL before a page", "\0<p>text", nil),
      .init(
        "a page with a hole of NULs", "<p>text" + String(repeating: "\0", count: 4000) + "x", nil),
      .init(
        "text with three control characters",
        "page one\u{C}\u{1}\u{2}\u{3}" + String(repeating: "word ", count: 40), nil),
      .init("iso-2022-jp without markup", String(repeating: "\u{1B}$BF|\u{1B}(B", count: 50), nil),
      .init("UTF-16 with its mark", [0xFF, 0xFE] + "<p>hi".utf8.flatMap { [$0, 0] }, nil),
      .init("UTF-16 without a mark", "<p>hi".utf8.flatMap { [0, $0] }, nil),
      .init("UTF-32 without a mark", "<p>hi".utf8.flatMap { [$0, 0, 0, 0] }, nil),
      .init("gzip", [0x1F, 0x8B, 8, 0, 0, 0], .notHTML(kind: "gzip data")),
      .init("PNG", [0x89] + "PNG\r\n\u{1A}\n".utf8, .notHTML(kind: "PNG image")),
      .init("JPEG", [0xFF, 0xD8, 0xFF, 0xE0, 0, 0x10], .notHTML(kind: "JPEG image")),
      .init("GIF", "GIF89a..", .notHTML(kind: "GIF image")),
      .init("WebP", "RIFF1234WEBPVP8 ", .notHTML(kind: "WebP image")),
      .init("PDF", "%PDF-1.7\n", .notHTML(kind: "PDF document")),
      .init("ZIP", "PK\u{3}\u{4}....", .notHTML(kind: "ZIP archive")),
      .init("ELF", "\u{7F}ELF\u{2}\u{1}", .notHTML(kind: "ELF program")),
      .init("MP4", "\0\0\0\u{18}ftypmp42", .notHTML(kind: "MP4 video")),
      .init("AVIF", "\0\0\0\u{18}ftypavif", .notHTML(kind: "AVIF image")),
      .init("tar", String(repeating: "a", count: 257) + "ustar", .notHTML(kind: "tar archive")),
      .init("a text that has WAVE in its ninth byte", "The new WAVE of films", nil),
      .init("control characters", Array(0...0x1F) + Array(0...0x1F), .notHTML(kind: "binary data")),
    ] as [SnifferCase]
  )
  func check(_ each: SnifferCase) {
    #expect(failure(of: each.bytes) == each.failure)
  }

  @Test(
    "Every magic number is told, and by the first entry that has it", arguments: MagicNumber.all)
  func everyMagicNumber(_ magic: MagicNumber) {
    var bytes = [UInt8](repeating: UInt8(ascii: "x"), count: magic.offset)
    bytes.replaceSubrange(
      0..<min(magic.container.count, magic.offset), with: magic.container.prefix(magic.offset))
    #expect(failure(of: bytes + magic.bytes) == .notHTML(kind: magic.kind))
  }

  @Test("Random bytes are no page")
  func random() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SplitMix(state: seed)
    for _ in 0..<50 {
      // Not `<` and a letter by chance, or a byte order mark, with which they would be a page.
      let bytes = [0x80] + (0..<4096).map { _ in UInt8.random(in: 0...0xFF, using: &generator) }
      #expect(failure(of: bytes) != nil, "seed \(seed)")
    }
  }

  @Test("Text of every legacy encoding is no binary data", arguments: TextEncoding.allCases)
  func legacyText(_ encoding: TextEncoding) {
    guard !encoding.isWide else { return }
    // Bytes of the upper half, with ASCII between them, as any legacy text has.
    let bytes = (0..<4096).map { UInt8(0x80 + $0 % 128) } + Array("text".utf8)
    #expect(failure(of: bytes) == nil)
  }

  @Test(
    "No page of the html5lib cases is refused",
    .enabled(if: EncodingCorpus.isPresent, "needs ../shared/corpus/outside/html5lib"))
  func html5lib() throws {
    let folder = "outside/html5lib/tree-construction/"
    for name in try EncodingCorpus.names(folder) where name.hasSuffix(".dat") {
      let bytes = try EncodingCorpus.bytes(folder + name)
      #expect(failure(of: bytes) == nil, "\(name)")
    }
  }
}
