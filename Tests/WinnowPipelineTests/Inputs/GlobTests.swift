// Globs: what each sign matches, and that no pattern is slow.

import Testing

@testable import WinnowPipeline

@Suite("Glob")
struct GlobTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let pattern: String, path: String, matches: Bool
    var testDescription: String { "\(pattern) \(matches ? "matches" : "does not match") \(path)" }

    init(_ pattern: String, _ path: String, _ matches: Bool) {
      (self.pattern, self.path, self.matches) = (pattern, path, matches)
    }
  }

  static let cases = [
    Case("*.html", "a.html", true),
    Case("*.html", "news/2024/a.html", true),
    Case("*.html", "news/a.HTML", true),
    Case("*.HTML", "news/a.html", true),
    Case("*.html", "a.htm", false),
    Case("*.html", "a.html/b.txt", false),
    Case("*.html", ".html", true),
    Case("a*b*c", "x/aXbYc", true),
    Case("a*b*c", "x/aXbY", false),
    Case("a*b*c", "abcbc", true),
    Case("**/*.html", "a.html", true),
    Case("**/*.html", "x/y/a.html", true),
    Case("**/*.html", "x/y/a.htm", false),
    Case("/*.html", "a.html", true),
    Case("/*.html", "x/a.html", false),
    Case("news/*.html", "news/a.html", true),
    Case("news/*.html", "news/b/a.html", false),
    Case("news/*.html", "x/news/a.html", false),
    Case("news/**/*.html", "news/a.html", true),
    Case("news/**/*.html", "news/b/c/a.html", true),
    Case("news/**", "news/b/c", true),
    Case("news/**", "news", false),
    Case("**/ads/**", "x/ads/y/z.html", true),
    Case("**/ads/**", "ads/z.html", true),
    Case("**/ads/**", "x/bads/z.html", false),
    Case("**/a/**/b/*.html", "x/a/a/q/b/b/c.html", true),
    Case("**/a/**/b/*.html", "x/a/a/q/b/b/c/d.html", false),
    Case("a**b", "a/b", false),
    Case("a**b", "aXb", true),
    Case("?.html", "a.html", true),
    Case("?.html", "é.html", true),
    Case("?.html", "日.html", true),
    Case("?.html", "ab.html", false),
    Case("x/?/y", "x///y", false),
    Case("[a-c]?.html", "b1.html", true),
    Case("[a-c]?.html", "d1.html", false),
    Case("[!a-c].html", "d.html", true),
    Case("[^a-c].html", "b.html", false),
    Case("x[!a]y/z", "x/y/z", false),
    Case("[]a].html", "].html", true),
    Case("[a-].html", "-.html", true),
    Case("[a.html", "[a.html", true),
    Case("[a.html", "a.html", false),
    Case("\\*.html", "*.html", true),
    Case("\\*.html", "a.html", false),
    Case("*", "anything", true),
    Case("", "a", false),
  ]

  @Test("Signs", arguments: cases)
  func signs(_ each: Case) {
    let path = Array(each.path.utf8)
    let nameStart = (path.lastIndex(of: 0x2F) ?? -1) + 1
    #expect(Glob(each.pattern).matches(path, nameStart: nameStart) == each.matches)
  }

  @Test("Bytes that are no UTF-8 match like others")
  func bytes() {
    #expect(
      Glob("caf*.html").matches(Array("caf".utf8) + [0xE9] + Array(".html".utf8), nameStart: 0))
    #expect(
      Glob("caf?.html").matches(Array("caf".utf8) + [0xE9] + Array(".html".utf8), nameStart: 0))
  }

  @Test("A pattern of many stars gives up after a number of steps that stays small")
  func manyStars() {
    let glob = Glob(String(repeating: "*a", count: 40) + "b")
    #expect(!glob.matches([UInt8](repeating: 0x61, count: 4000), nameStart: 0))
    let folders = Glob(String(repeating: "**/a/", count: 20) + "b")
    #expect(!folders.matches(Array(String(repeating: "a/", count: 1000).utf8), nameStart: 0))
  }

  @Test("A pattern with a slash at its end is for folders alone")
  func foldersOnly() {
    let rules = PathRules(include: ["*"], exclude: ["ads/"])
    #expect(rules.takesFile(Array("ads".utf8), nameStart: 0))
    #expect(!rules.takesFolder(Array("x/ads".utf8), nameStart: 2))
  }
}
