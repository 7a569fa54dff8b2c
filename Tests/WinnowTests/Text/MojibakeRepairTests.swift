// Mojibake repaired, and honest text that looks like it left alone.

import Testing

@testable import Winnow

@Suite("Mojibake")
struct MojibakeRepairTests {
  static func normalizer() -> TextNormalizer {
    var options = NormalizationOptions()
    options.mojibake = true
    return TextNormalizer(options)
  }

  static func repaired(_ text: String) -> String {
    var none: [Int] = []
    return normalizer().normalize(text, layout: .flow, positions: &none)
  }

  /// `text` as it looks when its UTF-8 is read as another encoding.
  static func misread(_ text: String, as encoding: TextEncoding = .windows1252) -> String {
    let bytes = Array(text.utf8).withUnsafeBufferPointer { encoding.decode($0).utf8 }
    return String(decoding: bytes, as: UTF8.self)
  }

  static let sentences = [
    "She said: “don’t”, and left… – no", "Le café fermé à l’été, naïve façade", "5 £ or 7 €",
    "Müller über Straße, Größe", "Příliš žluťoučký kůň úpěl ďábelské ódy",
    "Zażółć gęślą jaźń", "İstanbul'da ışık", "Привет, мир и все", "Ελληνικά γράμματα",
    "日本語の文章です。", "한국어 문장", "עברית", "Emoji 😀 in text", "x² + y³ ≤ z",
  ]

  @Test("UTF-8 that was read as windows-1252 is repaired", arguments: sentences)
  func western(sentence: String) {
    #expect(Self.misread(sentence) != sentence)
    #expect(Self.repaired(Self.misread(sentence)) == sentence)
  }

  @Test(
    "UTF-8 that was read as windows-1251 is repaired",
    arguments: [
      "Привет, мир и все", "She said: “don’t”…", "Ґанок і їжа", "Съешь же ещё этих мягких булок",
    ])
  func cyrillic(sentence: String) {
    #expect(Self.repaired(Self.misread(sentence, as: .windows1251)) == sentence)
  }

  @Test("What was misread twice is repaired")
  func twice() {
    let sentence = "Le café – “fermé”"
    #expect(Self.repaired(Self.misread(Self.misread(sentence))) == sentence)
  }

  @Test(
    "Honest text stays as it is",
    arguments: sentences + [
      "Voilà” dit-il", "die KÖ“ in „Düsseldorf“", "TRÄ› next", "«СССР» и «США»", "в СССР… потом",
      "Рік і день, Рідна мова", "NÃO é não", "Ñandú – Ñ”", "é™ and ©®", "Ångström°",
      "«Рёв» моторов", "ÀÉÎÕÜ", "10 Å‒20 Å", "Тел. № 5", "àéîõü «ÀÉ»",
    ])
  func honest(sentence: String) {
    #expect(Self.repaired(sentence) == sentence)
  }

  @Test("Nothing is repaired unless it is asked for")
  func off() {
    var none: [Int] = []
    let text = Self.misread("don’t")
    #expect(TextNormalizer().normalize(text, layout: .flow, positions: &none) == text)
  }

  @Test("Marks move with their text")
  func marks() {
    let before = Self.misread("“é” ")
    let word = Self.misread("naïve")
    var positions = [before.utf8.count, before.utf8.count + word.utf8.count]
    let text = Self.normalizer().normalize(
      before + word + " end", layout: .flow, positions: &positions)
    #expect(text == "“é” naïve end")
    #expect(positions == ["“é” ".utf8.count, "“é” naïve".utf8.count])
  }

  @Test("Titles are repaired too, and normalising twice is the same as once")
  func document() {
    var document = Document(
      blocks: [DocumentBlock(role: .body, text: Self.misread("l’été"))],
      metadata: Metadata(title: Self.misread("Café")),
      encoding: EncodingUsed(label: "utf-8", source: .meta, replacements: 0), confidence: 1,
      degradations: [])
    Self.normalizer().normalize(&document)
    let once = document
    Self.normalizer().normalize(&document)
    #expect(document.metadata.title == "Café")
    #expect(document.text == "l’été")
    #expect(document == once)
  }
}
