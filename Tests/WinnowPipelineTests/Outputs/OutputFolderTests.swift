// The output folder: complete files, in it and nowhere else.

import Dispatch
import Glibc
import Synchronization
import Testing

@testable import WinnowPipeline

extension OutputFolder {
  /// A document on its own.
  fileprivate func write(_ bytes: [UInt8], to target: OutputPath) throws {
    let staged = try stage(bytes, as: target)
    if let failure = try publish([staged]).first ?? nil { throw failure }
  }
}

@Suite("The output folder", .timeLimit(.minutes(10)))
struct OutputFolderTests {
  private func path(_ page: String) -> OutputPath {
    OutputPath(page: PagePath(Array(page.utf8)), fileExtension: "txt")
  }

  private func names(_ scratch: ScratchFolder, _ folder: String) throws -> [String] {
    try scratch.files(below: folder).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("It is made with the folders above it, and so are the folders of documents")
  func folders() throws {
    let scratch = try ScratchFolder()
    let folder = try OutputFolder(scratch.path("x/y/out/"))
    try folder.write(Array("text".utf8), to: path("a/b/c.html"))
    try folder.write(Array("more".utf8), to: path("a/d.html"))
    #expect(try names(scratch, "x/y/out") == ["a/b/c.html.txt", "a/d.html.txt"])
    #expect(try scratch.read("x/y/out/a/b/c.html.txt") == "text")
  }

  @Test("A file is replaced as a whole, and an error leaves the old one")
  func replacing() throws {
    let scratch = try ScratchFolder()
    let folder = try OutputFolder(scratch.path("out"))
    try folder.write(Array("old".utf8), to: path("a"))
    let failure = SystemError(code: ENOSPC)
    #expect(throws: OutputError.lost(path: scratch.path("out/a.txt"), failure)) {
      try folder.replace(path("a")) { (file) throws(SystemError) in
        try file.write([UInt8](repeating: 0x78, count: 1 << 20))
        throw failure
      }
    }
    #expect(try names(scratch, "out") == ["a.txt"])
    #expect(try scratch.read("out/a.txt") == "old")
    let large = [UInt8](repeating: 0x79, count: 3 << 20)
    try folder.write(large, to: path("a"))
    #expect(try scratch.read(Array("out/a.txt".utf8)) == large)
  }

  @Test("Links inside it are neither followed nor written through")
  func links() throws {
    let scratch = try ScratchFolder()
    try scratch.makeFolders(Array("elsewhere".utf8))
    try scratch.write("mine", to: "elsewhere/target")
    let folder = try OutputFolder(scratch.path("out"))
    try scratch.link("out/news", to: "../elsewhere")
    try scratch.link("out/a.txt", to: "../elsewhere/target")
    try scratch.link("out/b.txt", to: "../elsewhere/new")
    #expect(
      throws: OutputError.conflict(
        path: scratch.path("out/news/a.txt"), SystemError(code: ENOTDIR))
    ) {
      try folder.write([], to: path("news/a"))
    }
    try folder.write(Array("text".utf8), to: path("a"))
    try folder.write(Array("text".utf8), to: path("b"))
    #expect(try scratch.read("out/a.txt") == "text")
    #expect(try names(scratch, "elsewhere") == ["target"])
    #expect(try scratch.read("elsewhere/target") == "mine")
  }

  @Test("A file where a folder is needed, and the reverse, stop one page and not the run")
  func conflicts() throws {
    let scratch = try ScratchFolder()
    try scratch.write("mine", to: "out/news")
    try scratch.write("mine", to: "out/a.txt/b")
    let folder = try OutputFolder(scratch.path("out"))
    for page in ["news/a", "a"] {
      let error = #expect(throws: OutputError.self) { try folder.write([], to: path(page)) }
      #expect(error?.reason == "output-conflict")
      #expect(error?.endsRun == false)
    }
    #expect(try names(scratch, "out") == ["a.txt/b", "news"])
  }

  @Test("A folder that is removed during the run is made again")
  func removedFolder() throws {
    let scratch = try ScratchFolder()
    let folder = try OutputFolder(scratch.path("out"))
    try folder.write([0x61], to: path("x/y/a"))
    try Shell.run("rm -r \(scratch.text)/out/x")
    try folder.write([0x62], to: path("x/y/b"))
    #expect(try scratch.read("out/x/y/b.txt") == "b")
  }

  @Test("What a killed run left is removed")
  func leftovers() throws {
    let scratch = try ScratchFolder()
    try scratch.write("half", to: "out/x/.winnow-tmp-99999999-1")
    try scratch.write("half", to: "out/.winnow-tmp-99999999-2")
    try scratch.write("done", to: "out/x/a.txt")
    try OutputFolder(scratch.path("out")).removeLeftovers()
    #expect(try names(scratch, "out") == ["x/a.txt"])
  }

  @Test("Files have no name before they are published, and are removed when that is not to be")
  func staging() throws {
    let scratch = try ScratchFolder()
    let folder = try OutputFolder(scratch.path("out"))
    let staged = try ["x/a", "b", "x/c"].map { try folder.stage(Array($0.utf8), as: path($0)) }
    #expect(try names(scratch, "out").allSatisfy { $0.contains(".winnow-tmp-") })
    #expect(try folder.publish(Array(staged[..<2])) == [nil, nil])
    folder.discard([staged[2]])
    #expect(try names(scratch, "out") == ["b.txt", "x/a.txt"])
  }

  @Test("A document that was altered or removed is noticed, by its time and size or by its bytes")
  func intact() throws {
    let scratch = try ScratchFolder()
    let folder = try OutputFolder(scratch.path("out"))
    let staged = try folder.stage(Array("text".utf8), as: path("x/a"))
    _ = try folder.publish([staged])
    #expect(folder.isIntact(staged.record) && folder.holds(staged.record))
    try Shell.run(
      "cd '\(scratch.text)/out/x'; touch -r a.txt time; printf tEXt > a.txt; touch -r time a.txt")
    #expect(folder.isIntact(staged.record))
    #expect(!folder.holds(staged.record))
    try Shell.run("touch '\(scratch.text)/out/x/a.txt'")
    #expect(!folder.isIntact(staged.record))
    try Shell.run("rm '\(scratch.text)/out/x/a.txt'")
    #expect(!folder.isIntact(staged.record) && !folder.holds(staged.record))
  }

  @Test("A second run is kept out as long as the first goes on, and told of it")
  func busy() throws {
    let scratch = try ScratchFolder()
    let (first, second) = try (
      OutputFolder(scratch.path("out")), OutputFolder(scratch.path("out"))
    )
    try first.claim()
    let error = #expect(throws: OutputError.self) { try second.claim() }
    #expect(error?.description.contains("(process \(getpid()), since 20") == true)
    first.release()
    #expect(throws: Never.self) { try second.claim() }
  }

  @Test("Many threads write into many folders")
  func manyThreads() throws {
    let scratch = try ScratchFolder()
    let folder = try OutputFolder(scratch.path("out"))
    let staged = Mutex<[StagedFile]>([])
    let group = DispatchGroup()
    for worker in 0..<6 {
      DispatchQueue(label: "writer").async(group: group) {
        for number in 0..<100 {
          #expect(throws: Never.self) {
            let file = try folder.stage(
              Array("\(number)".utf8), as: path("\(number % 23)/\(worker)/\(number)"))
            staged.withLock { $0.append(file) }
          }
        }
      }
    }
    group.wait()
    #expect(try folder.publish(staged.withLock { $0 }).allSatisfy { $0 == nil })
    #expect(try names(scratch, "out").count == 600)
  }

  @Test("Documents of pages whose paths are longer than one system call takes")
  func longPaths() throws {
    let scratch = try ScratchFolder()
    let folder = try OutputFolder(scratch.path("out"))
    let page = String(repeating: String(repeating: "d", count: 199) + "/", count: 40) + "a"
    try folder.write([0x61], to: path(page))
    #expect(try scratch.read("out/" + page + ".txt") == "a")
  }

  @Test("A folder that cannot be made is told by its path")
  func cannotMake() throws {
    let scratch = try ScratchFolder()
    try scratch.write("mine", to: "file")
    let error = #expect(throws: OutputError.self) { try OutputFolder(scratch.path("file/out")) }
    #expect(
      error?.description
        == "cannot write to \(scratch.text)/file/out: Not a directory; move away what stands there")
  }
}
