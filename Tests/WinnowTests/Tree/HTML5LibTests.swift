// html5lib's tree construction cases: the text of our tree against the text of the expected one.
//
// What matters to extraction is that no visible text is lost or gained, not that every element
// stands where the standard puts it.

import Glibc
import Testing

@testable import Winnow

/// One case of a `.dat` file.
private struct TreeCase {
  var data = ""
  var expected: [Substring] = []
  var isFragment = false
  var isScriptOn = false

  static func cases(in file: String) -> [TreeCase] {
    var cases: [TreeCase] = []
    var current = TreeCase()
    var section = ""
    var lines: [Substring] = []
    func closed(_ one: TreeCase) -> TreeCase {
      var one = one
      if section == "#document" { one.expected = lines }
      return one
    }
    for line in file.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "#data", section.isEmpty || section == "#document" {
        if !section.isEmpty { cases.append(closed(current)) }
        current = TreeCase()
        section = "#data"
        lines = []
      } else if section == "#data" && line == "#errors" {
        current.data = lines.joined(separator: "\n")
        section = String(line)
        lines = []
      } else if section != "#data" && section != "#document" && line.hasPrefix("#") {
        if line == "#document-fragment" { current.isFragment = true }
        if line == "#script-on" { current.isScriptOn = true }
        section = String(line)
        lines = []
      } else {
        lines.append(line)
      }
    }
    if !section.isEmpty { cases.append(closed(current)) }
    return cases
  }

  private static let neverShown: Set<String> = [
    "script", "style", "template", "title", "textarea", "iframe", "noembed", "noframes", "select",
    "datalist", "svg svg", "math annotation",
  ]
  private static let breaks: Set<String> = ["br"]

  /// The expected text without that of elements which Winnow never shows.
  var expectedText: String {
    var text = ""
    var hiddenBelow: Int?
    var isInText = false
    for line in expected {
      guard line.hasPrefix("| ") else {
        // A text's further lines, or an empty one between cases.
        if isInText { text += "\n" + line }
        continue
      }
      let indent = line.dropFirst(2).prefix { $0 == " " }.count
      let content = line.dropFirst(2 + indent)
      isInText = false
      if let hidden = hiddenBelow {
        if indent > hidden { continue }
        hiddenBelow = nil
      }
      if content.hasPrefix("<!") || content.hasPrefix("<?") {
        continue
      } else if content.hasPrefix("<"), content.hasSuffix(">") {
        let name = content.dropFirst().dropLast()
        if Self.neverShown.contains(String(name)) { hiddenBelow = indent }
        text += " "
      } else if content.hasPrefix("\"") {
        isInText = true
        text += content.dropFirst()
      }
    }
    return text
  }

  /// What is left of text once white space and the dump's closing quotes are gone: which
  /// characters there are, in their order. Where words join is for the blocks to test.
  static func essence(_ text: some StringProtocol) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "\"" }))
  }
}

@Suite("html5lib's cases")
struct HTML5LibTests {
  /// Cases whose text differs from a browser's; may only be lowered.
  static let ceiling = 33
  private static let frameInNoscript = "<noscript><iframe></noscript>X"

  static let folder = sharedCorpus("outside/html5lib/tree-construction")

  @Test(
    "Text is neither lost nor gained, up to the known differences",
    .enabled(if: folder != nil, "needs ../shared/corpus"))
  func text() throws {
    let folder = try #require(Self.folder)
    var differences: [String] = []
    var count = 0
    for name in folderEntries(folder) where name.hasSuffix(".dat") {
      let file = String(decoding: fileBytes("\(folder)/\(name)"), as: UTF8.self)
      for each in TreeCase.cases(in: file) where !each.isFragment && !each.isScriptOn {
        // Without scripts such a frame takes the rest of the page; browsers with them show it.
        if each.data.hasSuffix(Self.frameInNoscript) { continue }
        count += 1
        // The parser is given valid UTF-8 without NUL.
        let page = each.data.replacing("\0", with: "\u{FFFD}")
        let tree = try parsed(page)
        #expect(tree.faults.isEmpty, "\(name): \(each.data)")
        let found = TreeCase.essence(tree.visibleText)
        let expected = TreeCase.essence(each.expectedText)
        if found.replacing("\u{FFFD}", with: "") != expected.replacing("\u{FFFD}", with: "") {
          differences.append("\(name): \(each.data)\n  expected \(expected)\n  found    \(found)")
        }
      }
    }
    #expect(count > 1000, "only \(count) cases were read")
    #expect(
      differences.count <= Self.ceiling,
      "\(differences.count) of \(count):\n\(differences.joined(separator: "\n"))")
    if getenv("WINNOW_TEST_VERBOSE") != nil {
      print("\(differences.count) of \(count) differ\n\(differences.joined(separator: "\n"))")
    }
  }
}
