// The facts that samples/expected/metadata.jsonl states, against what is found in the samples that
// are UTF-8.

import Glibc
import Testing

@testable import Winnow

@Suite("Metadata of the samples")
struct SamplesMetadataTests {
  static let samples: String = {
    // Three folders up from this file's own.
    let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    return "/\(folder)/samples"
  }()

  private static func bytes(_ path: String) -> [UInt8]? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { return bytes }
      bytes.append(contentsOf: buffer[..<count])
    }
  }

  static let facts: [JSONValue] = {
    let table = bytes("\(samples)/expected/metadata.jsonl") ?? []
    return table.split(separator: 0x0A).compactMap { try? JSONValue(reading: Array($0)) }
  }()

  @Test("Every stated fact is found")
  func everyFact() throws {
    var checked = 0
    for fact in Self.facts {
      guard let page = fact["page"]?.string, page.hasSuffix(".html"), fact["failure"] == nil,
        let bytes = Self.bytes("\(Self.samples)/pages/\(page)"),
        String(validating: bytes, as: UTF8.self) != nil,
        fact["encoding"]?.string == "utf-8", !bytes.contains(0)
      else { continue }
      let tree = try PageParser.parse(bytes, limits: ExtractionOptions.Limits())
      let found = MetadataReader.metadata(of: tree, url: nil)
      checked += 1
      #expect(found.title == fact["title"]?.string, "\(page)")
      if let authors = fact["authors"]?.array {
        #expect(found.authors == authors.compactMap(\.string), "\(page)")
      }
      for (key, value) in [("published", found.published), ("modified", found.modified)] {
        guard let stated = fact[key]?.string else { continue }
        #expect(value?.hasPrefix(stated) == true, "\(page): \(key) \(value ?? "-")")
      }
      if let site = fact["site"]?.string { #expect(found.siteName == site, "\(page)") }
      if let language = fact["language"]?.string { #expect(found.language == language, "\(page)") }
      if let canonical = fact["canonical"]?.string {
        #expect(found.canonicalURL == canonical, "\(page)")
      }
    }
    #expect(checked >= 10)
  }
}
