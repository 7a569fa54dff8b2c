// Lists of paths, and the pages that they name.

import Testing

@testable import WinnowPipeline

@Suite("Lists of paths")
struct PathListTests {
  /// The paths in a file with this content.
  static func paths(_ content: [UInt8]) throws -> [String] {
    let scratch = try ScratchFolder()
    try scratch.write(content, to: Array("list".utf8))
    let file = try FileCalls.open(scratch.path("list"), in: FileCalls.currentFolder, flags: 0)
    var list = PathList(SharedDescriptor(file))
    var paths: [String] = []
    while let path = try list.next() { paths.append(String(decoding: path, as: UTF8.self)) }
    return paths
  }

  @Test("Lines or NULs part paths; empty ones do not count")
  func separators() throws {
    #expect(try Self.paths(Array("a\n\nb c\nd".utf8)) == ["a", "b c", "d"])
    #expect(try Self.paths(Array("a\nb\0c\0".utf8)) == ["a\nb", "c"])
    #expect(try Self.paths([]) == [])
    #expect(try Self.paths(Array("\n\n".utf8)) == [])
  }

  @Test("Paths longer than a piece, and across pieces, are whole")
  func pieces() throws {
    let paths = (0..<3000).map { "\($0)/" + String(repeating: "x", count: $0 % 97) }
    let long = String(repeating: "y", count: 200_000)
    let content = (paths + [long]).joined(separator: "\n")
    #expect(try Self.paths(Array(content.utf8)) == paths + [long])
  }

  @Test("The files of a list become documents at their own paths")
  func run() throws {
    let scratch = try ScratchFolder()
    try scratch.write("one", to: "in/one.html")
    try scratch.write("two", to: "in/two.weird")
    let one = scratch.text + "/in/one.html"
    let two = scratch.text + "/in/two.weird"
    try scratch.write([one, two, one, "\(one).gone"].joined(separator: "\n"), to: "list")
    var fetch = FetchOptions()
    fetch.list = scratch.path("list")
    let roots = try InputRoot.open(fetch)
    let bench = try PipelineRunTests.Bench(scratch, inputs: roots)
    let (end, failures) = try bench.finish()
    let below = String(scratch.text.dropFirst())
    #expect(end == .finished)
    #expect(failures == ["\(below)/in/one.html.gone vanished"])
    #expect(try scratch.read("out/\(below)/in/one.html.txt") == "one\n")
    #expect(try scratch.read("out/\(below)/in/one.html~2.txt") == "one\n")
    #expect(try scratch.read("out/\(below)/in/two.weird.txt") == "two\n")
  }
}
