// Files of several pages, for runs of the command: JSON Lines, a web archive and a zip of the same
// three pages.

enum ContainerFiles {
  static let subjects = ["mill", "ferry", "tower"]
  static let names = ["a.html", "b.html", "c.html"]

  /// Writes `three.jsonl`, `three.warc`, `three.zip` and the pages themselves, in `pages`.
  static func write(to folder: borrowing TemporaryFolder) throws {
    let pages = subjects.map(ShellRunner.page)
    for (name, page) in zip(names, pages) { try folder.write(page, to: "pages/\(name)") }
    try folder.write(lines(pages), to: "three.jsonl")
    try folder.write(webArchive(pages).flatMap { $0 }, to: "three.warc")
    try folder.write(zipArchive(Array(zip(names, pages))), to: "three.zip")
  }

  /// A line of JSON for each page.
  static func lines(_ pages: [String]) -> String {
    pages.map { page in
      let text = page.replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
      return "{\"html\": \"\(text)\"}\n"
    }.joined()
  }

  /// The records of a web archive, a response for each page.
  static func webArchive(_ pages: [String]) -> [[UInt8]] {
    pages.enumerated().map { index, page in
      let block = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
      let head =
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:\(index)>\r\n"
        + "WARC-Date: 2024-05-01T10:00:00Z\r\nWARC-Target-URI: https://example.org/\(index)\r\n"
        + "Content-Type: application/http; msgtype=response\r\n"
        + "Content-Length: \(block.utf8.count)\r\n\r\n"
      return Array((head + block + "\r\n\r\n").utf8)
    }
  }

  /// What the records of `three.warc` are called: by the byte they begin at.
  static func places() -> [String] {
    let lengths = webArchive(subjects.map(ShellRunner.page)).map(\.count)
    return lengths.indices.map { padded(lengths[..<$0].reduce(0, +)) }
  }

  static func padded(_ number: Int) -> String {
    String(repeating: "0", count: max(0, 10 - String(number).count)) + String(number)
  }

  /// A zip archive that stores its files as they are (APPNOTE 6.3, method 0).
  static func zipArchive(_ files: [(name: String, text: String)]) -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for (name, text) in files {
      let data = Array(text.utf8)
      let shared =
        little(10, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(checksum(data), 4)
        + little(data.count, 4) + little(data.count, 4) + little(name.utf8.count, 2) + little(0, 2)
      directory +=
        Array("PK\u{1}\u{2}".utf8) + little(10, 2) + shared + little(0, 10)
        + little(archive.count, 4)
        + Array(name.utf8)
      archive += Array("PK\u{3}\u{4}".utf8) + shared + Array(name.utf8) + data
    }
    let end =
      Array("PK\u{5}\u{6}".utf8) + little(0, 4) + little(files.count, 2) + little(files.count, 2)
      + little(directory.count, 4) + little(archive.count, 4) + little(0, 2)
    return archive + directory + end
  }

  private static func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { $0 < 8 ? UInt8(truncatingIfNeeded: number >> (8 * $0)) : 0 }
  }

  /// CRC-32 (ISO 3309), bit by bit.
  private static func checksum(_ bytes: [UInt8]) -> Int {
    var state: UInt32 = .max
    for byte in bytes {
      state ^= UInt32(byte)
      for _ in 0..<8 { state = state >> 1 ^ (state & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    return Int(~state)
  }
}
