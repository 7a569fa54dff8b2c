// The shipped tables load, and score lines as the trainer did.

import Foundation
import Testing

@testable import Winnow

struct ResidueModelTests {
  private struct Trained: Decodable {
    let text: String
    let score: Float
  }

  @Test("The extractor gives lines the scores that the trainer gave them")
  func scores() throws {
    let file = URL(fileURLWithPath: #filePath)  // Tests/WinnowTests/Residue/ResidueModelTests.swift
      .deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Tests/WinnowTests/Residue/trained-scores.jsonl")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count >= 20)
    var features = ResidueFeatures()
    for line in lines {
      let trained = try JSONDecoder().decode(Trained.self, from: Data(line.utf8))
      var text = trained.text
      let isRead = text.withUTF8 { features.read($0) }
      #expect(isRead, "\(trained.text)")
      let score = ResidueModel.shared.verdict(features).score
      #expect(abs(score - trained.score) < 0.01, "\(trained.text)")
    }
  }

  @Test("Tables that are cut short or not of this kind are refused")
  func damagedTables() {
    let bytes = Array(TableBytes.residue.bytes)
    #expect(throws: TableError.truncated) { try ResidueModel(TableBytes(Array(bytes.dropLast()))) }
    #expect(throws: TableError.outOfRange) { try ResidueModel(TableBytes(bytes + [0])) }
    #expect(throws: TableError.wrongMagic) { try ResidueModel(TableBytes([1, 2, 3, 4])) }
    #expect(throws: TableError.truncated) { try ResidueModel(TableBytes([])) }
  }

  @Test(
    "A word is the same in capitals, with accents and with combining marks",
    arguments: [("LEAVE A REPLY", "leave a reply"), ("Ετικέτες", "ετικετες"), ("Čtěte", "cTete")])
  func folding(_ pair: (String, String)) {
    func hashes(_ text: String) -> [UInt32] {
      var features = ResidueFeatures()
      var text = text
      _ = text.withUTF8 { features.read($0) }
      return Array(features.lexical)
    }
    #expect(hashes(pair.0) == hashes(pair.1))
  }

  @Test("Lines without words, and longer ones than residue is, are not read")
  func unread() {
    var features = ResidueFeatures()
    for text in ["", " … ", String(repeating: "word ", count: 200)] {
      var text = text
      let isRead = text.withUTF8 { features.read($0) }
      #expect(!isRead)
    }
  }
}
