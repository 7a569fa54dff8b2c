// Pages as browsers and mirroring programs save them: where they came from, and what is in them.

import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("Saved pages")
struct SavedPageTests {
  struct Note: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let page: String
    var expected: SavingNote?
  }

  static let notes = [
    Note(
      testDescription: "Chrome",
      page: "<!DOCTYPE html>\n<!-- saved from url=(0025)https://example.org/a?b=1 -->\n<html><p>x",
      expected: .page(address: "https://example.org/a?b=1", date: nil)),
    Note(
      testDescription: "Internet Explorer, behind its doctype",
      page: "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\">\r\n<!-- saved from "
        + "url=(0019)http://example.org/ -->\r\n<HTML>",
      expected: .page(address: "http://example.org/", date: nil)),
    Note(
      testDescription: "a page of somebody's disk",
      page: "<!-- saved from url=(0014)about:internet --><p>x"),
    Note(
      testDescription: "HTTrack",
      page: "<html>\n\n<!-- Mirrored from example.org/a/b.html by HTTrack Website Copier/3.x "
        + "[XR&CO'2014], Sat, 05 Nov 2016 10:20:30 GMT -->\n<head>",
      expected: .page(address: "http://example.org/a/b.html", date: "2016-11-05T10:20:30Z")),
    Note(
      testDescription: "HTTrack, with a scheme",
      page: "<html><!-- Mirrored from https://example.org/ by HTTrack Website Copier/3.x -->",
      expected: .page(address: "https://example.org/", date: nil)),
    Note(
      testDescription: "HTTrack's list of its mirrors",
      page: "<html><title>Local index</title>\n<!-- Mirror and index made by HTTrack Website "
        + "Copier/3.49-2 [XR&CO'2014] -->", expected: .mirrorIndex),
    Note(
      testDescription: "SingleFile",
      page: "<!DOCTYPE html> <html lang=en><!--\n Page saved with SingleFile \n url: "
        + "https://example.org/c \n saved date: Mon Jan 01 2024 00:30:00 GMT+0100 (Central "
        + "European Standard Time)\n--><meta charset=utf-8>",
      expected: .page(address: "https://example.org/c", date: "2023-12-31T23:30:00Z")),
    Note(testDescription: "another comment", page: "<!-- saved from harm --><p>x"),
    Note(
      testDescription: "no comment", page: "<p>saved from url=(0025)https://example.org/a?b=1"),
    Note(
      testDescription: "an address that is none",
      page: "<!-- saved from url=(0025)javascript:alert(1) -->"),
    Note(
      testDescription: "far down in a page",
      page: String(repeating: "x", count: 5000)
        + "<!-- saved from url=(0019)http://example.org/ -->"),
  ]

  @Test("The comment of the program that saved a page tells its address", arguments: notes)
  func note(_ each: Note) {
    #expect(SavingNote.first(in: Array(each.page.utf8)) == each.expected)
  }

  static let dates: [(String, String?)] = [
    ("Sat, 05 Nov 2016 10:00:00 GMT", "2016-11-05T10:00:00Z"),
    ("Tue, 1 Jan 2030 00:30:00 +0200", "2029-12-31T22:30:00Z"),
    ("Thu, 29 Feb 2024 23:59:60 -0000", "2024-02-29T23:59:59Z"),
    ("Mon Jan 01 2024 12:00:00 GMT-0530 (x)", "2024-01-01T17:30:00Z"),
    ("05-Nov-16 10:00:00 GMT", "2016-11-05T10:00:00Z"),
    ("5 Nov 99 10:00", "1999-11-05T10:00:00Z"),
    ("yesterday", nil), ("Sat, 05 Nov 2016", nil), ("99 Nov 2016 10:00:00", nil),
    ("01 Jan 1960 00:00:00 GMT", nil),
  ]

  @Test("Dates of many kinds become ISO 8601 in UTC", arguments: dates)
  func date(_ text: String, _ expected: String?) {
    #expect(SavedDate.iso(Array(text.utf8)[...]) == expected)
  }

  @Test("A page in a folder has the address of its saving note, and one in an archive too")
  func addresses() throws {
    let scratch = try ScratchFolder()
    let page = "<!-- saved from url=(0025)https://example.org/a?b=1 --><p>one"
    try scratch.write(page, to: "a.html")
    let finds = try ContainerFinds(fileIn: scratch.path, called: "a.html")
    #expect(finds.pages.first?.page.url == "https://example.org/a?b=1")
    try Shell.run("cd '\(scratch.text)' && tar cf t.tar a.html")
    let inner = try ContainerFinds(fileIn: scratch.path, called: "t.tar")
    #expect(inner.pages.first?.page.url == "https://example.org/a?b=1")
  }

  @Test("A mirror's list of its sites is left out, by name")
  func mirrorIndex() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      "<html><!-- Mirror and index made by HTTrack Website Copier/3.49-2 [XR&CO'2014] -->x",
      to: "in/index.html")
    try scratch.write("<p>one</p>", to: "in/example.org/index.html")
    try scratch.write("<p>copy</p>", to: "in/hts-cache/old.html")
    let bench = try PipelineRunTests.Bench(scratch)
    let (end, failures) = try bench.finish()
    let tally = bench.recorder.snapshot
    #expect(end == .finished)
    #expect(failures == [])
    #expect(tally.written == 1)
    #expect(tally.filtered == ["mirror-index": 1])
    #expect(tally.passedOver["caches of mirrors"] == 1)
    #expect(tally.isBalanced)
  }

  @Test("Folders that browsers put beside a page are passed over while the page is there")
  func companions() throws {
    let scratch = try ScratchFolder()
    for ending in CompanionFolders.endings {
      try scratch.write("<p>one</p>", to: "in/page.html")
      try scratch.write("<p>frame</p>", to: "in/page\(ending)/saved_resource.html")
      try scratch.write("<p>other</p>", to: "in/no page\(ending)/a.html")
    }
    try scratch.write("<p>old</p>", to: "in/page.html.orig")
    func paths(readsCompanions: Bool) throws -> (pages: [String], passedOver: [PassedOver: Int]) {
      let root = try InputRoot.open([scratch.path("in")])[0]
      var pages: [String] = []
      var passedOver: [PassedOver: Int] = [:]
      var options = FetchOptions()
      options.companions = readsCompanions
      var walk = FolderWalk(root, rules: PathRules(options), output: nil) {
        switch $0 {
        case .page(_, let path): pages.append(String(decoding: path.bytes, as: UTF8.self))
        case .passedOver(let kind): passedOver[kind, default: 0] += 1
        case .failure: break
        }
        return true
      }
      _ = walk.run()
      return (pages.sorted(), passedOver)
    }
    let count = CompanionFolders.endings.count
    let found = try paths(readsCompanions: false)
    let others = CompanionFolders.endings.map { "no page\($0)/a.html" } + ["page.html"]
    #expect(found.pages == others.sorted())
    #expect(found.passedOver == [.companionFolder: count, .file: 1])
    #expect(try paths(readsCompanions: true).pages.count == 2 * count + 1)
  }

  @Test(
    "Names that mirrors give to pages are read",
    arguments: [
      "page.php?id=3", "index.html@p=2", "a.aspx", "b.shtml", "c.xht", "d.html.zst", "e.MHTML",
      "f.jsp?x=1&y=2.html", "g.asp@q", "h.htm.gz",
    ])
  func names(name: String) {
    let rules = PathRules(FetchOptions())
    #expect(rules.takesFile(Array("x/\(name)".utf8), nameStart: 2))
  }

  @Test(
    "Names of what is no page are passed over",
    arguments: [
      "page.html.orig", "style.css?v=3", "a.htmlx", "picture.png", "robots.txt", "page.html.bak",
    ])
  func otherNames(name: String) {
    let rules = PathRules(FetchOptions())
    #expect(!rules.takesFile(Array("x/\(name)".utf8), nameStart: 2))
  }
}
