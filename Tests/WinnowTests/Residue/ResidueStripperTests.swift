// What goes and what stays: lines of every kind in many languages, and sentences that talk about the
// same things.

import Testing
import Winnow

/// Two paragraphs of prose with `lines` between or below them.
private func document(_ lines: [String], after: Bool) -> Document {
  let prose = [
    "The council voted on Tuesday evening to keep the old bridge open for another two years.",
    "Engineers had warned in the spring that two of its piers were no longer safe in a flood.",
  ]
  let texts = after ? prose + lines : [prose[0]] + lines + [prose[1]]
  return Document(blocks: texts.map { DocumentBlock(role: .body, text: $0) })
}

private func stripped(_ lines: [String], after: Bool = true, _ options: ResidueOptions = .init())
  -> [String]
{
  var document = document(lines, after: after)
  ResidueStripper(options).apply(to: &document)
  return document.blocks.map(\.text).filter { lines.joined(separator: "\n").contains($0) }
}

struct ResidueStripperTests {
  struct PromptCase: Sendable, CustomTestStringConvertible {
    let kind: ResidueKind
    let text: String
    var testDescription: String { "\(kind.rawValue): \(text)" }
  }

  @Test(
    "A prompt below the text goes, in any language",
    arguments: [
      PromptCase(kind: .subscribe, text: "Subscribe to our newsletter and never miss a story!"),
      PromptCase(kind: .subscribe, text: "Abonnieren Sie jetzt unseren Newsletter!"),
      PromptCase(kind: .subscribe, text: "Подписывайтесь на наш канал в Telegram"),
      PromptCase(kind: .subscribe, text: "Suscríbete a nuestro boletín de noticias"),
      PromptCase(kind: .follow, text: "Follow us on Facebook and Instagram"),
      PromptCase(kind: .follow, text: "Partagez cet article sur Facebook"),
      PromptCase(kind: .comments, text: "Leave a Reply"),
      PromptCase(kind: .comments, text: "Your email address will not be published."),
      PromptCase(kind: .comments, text: "Deja un comentario"),
      PromptCase(kind: .login, text: "You must be logged in to post a comment."),
      PromptCase(
        kind: .cookies, text: "We use cookies to improve your experience on this website."),
      PromptCase(kind: .advertisement, text: "Story continues below advertisement"),
      PromptCase(kind: .related, text: "Read also: Harbour ferries to run all night"),
      PromptCase(kind: .related, text: "Lesen Sie auch: Die Brücke bleibt offen"),
      PromptCase(kind: .tags, text: "Tags: bridges, council, floods"),
      PromptCase(kind: .form, text: "Please enter a valid email address."),
      PromptCase(kind: .markup, text: "\" />"),
      PromptCase(kind: .markup, text: "target=\"_blank\" rel=\"nofollow\">"),
    ])
  func goes(_ each: PromptCase) {
    #expect(stripped([each.text]) == [])
  }

  @Test(
    "A sentence that talks about such things stays",
    arguments: [
      "The minister declined to comment on the report.",
      "Its newsletter was read by thousands of people in the valley.",
      "She told her followers on Facebook that the bridge had been closed.",
      "Der Verlag hat im letzten Jahr zehntausend Abonnenten verloren.",
      "\"Subscribe to nothing,\" he told the crowd, \"and you will sleep well.\"",
      "Readers sent more than four hundred comments about the plan.",
      "Les abonnés du journal ont reçu une lettre du directeur.",
      "Газета опубликовала письмо своих подписчиков.",
    ], [true, false])
  func stays(_ sentence: String, after: Bool) {
    #expect(stripped([sentence], after: after) == [sentence])
  }

  @Test(
    "Whole tags are code that a text shows, and stay", arguments: ["</div>", "<br/>", "</ul></li>"])
  func shownTags(_ line: String) {
    #expect(stripped([line]) == [line])
  }

  @Test("Lines of residue between line breaks go, and marks move with what stays")
  func lineBreaks() {
    var document = Document(blocks: [
      DocumentBlock(
        role: .body,
        text: "The ferry left at nine as it had for a hundred years.\nFollow us on Facebook\n"
          + "Nobody on the quay had slept, and the band was still playing.\nLeave a Reply",
        marks: [
          InlineMark(.strong, 4..<9), InlineMark(.link("f"), 54..<75),
          InlineMark(.emphasis, 76..<82),
        ])
    ])
    ResidueStripper().apply(to: &document)
    #expect(
      document.blocks.map(\.text) == [
        "The ferry left at nine as it had for a hundred years.\n"
          + "Nobody on the quay had slept, and the band was still playing."
      ])
    #expect(
      document.blocks.first?.marks == [InlineMark(.strong, 4..<9), InlineMark(.emphasis, 54..<60)])
    #expect(document.residueLines.map(\.text) == ["Follow us on Facebook", "Leave a Reply"])
    #expect(document.residue.values.reduce(0, +) == 2)
  }

  @Test("Marked lines stay")
  func marked() {
    var options = ResidueOptions()
    options.mode = .mark
    var document = document(["Leave a Reply"], after: true)
    ResidueStripper(options).apply(to: &document)
    #expect(document.blocks.count == 3)
    #expect(document.blocks.last?.marks == [InlineMark(.residue(.comments), 0..<13)])
    #expect(document.residue == ["comments": 1])
  }

  @Test("Nothing is looked for when the mode is off, nor of kinds that were not asked for")
  func off() {
    var options = ResidueOptions()
    options.mode = .off
    #expect(stripped(["Leave a Reply"], options) == ["Leave a Reply"])
    options.mode = .strip
    options.kinds = [.follow]
    #expect(stripped(["Leave a Reply"], options) == ["Leave a Reply"])
    #expect(stripped(["Follow us on Facebook"], options) == [])
  }

  @Test("A line with one of the user's phrases goes, wherever it stands")
  func phrases() {
    var options = ResidueOptions()
    options.phrases = ["our harbour app"]
    let line = "The engineers who wrote Our  Harbour App had never seen a tide."
    #expect(stripped([line], after: false, options) == [])
    #expect(stripped([line], after: false) == [line])
  }

  @Test("A heading goes with the residue below it, and stays with text below it")
  func headings() {
    var document = document([], after: true)
    document.blocks += [
      DocumentBlock(role: .heading, text: "Stay in touch", headingLevel: 2),
      DocumentBlock(role: .body, text: "Subscribe to our newsletter"),
      DocumentBlock(role: .heading, text: "What it costs", headingLevel: 2),
      DocumentBlock(
        role: .body, text: "The repair will cost four million and take all of next year."),
    ]
    ResidueStripper().apply(to: &document)
    #expect(document.blocks.suffix(2).map(\.role) == [.heading, .body])
    #expect(!document.blocks.contains { $0.text == "Stay in touch" })
  }

  @Test(
    "A list most of whose items are text keeps those that look like a network's or a tag's name")
  func listOfText() {
    func kept(_ items: [String]) -> [String] {
      var document = Document(
        blocks: [
          DocumentBlock(
            role: .body,
            text:
              "The service can be used with an account of any of the following companies, once it is set up."
          )
        ] + items.map { DocumentBlock(role: .listItem, text: $0) })
      ResidueStripper(ResidueOptions()).apply(to: &document)
      return document.blocks.dropFirst().map(\.text)
    }
    let networks = ["Share on Facebook", "Share on X", "Share on WhatsApp", "E-mail this article"]
    #expect(kept(networks) == [])
    let text = [
      "The bank of the river", "The old town hall", "A mill from 1790", "The weir", "Sharing",
    ]
    #expect(kept(text) == text)
  }

  @Test("Code and cells of tables are left alone")
  func codeAndCells() {
    for role in [Role.code, .tableCell] {
      var document = document([], after: true)
      document.blocks.append(DocumentBlock(role: role, text: "Leave a Reply"))
      ResidueStripper().apply(to: &document)
      #expect(document.blocks.count == 3)
    }
  }

  @Test("A page that is about such things keeps them")
  func pageOfPrompts() {
    var document = Document(
      blocks: ["Subscribe to our newsletter", "Leave a Reply", "Log in"].map {
        DocumentBlock(role: .body, text: $0)
      })
    ResidueStripper().apply(to: &document)
    #expect(document.blocks.count == 3)
  }
}
