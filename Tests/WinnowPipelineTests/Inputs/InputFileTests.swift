// The reading of files: limits, gzip, and files that are not what they seem.

import Glibc
import Testing

@testable import WinnowPipeline

@Suite("A page's file", .timeLimit(.minutes(10)))
struct InputFileTests {
  private func read(
    _ scratch: ScratchFolder, _ path: String, limit: Int = 1000, isLink: Bool = false
  ) throws(FetchFailure) -> [UInt8] {
    try InputFile.read(
      scratch.path(path), in: FileCalls.currentFolder, isLink: isLink, limit: limit
    ).bytes
  }

  @Test("A file is read whole, up to the limit", arguments: [0, 1, 999, 1000])
  func whole(size: Int) throws {
    let scratch = try ScratchFolder()
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
    try scratch.write(bytes, to: Array("a".utf8))
    #expect(try read(scratch, "a") == bytes)
  }

  @Test("A file over the limit is not read")
  func tooLarge() throws {
    let scratch = try ScratchFolder()
    try scratch.write("", to: "a")
    try #require(truncate(String(decoding: scratch.path("a"), as: UTF8.self), 2 << 30) == 0)
    #expect(throws: FetchFailure.tooLarge(bytes: 2 << 30, limit: 1000)) { try read(scratch, "a") }
  }

  @Test("A file that has vanished, a folder, a pipe and a link are told apart")
  func kinds() throws {
    let scratch = try ScratchFolder()
    try scratch.write("page", to: "folder/a")
    try scratch.link("link", to: "folder/a")
    try #require(mkfifo(String(decoding: scratch.path("pipe"), as: UTF8.self), 0o600) == 0)
    #expect(throws: FetchFailure.vanished) { try read(scratch, "gone") }
    #expect(throws: FetchFailure.notAFile) { try read(scratch, "folder") }
    #expect(throws: FetchFailure.notAFile) { try read(scratch, "pipe") }
    #expect(throws: FetchFailure.brokenLink) { try read(scratch, "link") }
    #expect(try read(scratch, "link", isLink: true) == Array("page".utf8))
  }

  @Test("A file in /proc, whose size is told as 0, counts as one that changes")
  func unstable() throws {
    #expect(throws: FetchFailure.unstable) {
      try InputFile.read(
        Array("/proc/self/status".utf8), in: FileCalls.currentFolder, isLink: false, limit: 1 << 20)
    }
  }

  @Test("Gzip is known by its bytes, and all members are unpacked")
  func gzip() throws {
    let scratch = try ScratchFolder()
    let long = String(repeating: "0123456789", count: 20_000)
    try scratch.write(
      Gzip.stored("one ") + Gzip.stored("") + Gzip.stored("two"), to: Array("a".utf8))
    try scratch.write(Gzip.stored("one") + [0, 0, 0], to: Array("padded".utf8))
    try scratch.write(Gzip.stored(long), to: Array("long".utf8))
    try scratch.write("plain", to: "b.gz")
    #expect(try read(scratch, "a") == Array("one two".utf8))
    #expect(try read(scratch, "padded") == Array("one".utf8))
    #expect(try read(scratch, "long", limit: 300_000) == Array(long.utf8))
    #expect(try read(scratch, "b.gz") == Array("plain".utf8))
  }

  @Test("Packed data that are cut off anywhere, or altered, are a failure")
  func damaged() throws {
    let scratch = try ScratchFolder()
    let whole = Gzip.stored("some text that is packed")
    for length in 3..<whole.count {
      try scratch.write(Array(whole[..<length]), to: Array("a".utf8))
      #expect(throws: FetchFailure.damagedPacking(.gzip, offset: length)) { try read(scratch, "a") }
    }
    var altered = whole
    altered[20] ^= 1
    try scratch.write(altered, to: Array("a".utf8))
    let reason = #expect(throws: FetchFailure.self) { try read(scratch, "a") }
    #expect(reason?.reason == "damaged-gzip")
  }

  @Test("What unpacks to more than the limit is given up there")
  func bomb() throws {
    let scratch = try ScratchFolder()
    // 1,000 zero bytes and more in 29, by zlib at level 9.
    let bomb: [UInt8] = [
      0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x63, 0x60, 0x18, 0x05, 0xA3,
      0x60, 0x14, 0x8C, 0x54, 0x00, 0x00, 0x2E, 0xAF, 0xB5, 0xEF, 0x00, 0x04, 0x00, 0x00,
    ]
    try scratch.write(bomb, to: Array("a".utf8))
    #expect(throws: FetchFailure.tooLarge(bytes: 1001, limit: 1000)) { try read(scratch, "a") }
    #expect(try read(scratch, "a", limit: 1024) == [UInt8](repeating: 0, count: 1024))
  }
}
