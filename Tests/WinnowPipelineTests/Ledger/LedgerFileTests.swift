// The ledger's file: what is accepted, and what is refused with which words.

import Testing

@testable import WinnowPipeline

@Suite("The ledger's file", .timeLimit(.minutes(10)))
struct LedgerFileTests {
  struct Harm: Sendable, CustomTestStringConvertible {
    /// In `sh`, with the ledger as `$f`.
    let script: String
    /// What the message must hold.
    let says: String
    var testDescription: String { script }
  }

  @Test(
    "What is no ledger is refused, with what is wrong and what to do",
    arguments: [
      Harm(script: ": > $f", says: "is damaged: it is empty; `winnow ledger rebuild "),
      Harm(
        script: "printf XXXXXXXX | dd of=$f conv=notrunc status=none",
        says: "it does not begin like an SQLite database; `winnow ledger rebuild "),
      Harm(script: "truncate -s 50 $f", says: "is damaged"),
      Harm(
        script: "head -c 20000 /dev/zero | dd of=$f bs=4096 seek=1 conv=notrunc status=none",
        says: "is damaged"),
      Harm(script: "truncate -s 8192 $f", says: "is damaged"),
      Harm(
        script: "sqlite3 $f 'PRAGMA user_version = 99'",
        says: "is version 99, this program knows 3"),
      Harm(
        script: "sqlite3 $f 'PRAGMA application_id = 1'", says: "belongs to another program"),
      Harm(script: "rm $f; mkdir $f", says: "Is a directory"),
    ])
  func harm(_ each: Harm) throws {
    let scratch = try ScratchFolder()
    try scratch.makeFolders(Array("out".utf8))
    let folder = scratch.path("out")
    let ledger = try Ledger(in: folder)
    try ledger.commit(
      (0..<100).map { PageRecord(path: Array("\($0)".utf8), outcome: .written, at: "") },
      configuration: ContentHash([]), run: 1)
    ledger.close()
    let status = try Shell.run("f='\(scratch.text)/out/ledger.sqlite'; \(each.script)")
    if status == 127 { return }  // There is no sqlite3 here.
    let error = #expect(throws: LedgerError.self) { try Ledger(in: folder) }
    #expect(error?.description.contains(each.says) == true, "\(error?.description ?? "")")
  }

  @Test("It keeps what it was told, also below a path that is not UTF-8")
  func keeps() throws {
    let scratch = try ScratchFolder()
    try scratch.makeFolders([0xFF, 0xFE])
    let folder = scratch.path([0xFF, 0xFE])
    let output = OutputRecord(path: [0xE9], size: 3, modified: 5, hash: ContentHash([1]))
    var record = PageRecord(path: [0xFF, 0x0A], outcome: .written, at: "emit")
    record.stamp = FileStamp(size: 7, modified: -1, inode: UInt64.max)
    record.content = ContentHash([2])
    record.outputs = [output]
    let first = try Ledger(in: folder)
    let ids = try first.commit([record], configuration: ContentHash([3]), run: 1)
    first.close()
    let known = try #require(try Ledger(in: folder).page(at: [0xFF, 0x0A]))
    #expect(known.id == ids.first)
    #expect(known.stamp == record.stamp)
    #expect(known.content == record.content)
    #expect(known.configuration == ContentHash([3]))
    #expect(known.outcome == .written && known.isFinal)
    #expect(known.outputs == [output])
    #expect(try scratch.files(below: "").isEmpty == false)
  }

  @Test("A ledger that is rebuilt is empty, and the old one stands aside")
  func rebuild() throws {
    let scratch = try ScratchFolder()
    try scratch.write("no ledger", to: "ledger.sqlite")
    let aside = try #require(try Ledger.rebuild(in: scratch.path))
    #expect(aside.starts(with: scratch.path("ledger.sqlite.")))
    #expect(try Ledger(in: scratch.path).page(at: [1]) == nil)
    #expect(try Ledger.rebuild(in: scratch.path("")) != nil)
  }

  @Test("One that is not there can not be read, and is not made")
  func missing() throws {
    let scratch = try ScratchFolder()
    let error = #expect(throws: LedgerError.self) { try Ledger(reading: scratch.path) }
    #expect(error == .missing(path: scratch.path("ledger.sqlite")))
    #expect(try scratch.files() == [])
  }

  @Test("Documents that a page has no more are put down for removal")
  func removal() throws {
    let scratch = try ScratchFolder()
    let ledger = try Ledger(in: scratch.path)
    func put(_ outputs: [String]?, _ page: String = "a") throws {
      var record = PageRecord(path: Array(page.utf8), outcome: .written, at: "")
      record.outputs = outputs?.map {
        OutputRecord(path: Array($0.utf8), size: 0, modified: 0, hash: ContentHash([]))
      }
      try ledger.commit([record], configuration: ContentHash([]), run: 1)
    }
    func removals() throws -> [String] {
      try ledger.removals(limit: 10).map { String(decoding: $0, as: UTF8.self) }
    }
    try put(["a.txt", "a.json"])
    #expect(try removals() == [])
    try put(nil)
    #expect(try removals() == [])
    try put(["a.txt"])
    #expect(try removals() == ["a.json"])
    try put(["a.json"])
    #expect(try removals() == ["a.txt"])
    try ledger.removed([Array("a.txt".utf8)])
    let page = try #require(try ledger.page(at: Array("a".utf8)))
    try ledger.forget([page.id])
    #expect(try removals() == ["a.json"])
  }
}
