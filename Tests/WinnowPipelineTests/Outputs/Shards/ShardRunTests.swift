// Files of many documents, over runs that change, stop and die: each page once, in order, and the
// same bytes as a run from scratch writes.

import Glibc
import Testing

@testable import Winnow
@testable import WinnowPipeline

@Suite("Files of rows", .timeLimit(.minutes(10)))
struct ShardRunTests {
  private func run(
    _ scratch: ScratchFolder, to folder: String = "out", limit: Int = 3000,
    packing: ShardPacking = .none, formats: [OutputFormat] = [.jsonl, .csv], prune: Prune = .delete,
    policy: RunPolicy = RunPolicy(), workers: Int = 2, stops: Bool = false
  ) throws -> RunTally {
    let bench = try PipelineRunTests.Bench(
      scratch, to: folder, policy: policy,
      change: { plan in
        plan.stripWorkers = workers
        plan.emitWorkers = workers
      },
      configure: { configuration in
        configuration.emit.formats = formats
        configuration.emit.shardBytes = limit
        configuration.emit.packing = packing
        configuration.emit.prune = prune
      })
    if stops { bench.run.stop() }
    #expect(try bench.finish().end == (stops ? .stopped : .finished))
    return bench.recorder.snapshot
  }

  private func pages(_ scratch: ScratchFolder, _ numbers: Range<Int>, _ word: String = "") throws {
    for number in numbers {
      let words = String(repeating: "word ", count: number % 40 + 5)
      try scratch.write(
        "page \(number) \(word)\n\(words)", to: "in/\(number % 5)/\(number).html")
    }
    try Shell.run("find '\(scratch.text)/in' -type f | xargs touch -d '1 hour ago'")
  }

  /// The files of rows by name, with their bytes.
  private func shards(_ scratch: ScratchFolder, _ folder: String = "out") throws
    -> [String: [UInt8]]
  {
    var shards: [String: [UInt8]] = [:]
    for name in try scratch.files(below: folder) where ShardNames.isShard(name) {
      shards[String(decoding: name, as: UTF8.self)] = try scratch.read(
        Array("\(folder)/".utf8) + name)
    }
    return shards
  }

  /// The `id`s of all JSON lines, file after file; every line must be whole.
  private func ids(_ shards: [String: [UInt8]]) throws -> [String] {
    try shards.filter { $0.key.hasPrefix("documents-") }.sorted { $0.key < $1.key }.flatMap {
      #expect($0.value.last == 0x0A)
      return try $0.value.split(separator: 0x0A).map {
        try #require(try JSONValue(reading: Array($0), .strict)["id"]?.string)
      }
    }
  }

  @Test("Each page has one row, in the order of the paths, whatever the number of workers")
  func order() throws {
    let scratch = try ScratchFolder()
    try pages(scratch, 0..<60)
    try scratch.write("!bad", to: "in/0/bad.html")
    for workers in [1, 2, 8] {
      _ = try run(scratch, to: "out\(workers)", workers: workers)
    }
    let one = try shards(scratch, "out1")
    #expect(try ids(one) == (0..<60).map { "\($0 % 5)/\($0).html" }.sorted())
    #expect(one.keys.count { $0.hasPrefix("documents-") } > 3)
    #expect(one.allSatisfy { $0.value.count <= 3000 + 300 })
    #expect(try shards(scratch, "out2") == one)
    #expect(try shards(scratch, "out8") == one)
    // One header, and then a row for each page of the file.
    let csv = try #require(one["metadata-00001.csv"])
    #expect(String(decoding: csv, as: UTF8.self).hasPrefix("id,title,authors,"))
    #expect(try scratch.files(below: "out1").count == one.count)
  }

  struct Change: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// In `sh`, in the scratch folder.
    let script: String
  }

  @Test(
    "After any change the files are those of a run from scratch",
    arguments: [
      Change(testDescription: "nothing", script: "true"),
      Change(testDescription: "a page grows", script: "seq 100 >> in/2/17.html"),
      Change(testDescription: "a page comes", script: "echo new page > in/1/0.html"),
      Change(testDescription: "the first page goes", script: "rm in/0/0.html"),
      Change(testDescription: "a page fails", script: "printf '!bad' > in/3/3.html"),
      Change(
        testDescription: "much changes",
        script: "rm in/1/*; for n in 1 2 3 4 5 6 7 8; do seq $n > in/4/n$n.html; done"),
      Change(testDescription: "a file is removed", script: "rm out/documents-00002.jsonl"),
      Change(testDescription: "a file is altered", script: "echo >> out/documents-00001.jsonl"),
      Change(testDescription: "the table is emptied", script: ": > out/metadata-00001.csv"),
      Change(testDescription: "the ledger is gone", script: "rm -r out/.winnow"),
      Change(
        testDescription: "all pages but one go", script: "rm in/[0123]/* in/4/4.html in/4/?4.html"),
    ])
  func incremental(_ change: Change) throws {
    let scratch = try ScratchFolder()
    try pages(scratch, 0..<60)
    _ = try run(scratch)
    try #require(try Shell.run("cd '\(scratch.text)' && { \(change.script); }") == 0)
    _ = try run(scratch)
    _ = try run(scratch, to: "fresh")
    #expect(try shards(scratch) == shards(scratch, "fresh"))
    // Nothing waits any more.
    #expect(try Shell.run("rmdir '\(scratch.text)/out/.winnow/rows'") == 0)
  }

  @Test("A change leaves most files as they are")
  func keeps() throws {
    let scratch = try ScratchFolder()
    try pages(scratch, 0..<400)
    _ = try run(scratch, limit: 12_000, formats: [.jsonl])
    let before = try shards(scratch)
    // In the midst of the first folder.
    try scratch.write("another", to: "in/0/205b.html")
    let tally = try run(scratch, limit: 12_000, formats: [.jsonl])
    #expect((tally.written, tally.unchanged) == (1, 400))
    let after = try shards(scratch)
    let changed = after.filter { before[$0.key] != $0.value }
    #expect(1...after.count / 3 ~= changed.count, "\(changed.keys.sorted()) of \(after.count)")
  }

  @Test("What a stopped run did waits, and the next run writes it")
  func stopped() throws {
    let scratch = try ScratchFolder()
    try pages(scratch, 0..<20)
    _ = try run(scratch)
    let before = try shards(scratch)
    try pages(scratch, 20..<40)
    _ = try run(scratch, stops: true)
    #expect(try shards(scratch) == before)
    _ = try run(scratch)
    _ = try run(scratch, to: "fresh")
    #expect(try shards(scratch) == shards(scratch, "fresh"))
  }

  @Test("Packed files hold the same rows, and packing them otherwise does no page again")
  func packing() throws {
    let scratch = try ScratchFolder()
    try pages(scratch, 0..<60)
    _ = try run(scratch, to: "plain")
    for packing in [ShardPacking.gzip, .zstd] {
      _ = try run(scratch, packing: packing)
      let names = try shards(scratch).keys
      #expect(names.contains("documents-00001.jsonl\(packing.fileExtension)"))
      #expect(!names.contains("documents-00001.jsonl"))
    }
    let again = try run(scratch, packing: .none)
    #expect(again.unchanged == 60)
    #expect(try shards(scratch) == shards(scratch, "plain"))
    // Another size changes the files, not the rows.
    _ = try run(scratch, limit: 1 << 20)
    #expect(try shards(scratch).count == 2)
    #expect(try ids(shards(scratch)) == ids(shards(scratch, "plain")))
  }

  @Test("Without their format the files go, and rows of pages that are gone stay if asked")
  func formats() throws {
    let scratch = try ScratchFolder()
    try pages(scratch, 0..<10)
    _ = try run(scratch, prune: .keep)
    try Shell.run("rm '\(scratch.text)'/in/0/*")
    _ = try run(scratch, prune: .keep)
    #expect(try ids(shards(scratch)).count == 10)
    _ = try run(scratch, formats: [.text])
    #expect(try shards(scratch).isEmpty)
  }

  @Test("Names can be given from wherever that was broken off")
  func placement() throws {
    // Two change places, a new one takes the name of one that goes.
    let steps = [
      "rm documents-00003.jsonl", "mv documents-00001.jsonl .winnow/rows/1",
      "mv documents-00002.jsonl .winnow/rows/2", "mv .winnow/rows/1 documents-00002.jsonl",
      "mv .winnow/rows/2 documents-00001.jsonl", "mv .winnow/rows/4 documents-00003.jsonl",
    ]
    for done in 0...steps.count {
      let scratch = try ScratchFolder()
      let names = [
        "documents-00001.jsonl", "documents-00002.jsonl", "documents-00003.jsonl", ".winnow/rows/4",
      ]
      for (index, name) in names.enumerated() {
        try scratch.write(String(repeating: "x", count: index + 1), to: "out/\(name)")
      }
      let output = try OutputFolder(scratch.path("out"))
      let targets = [names[1], names[0], "", names[2]]
      let parts = try names.indices.map { index in
        let path = Array(names[index].utf8)
        let status = try #require(output.status(of: OutputPath(bytes: path)))
        return PartRecord(
          id: Int64(index + 1), format: .jsonl, path: path, target: Array(targets[index].utf8),
          rows: 1, packing: .none, plain: 1, limit: 1, size: status.size, modified: status.modified,
          hash: ContentHash([]))
      }
      let script = steps[..<done].joined(separator: " && ")
      if done > 0 { try #require(try Shell.run("cd '\(scratch.text)/out' && \(script)") == 0) }
      try ShardPlacement(output).place(parts)
      try ShardPlacement(output).place(parts)
      #expect(
        try ["documents-00001.jsonl", "documents-00002.jsonl", "documents-00003.jsonl"].map {
          try scratch.read("out/\($0)").count
        } == [2, 1, 4], "\(done) steps")
    }
  }

  @Test("A folder called like a file of rows gets another name")
  func collision() throws {
    let place = OutputPath(
      page: PagePath(Array("documents-00001.jsonl/a.html".utf8)), fileExtension: "txt")
    #expect(String(decoding: place.bytes, as: UTF8.self) == "documents-00001.jsonl~/a.html.txt")
    #expect(!ShardNames.isShard(Array("documents-1.jsonl".utf8)))
    #expect(!ShardNames.isShard(Array("documents-00001.csv".utf8)))
  }
}
