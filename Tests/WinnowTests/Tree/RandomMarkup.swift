// Random pages of mostly broken markup, from a seed.

@testable import Winnow

/// A small grammar of what is hard about HTML.
enum RandomMarkup {
  private static let names = [
    "p", "div", "b", "i", "a", "span", "section", "article", "table", "tr", "td", "ul", "li", "br",
    "pre", "h2", "svg", "template", "select", "option", "script", "title", "textarea", "noscript",
    "xmp", "form", "body", "html", "head", "img", "hr", "dl", "dt", "button", "math", "my-x",
    "foreignObject", "style", "video", "label", "input", "meta",
  ]
  private static let odd = [
    "<", "</", "<!--", "-->", "<!-->", "--!>", "<!", "<?", "]]>", "<![CDATA[", "&", "&amp;",
    "&nbsp", "&#128;", "&lt;", "&#0;", ">", "\"", "'", "=", "/", "\u{0C}", "\r\n", "\u{FFFD}",
    "\u{1}", "é", "字", "😀", "\u{A0}", "  ", "\n",
  ]
  private static let attributes = [
    " class=a", " id='b'", " href=\"x?a&b\"", " hidden", " style='display:none'", " a<b", " /",
    " class=\"a", " =", " aria-hidden=true",
  ]

  /// - Parameter length: Pieces: tags, words and odd characters.
  static func page(_ random: inout SplitMix, length: Int) -> String {
    var page = ""
    for _ in 0..<length {
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<4:
        page += "<\(pick(names, &random))"
        // An open quote swallows most of the page; it must stay rare.
        while Int.random(in: 0..<4, using: &random) == 0 {
          let attribute = pick(attributes, &random)
          if attribute != " class=\"a" || Int.random(in: 0..<20, using: &random) == 0 {
            page += attribute
          }
        }
        page += ">"
      case 4..<7: page += "</\(pick(names, &random))>"
      case 7..<9: page += pick(["a", "some words", "b ", " c", "1."], &random)
      default:
        if Int.random(in: 0..<3, using: &random) == 0 { page += pick(odd, &random) }
      }
    }
    return page
  }

  private static func pick(_ list: [String], _ random: inout SplitMix) -> String {
    list[Int.random(in: list.indices, using: &random)]
  }
}
