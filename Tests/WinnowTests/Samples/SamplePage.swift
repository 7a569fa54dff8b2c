// The pages under samples/: each with the clean text and the facts expected of it.

import CZlib
import Foundation
import Testing

/// What `samples/expected/metadata.jsonl` says about one page; a fact that is absent is not checked.
struct SampleFacts: Decodable, Sendable {
  var page: String
  /// The reason of the page's failure; such a page has no document.
  var failure: String?
  var title: String?
  var authors: [String]?
  /// The day alone, `2024-03-14`.
  var published: String?
  var modified: String?
  var site: String?
  var language: String?
  var canonical: String?
  var encoding: String?
  /// Lines of the expected text that the document lacks still, and lines that it has too many:
  /// what is known to be wrong, each in the page's order.
  var missing: [String]?
  var surplus: [String]?
}

/// One page under `samples/pages`; its name is its path there.
struct SamplePage: Sendable, CustomTestStringConvertible {
  var facts: SampleFacts
  var testDescription: String { facts.page }

  /// The bytes as saved, unpacked.
  var bytes: [UInt8] {
    get throws { try unpacked(SamplePage.folder.appendingPathComponent("pages/\(facts.page)")) }
  }
  var expectedText: String {
    get throws {
      try String(
        contentsOf: SamplePage.folder.appendingPathComponent("expected/\(facts.page).txt"),
        encoding: .utf8)
    }
  }

  static let folder = URL(fileURLWithPath: #filePath)  // Tests/WinnowTests/Samples/SamplePage.swift
    .deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("samples")

  /// Every page that `metadata.jsonl` names; empty if the file cannot be read, which
  /// `everyPageIsNamed` reports.
  static let all: [SamplePage] = {
    let file = folder.appendingPathComponent("expected/metadata.jsonl")
    guard let lines = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    let decoder = JSONDecoder()
    return lines.split(separator: "\n").compactMap { line in
      (try? decoder.decode(SampleFacts.self, from: Data(line.utf8))).map { SamplePage(facts: $0) }
    }
  }()

  /// Paths below `samples/pages`, sorted.
  static func pagesOnDisk() throws -> [String] {
    let pages = folder.appendingPathComponent("pages")
    return try FileManager.default.subpathsOfDirectory(atPath: pages.path).filter { path in
      var isFolder: ObjCBool = false
      let whole = pages.appendingPathComponent(path).path
      return FileManager.default.fileExists(atPath: whole, isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }
}

/// A file could not be opened or unpacked.
struct UnreadableSample: Error {
  var path: String
}

/// The bytes of a file, unpacked if it is gzip.
private func unpacked(_ file: URL) throws -> [UInt8] {
  guard let stream = gzopen(file.path, "rb") else { throw UnreadableSample(path: file.path) }
  defer { gzclose(stream) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = gzread(stream, &chunk, UInt32(chunk.count))
    guard count >= 0 else { throw UnreadableSample(path: file.path) }
    if count == 0 { return bytes }
    bytes += chunk[..<Int(count)]
  }
}
