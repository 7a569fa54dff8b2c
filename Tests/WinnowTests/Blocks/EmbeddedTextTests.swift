// Text that stands only in data scripts: found where the page is a shell, never twice.

import Testing

@testable import Winnow

private let prose =
  "A wind-proof lantern for people who are outside when the batteries are not. It burns for "
  + "twenty-two hours on one filling and can be lit with gloves on."

private func additions(_ scripts: String, _ body: String = "") throws -> [EmbeddedBlock] {
  let page = "<!doctype html><html><head>\(scripts)</head><body>\(body)</body></html>"
  let tree = try PageParser.parse(Array(page.utf8), limits: ExtractionOptions.Limits())
  return EmbeddedText.additions(to: BlockBuilder.blocks(of: tree), of: tree)
}

private func script(_ json: String, type: String = "application/ld+json") -> String {
  #"<script type="\#(type)">\#(json)</script>"#
}

private let product = script(#"{"@type": "Product", "description": "\#(prose)"}"#)

@Suite("Text in data scripts")
struct EmbeddedTextTests {
  @Test("A shell gets what its data describe")
  func shell() throws {
    #expect(try additions(product) == [EmbeddedBlock(.paragraph, prose)])
  }

  @Test("What the tree shows is not added, whatever its white space and case")
  func shown() throws {
    #expect(try additions(product, "<p>\(prose.uppercased())</p>") == [])
  }

  @Test("A page with enough words of its own is left alone")
  func enough() throws {
    let words = String(
      repeating: "word ", count: EmbeddedText.enoughVisibleWords)
    #expect(try additions(product, "<p>\(words)</p>") == [])
    let links = "<p><a href=/>\(words)</a></p>"
    #expect(try additions(product, links) == [EmbeddedBlock(.paragraph, prose)])
  }

  @Test("Few words in the data are not worth it")
  func few() throws {
    #expect(try additions(script(#"{"@type": "Product", "description": "A lantern."}"#)) == [])
  }

  @Test("Markup in strings is parsed, references or not")
  func markup() throws {
    let first = EmbeddedBlock(.paragraph, prose)
    let second = EmbeddedBlock(.paragraph, "Second & last paragraph.")
    for html in [
      "<p>\(prose)</p><p>Second &amp; last paragraph.</p><script>x()<\\/script>",
      "&lt;p&gt;\(prose)&lt;/p&gt;&lt;p&gt;Second &amp;amp; last paragraph.&lt;/p&gt;",
    ] {
      let found = try additions(script(#"{"@type": "Article", "articleBody": "\#(html)"}"#))
      #expect(found == [first, second])
    }
  }

  @Test("Recipes, questions, steps and threads come in their parts")
  func kinds() throws {
    let recipe = try additions(
      script(
        #"""
        {"@type": "Recipe", "description": "\#(prose)", "recipeIngredient": ["1 onion", "Barley"],
         "recipeInstructions": [{"@type": "HowToSection", "name": "Soup", "itemListElement":
         [{"@type": "HowToStep", "text": "Burn the onion."}]}, {"name": "Add water."}]}
        """#))
    #expect(
      recipe == [
        EmbeddedBlock(.paragraph, prose), EmbeddedBlock(.listItem, "1 onion"),
        EmbeddedBlock(.listItem, "Barley"), EmbeddedBlock(.heading, "Soup"),
        EmbeddedBlock(.listItem, "Burn the onion."), EmbeddedBlock(.listItem, "Add water."),
      ])
    let questions = try additions(
      script(
        #"""
        {"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "Does it burn?",
         "acceptedAnswer": {"@type": "Answer", "text": "\#(prose)"}}]}
        """#))
    #expect(
      questions == [EmbeddedBlock(.heading, "Does it burn?"), EmbeddedBlock(.paragraph, prose)])
    let thread = try additions(
      script(
        #"""
        {"@type": "DiscussionForumPosting", "text": "\#(prose)",
         "comment": [{"@type": "Comment", "text": "I have one."}]}
        """#))
    #expect(
      thread == [EmbeddedBlock(.paragraph, prose), EmbeddedBlock(.paragraph, "I have one.")])
  }

  @Test("An app's state gives its prose, not its labels, code and messages")
  func state() throws {
    let found = try additions(
      script(
        #"""
        {"props": {"title": "Lantern", "body": "\#(prose)", "css": "\#(prose)", "link":
         "https://a.example/\#(String(repeating: "a", count: 200))",
         "code": "\#(String(repeating: "if (a) { b = c; } ", count: 20))"}}
        """#, type: "application/json"))
    #expect(found == [EmbeddedBlock(.paragraph, prose)])
  }

  @Test("Broken and bottomless data add nothing")
  func broken() throws {
    #expect(try additions(script(#"{"@type": "Product", "description": "\#(prose)"#)) == [])
    let deep = String(repeating: "[", count: 200_000)
    #expect(try additions(script(deep) + script(deep, type: "application/json")) == [])
  }
}
