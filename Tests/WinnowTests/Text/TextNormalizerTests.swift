// What normalisation makes of a text, step by step, and what holds for every text.

import Testing

@testable import Winnow

private struct TextCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let input: String
  let output: String
  var layout: TextLayout = .flow
}

private func normalized(
  _ text: String, _ layout: TextLayout = .flow, _ options: NormalizationOptions = .init()
) -> String {
  var none: [Int] = []
  return TextNormalizer(options).normalize(text, layout: layout, positions: &none)
}

private func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }

@Suite("Text normalisation")
struct TextNormalizerTests {
  @Test(
    "Each step does its work and leaves what is near it",
    arguments: [
      // Spaces
      TextCase(
        testDescription: "no-break spaces", input: "a\u{A0}b\u{202F}c\u{2007}d", output: "a b c d"),
      TextCase(testDescription: "ideographic space", input: "日本\u{3000}語", output: "日本 語"),
      TextCase(testDescription: "runs", input: "a \u{A0}\t \u{2003}b", output: "a b"),
      TextCase(testDescription: "ends", input: "\u{A0} a b \u{3000}", output: "a b"),
      TextCase(testDescription: "around line breaks", input: "a \u{A0}\n b", output: "a\nb"),
      TextCase(testDescription: "line separator", input: "a\u{2028}b\u{2029}c", output: "a b c"),
      TextCase(testDescription: "only spaces", input: " \u{A0}\n ", output: ""),
      // Blank lines
      TextCase(testDescription: "a blank line", input: "a\n\nb", output: "a\n\nb"),
      TextCase(testDescription: "blank lines", input: "a\n \n\u{A0}\n\n\nb", output: "a\n\nb"),
      TextCase(testDescription: "blank ends", input: "\n\na\n\n", output: "a"),
      // Controls
      TextCase(testDescription: "C0 and C1", input: "a\u{0}\u{1}\u{7F}\u{80}\u{9F}b", output: "ab"),
      TextCase(
        testDescription: "spacing controls", input: "a\r\nb\u{C}c\u{B}d\re\u{85}f",
        output: "a\nb c d e f"),
      TextCase(testDescription: "byte order mark", input: "\u{FEFF}a\u{FEFF}b", output: "ab"),
      TextCase(
        testDescription: "word joiner and invisible times", input: "a\u{2060}b\u{2062}c",
        output: "abc"),
      TextCase(
        testDescription: "noncharacters", input: "a&#xFFFE;&#xFDD0;&#x1FFFF;b", output: "ab"),
      TextCase(testDescription: "replacement character", input: "a\u{FFFD}b", output: "a\u{FFFD}b"),
      TextCase(testDescription: "soft hyphens", input: "Zei\u{AD}tung\u{AD}", output: "Zeitung"),
      // Zero width
      TextCase(
        testDescription: "zero-width space in Latin", input: "and\u{200B}/or", output: "and/or"),
      TextCase(
        testDescription: "zero-width space in Khmer", input: "ខ្ញុំ\u{200B}ស្រលាញ់",
        output: "ខ្ញុំ\u{200B}ស្រលាញ់"),
      TextCase(
        testDescription: "zero-width space at the end of Thai", input: "ไทย\u{200B} ก",
        output: "ไทย ก"),
      TextCase(
        testDescription: "non-joiner in Persian", input: "می\u{200C}خواهم",
        output: "می\u{200C}خواهم"),
      TextCase(
        testDescription: "non-joiner before a space", input: "می\u{200C} خواهم", output: "می خواهم"),
      TextCase(
        testDescription: "two non-joiners", input: "می\u{200C}\u{200C}خواهم",
        output: "می\u{200C}خواهم"),
      TextCase(
        testDescription: "non-joiner in German", input: "Auf\u{200C}lage", output: "Auflage"),
      TextCase(testDescription: "joiner in Sinhala", input: "ශ්\u{200D}රී", output: "ශ්\u{200D}රී"),
      TextCase(
        testDescription: "joiner at the end in Malayalam", input: "അവന്\u{200D} പോയി",
        output: "അവന്\u{200D} പോയി"),
      TextCase(testDescription: "joiner in Latin", input: "a\u{200D}b", output: "ab"),
      TextCase(
        testDescription: "a family", input: "👩\u{200D}👩\u{200D}👧", output: "👩\u{200D}👩\u{200D}👧"),
      TextCase(
        testDescription: "a heart on fire", input: "❤\u{FE0F}\u{200D}🔥",
        output: "❤\u{FE0F}\u{200D}🔥"),
      TextCase(
        testDescription: "a woman running, dark", input: "🏃🏿\u{200D}♀\u{FE0F}",
        output: "🏃🏿\u{200D}♀\u{FE0F}"),
      TextCase(testDescription: "joiner after emoji", input: "👩\u{200D} a", output: "👩 a"),
      TextCase(
        testDescription: "flag of Wales", input: "🏴\u{E0067}\u{E0062}\u{E007F}",
        output: "🏴\u{E0067}\u{E0062}\u{E007F}"),
      TextCase(testDescription: "hidden tags", input: "a\u{E0067}\u{E0062}b", output: "ab"),
      TextCase(
        testDescription: "vowel separator", input: "ᠠ\u{180E}ᠡ a\u{180E}b", output: "ᠠ\u{180E}ᠡ ab"),
      // Direction
      TextCase(
        testDescription: "marks in Latin", input: "\u{200E}Monday\u{200F}", output: "Monday"),
      TextCase(
        testDescription: "marks in Hebrew", input: "שלום!\u{200F}\u{200F} (x)\u{200E}",
        output: "שלום!\u{200F} (x)\u{200E}"),
      TextCase(
        testDescription: "embeddings and isolates", input: "\u{202B}שלום\u{202C} \u{2066}a\u{2069}",
        output: "שלום a"),
      // Form C
      TextCase(testDescription: "composed", input: "e\u{301}A\u{30A}", output: "\u{E9}\u{C5}"),
      TextCase(
        testDescription: "composed once a stray is gone", input: "e\u{200B}\u{301}",
        output: "\u{E9}"),
      TextCase(testDescription: "Hangul", input: "\u{1112}\u{1161}\u{11AB}", output: "\u{D55C}"),
      TextCase(testDescription: "excluded composite", input: "\u{958}", output: "\u{915}\u{93C}"),
      TextCase(testDescription: "Greek question mark", input: "τι\u{37E}", output: "τι;"),
      // References
      TextCase(testDescription: "named", input: "a&nbsp;&ndash;&nbsp;b", output: "a – b"),
      TextCase(testDescription: "numbered", input: "don&#8217;t &#x1F600;", output: "don’t 😀"),
      TextCase(
        testDescription: "escaped three times", input: "R&amp;amp;D &amp;#8217;", output: "R&D ’"),
      TextCase(
        testDescription: "without semicolon", input: "a&nbsp b &copy=1 AT&T; R&D;",
        output: "a&nbsp b &copy=1 AT&T; R&D;"),
      TextCase(testDescription: "prefix of a name", input: "&notit;", output: "&notit;"),
      TextCase(testDescription: "made of references", input: "&#38;l&#116;&semi;", output: "<"),
      TextCase(testDescription: "a line feed", input: "a&#10;b&NewLine; c", output: "a b c"),
      TextCase(testDescription: "a soft hyphen", input: "Zei&shy;tung", output: "Zeitung"),
      TextCase(testDescription: "composed after it", input: "e&#769;", output: "\u{E9}"),
      TextCase(testDescription: "two scalars", input: "&NotEqualTilde;", output: "\u{2242}\u{338}"),
      // Code
      TextCase(
        testDescription: "code keeps its spaces", input: "if\u{A0}x:\n\ty  = 1\n\n\n\n  z",
        output: "if x:\n\ty  = 1\n\n\n\n  z", layout: .preformatted),
      TextCase(
        testDescription: "code keeps its references", input: "a &amp;&lt; b",
        output: "a &amp;&lt; b", layout: .preformatted),
      TextCase(
        testDescription: "code loses blank ends", input: "\n\n  a  \nb \n\n", output: "  a\nb",
        layout: .preformatted),
      TextCase(
        testDescription: "code loses zero-width spaces", input: "a\u{200B}b\r\nc", output: "ab\nc",
        layout: .preformatted),
      // Metadata
      TextCase(
        testDescription: "a line", input: " A\n title\u{A0}&amp; more\n", output: "A title & more",
        layout: .line),
    ])
  private func steps(_ each: TextCase) {
    #expect(scalars(normalized(each.input, each.layout)) == scalars(each.output))
  }

  private struct SwitchCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let input: String
    let turnOff: @Sendable (inout NormalizationOptions) -> Void
  }

  @Test(
    "A step that is switched off leaves its text alone",
    arguments: [
      SwitchCase(testDescription: "nfc", input: "e\u{301}\u{37E}") { $0.nfc = false },
      SwitchCase(testDescription: "controlCharacters", input: "a\u{1}\u{200B}\u{200E}\rb") {
        $0.controlCharacters = false
      },
      SwitchCase(testDescription: "softHyphens", input: "a\u{AD}b") { $0.softHyphens = false },
      SwitchCase(testDescription: "spaces", input: " a\u{A0}\t \u{3000}b ") { $0.spaces = false },
      SwitchCase(testDescription: "blankLines", input: "\n\na\n\n\n\nb\n") {
        $0.blankLines = false
      },
      SwitchCase(testDescription: "entities", input: "a&nbsp;b&amp;") { $0.entities = false },
    ])
  private func switches(_ each: SwitchCase) {
    var options = NormalizationOptions()
    each.turnOff(&options)
    #expect(scalars(normalized(each.input, .flow, options)) == scalars(each.input))
    #expect(scalars(normalized(each.input)) != scalars(each.input))
  }

  @Test(
    "Clean text is recognised without a second pass",
    arguments: [
      "", "Plain text, with a line\nbreak & an ampersand; AT&T.", "Füße ŁÓDŹ", "日本語。テキスト、한국어",
      "Việt Nam", "Привет, мир", "สวัสดีชาวโลก", "नमस्ते दुनिया", "مرحبا بالعالم", "שלום", "👍🏽 emoji 🇩🇪",
    ])
  func clean(_ text: String) {
    var text = text
    #expect(text.withUTF8 { TextScan.isClean($0, layout: .flow) })
    #expect(scalars(normalized(text)) == scalars(text))
  }

  @Test("Inline code keeps its references, the text around it does not")
  func verbatim() {
    let text = "Write &amp; as &amp;&#97; or &lt;"
    let block = DocumentBlock(role: .body, text: text, marks: [InlineMark(.code, 15..<25)])
    var document = Document(blocks: [block])
    TextNormalizer().normalize(&document)
    #expect(document.blocks[0].text == "Write & as &amp;&#97; or <")
    #expect(document.blocks[0].marks == [InlineMark(.code, 11..<21)])
  }

  @Test("Marks cover the same text after it changed")
  func marks() {
    let text = "A\u{AD}b  e\u{301}\u{301} &amp;&nbsp;z \n c\u{200B}"
    let utf8 = Array(text.utf8)
    let bold = utf8.firstIndex(of: UInt8(ascii: "e"))!
    let amp = utf8.firstIndex(of: UInt8(ascii: "&"))!
    let end = utf8.count
    var document = Document(blocks: [
      DocumentBlock(
        role: .body, text: text,
        marks: [
          InlineMark(.emphasis, 0..<end), InlineMark(.strong, bold..<bold + 1),
          InlineMark(.link("u"), amp..<amp + 5), InlineMark(.strong, end - 3..<end),
        ])
    ])
    TextNormalizer().normalize(&document)
    let block = document.blocks[0]
    #expect(scalars(block.text) == scalars("Ab \u{E9}\u{301} & z\nc"))
    let covered = block.marks.map {
      String(decoding: Array(block.text.utf8)[$0.range], as: UTF8.self)
    }
    // The accents join the letter; the mark over nothing is gone.
    #expect(covered.map(scalars) == [block.text, "\u{E9}\u{301}", "&"].map(scalars))
  }

  @Test("Blocks, metadata and marks that nothing is left of are removed; images stay")
  func emptied() {
    var document = Document(
      blocks: [
        DocumentBlock(role: .body, text: "\u{A0}\u{200B}"),
        DocumentBlock(
          role: .body, text: " ",
          marks: [InlineMark(.image(source: "s", alternative: " a\n"), 1..<1)]),
      ],
      metadata: Metadata(
        title: " A&nbsp;title\n", authors: ["\u{A0}", "e\u{301}"], siteName: " ",
        description: "a\u{AD}b", categories: [""], tags: ["x\u{A0}y"]))
    TextNormalizer().normalize(&document)
    let image = InlineMark(.image(source: "s", alternative: "a"), 0..<0)
    #expect(document.blocks == [DocumentBlock(role: .body, text: "", marks: [image])])
    let expected = Metadata(
      title: "A title", authors: ["\u{E9}"], description: "ab", tags: ["x y"])
    #expect(document.metadata == expected)
  }
}
