// Walks over folders with everything in them that a file system can hold.

import Glibc
import Testing

@testable import WinnowPipeline

@Suite("A walk", .timeLimit(.minutes(10)))
struct FolderWalkTests {
  /// What a walk met: pages and failures by escaped path, and how much was passed over.
  struct Finds: Equatable {
    var pages: Set<String> = []
    var failures: [String: String] = [:]
    var passedOver: [PassedOver: Int] = [:]
  }

  private func walk(
    _ scratch: ScratchFolder, include: [String] = ["*.html"], exclude: [String] = []
  ) throws -> Finds {
    var finds = Finds()
    for root in try InputRoot.open([scratch.path]) {
      let rules = PathRules(include: include, exclude: exclude)
      var walk = FolderWalk(root, rules: rules, output: nil) { event in
        switch event {
        case .page(_, let page):
          let isNew = finds.pages.insert(EscapedPath(page.bytes).description).inserted
          #expect(isNew)
        case .failure(let page, let failure):
          finds.failures[EscapedPath(page.bytes).description] = failure.reason
        case .passedOver(let kind): finds.passedOver[kind, default: 0] += 1
        }
        return true
      }
      let isComplete = walk.run()
      #expect(isComplete)
    }
    return finds
  }

  @Test("Pages are found at any depth; other files and excluded folders are passed over")
  func pages() throws {
    let scratch = try ScratchFolder()
    for path in ["a.html", "x/b.html", "x/y/c.html", "x/notes.txt", "ads/d.html", "x/old.html"] {
      try scratch.write("page", to: path)
    }
    let finds = try walk(scratch, exclude: ["ads", "old.*"])
    #expect(finds.pages == ["a.html", "x/b.html", "x/y/c.html"])
    #expect(finds.passedOver == [.file: 2, .folder: 1])
    #expect(finds.failures == [:])
  }

  @Test("A link to a file is a page, one to a folder is not followed, a broken one is recorded")
  func links() throws {
    let scratch = try ScratchFolder()
    try scratch.write("page", to: "x/a.html")
    try scratch.link("file.html", to: "x/a.html")
    try scratch.link("folder.html", to: "x")
    try scratch.link("here", to: ".")
    try scratch.link("x/up", to: "..")
    try scratch.link("gone.html", to: "nowhere")
    try scratch.link("gone.txt", to: "nowhere")
    try scratch.link("circle.html", to: "circle.html")
    try scratch.link("device.html", to: "/dev/zero")
    let finds = try walk(scratch)
    #expect(finds.pages == ["x/a.html", "file.html"])
    #expect(finds.failures == ["gone.html": "broken-link", "circle.html": "broken-link"])
    #expect(finds.passedOver == [.linkedFolder: 3, .special: 1, .file: 1])
  }

  @Test("Pipes and sockets are never opened")
  func special() throws {
    let scratch = try ScratchFolder()
    try scratch.write("page", to: "a.html")
    let pipe = String(decoding: scratch.path("pipe.html"), as: UTF8.self)
    try #require(mkfifo(pipe, 0o600) == 0)
    let finds = try walk(scratch)
    #expect(finds.pages == ["a.html"])
    #expect(finds.passedOver == [.special: 1])
  }

  @Test("Names are bytes: not UTF-8, line feeds, escapes, a leading dash, 255 bytes")
  func names() throws {
    let scratch = try ScratchFolder()
    let long = [UInt8](repeating: 0x61, count: 250) + Array(".html".utf8)
    let names: [[UInt8]] = [
      Array("caf".utf8) + [0xE9] + Array(".html".utf8), [0xFF, 0xFE] + Array(".html".utf8),
      Array("two\nlines.html".utf8), Array("\u{1B}[31mred.html".utf8), Array("-rf.html".utf8),
      Array("\u{202E}lmth.html".utf8), long,
    ]
    for name in names { try scratch.write([0x70], to: name) }
    let finds = try walk(scratch)
    #expect(finds.pages == Set(names.map { EscapedPath($0).description }))
    for name in names { #expect(try scratch.read(name) == [0x70]) }
  }

  @Test("Paths longer than one system call takes are walked and read")
  func longPaths() throws {
    let scratch = try ScratchFolder()
    let folder = Array(String(repeating: String(repeating: "d", count: 199) + "/", count: 40).utf8)
    try scratch.makeFolders(folder)
    let page = folder + Array("a.html".utf8)
    try scratch.write([0x70], to: page)
    #expect(page.count > 8000)
    let finds = try walk(scratch)
    #expect(finds.pages == [EscapedPath(page).description])
    #expect(try scratch.read(page) == [0x70])
  }

  @Test("More folders inside each other than may be open at once")
  func deep() throws {
    let scratch = try ScratchFolder()
    // Each folder has its pages and one more folder, so that all are half read at some time.
    var expected: Set<String> = []
    var folder = ""
    for depth in 0..<200 {
      for number in 0..<3 {
        try scratch.write("page", to: "\(folder)\(number).html")
        expected.insert("\(folder)\(number).html")
      }
      folder += "d\(depth)/"
    }
    #expect(try walk(scratch).pages == expected)
  }

  @Test("A walk ends when its visitor says so")
  func ending() throws {
    let scratch = try ScratchFolder()
    for number in 0..<10 { try scratch.write("page", to: "\(number).html") }
    var visits = 0
    let root = try #require(try InputRoot.open([scratch.path]).first)
    var walk = FolderWalk(root, rules: PathRules(include: ["*"], exclude: []), output: nil) { _ in
      visits += 1
      return visits < 3
    }
    let isComplete = walk.run()
    #expect(!isComplete)
    #expect(visits == 3)
  }

  @Test("An input that is missing or a device is told before anything is done")
  func missingInput() throws {
    #expect(throws: InputError.cannotOpen(path: Array("/nowhere".utf8), SystemError(code: ENOENT)))
    {
      try InputRoot.open([Array("/nowhere".utf8)])
    }
    #expect(throws: InputError.self) { try InputRoot.open([Array("/dev/zero".utf8)]) }
  }
}
