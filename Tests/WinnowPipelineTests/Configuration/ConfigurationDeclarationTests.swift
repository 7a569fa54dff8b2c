// What is made from the declarations: the schema means what the checker means, the docs are the
// committed ones, and every key is described.

import Foundation
import Testing
import Winnow

@testable import WinnowPipeline

struct ConfigurationDeclarationTests {
  private let validator = JSONSchemaValidator(ConfigurationSchema.value())

  @Test("The schema accepts right configurations", arguments: ConfigurationCases.right)
  func schemaAccepts(_ each: ConfigurationCase) throws {
    #expect(try validator.accepts(JSONValue(reading: Array(each.text.utf8), .handwritten)))
  }

  @Test(
    "The schema refuses wrong configurations",
    arguments: ConfigurationCases.wrong.filter(\.isSeenBySchema))
  func schemaRefuses(_ each: ConfigurationCase) throws {
    #expect(try !validator.accepts(JSONValue(reading: Array(each.text.utf8), .handwritten)))
  }

  @Test func `The schema is itself JSON and reads back as it was made`() throws {
    #expect(try JSONValue(reading: ConfigurationSchema.text()) == ConfigurationSchema.value())
  }

  /// Every key with its full name.
  private static let keys: [(place: String, facts: KeyFacts)] = PipelineConfiguration.stages
    .flatMap { named($0.facts, $0.stage) }

  private static func named(_ keys: [KeyFacts], _ place: String) -> [(String, KeyFacts)] {
    keys.flatMap { key -> [(String, KeyFacts)] in
      let own = [("\(place).\(key.name)", key)]
      guard let inner = key.kind.innerKeys else { return own }
      return own + named(inner, "\(place).\(key.name)")
    }
  }

  @Test func `Every key has a name of its own and a sentence`() {
    for key in Self.keys {
      #expect(key.facts.help.hasSuffix("."), "\(key.place)")
      #expect(!key.facts.help.contains("|"), "\(key.place) would break the table of the docs")
      #expect(!key.facts.help.contains("\n"), "\(key.place) would break the table of the docs")
    }
    #expect(Set(Self.keys.map(\.place)).count == Self.keys.count)
    #expect(Self.keys.count > 30)
  }

  @Test func `Every default is a value that the checker allows`() throws {
    for type in PipelineConfiguration.stages {
      let members = type.facts.compactMap { key in
        key.defaultValue.map { JSONMember(key.name, $0) }
      }
      var writer = JSONWriter()
      writer.value(
        JSONValue(.object([JSONMember("stage", .init(stringLiteral: type.stage))] + members)))
      let stage = String(decoding: writer.bytes, as: UTF8.self)
      let required = type.facts.filter { $0.defaultValue == nil }.map(\.name)
      do throws(ConfigurationMistakes) {
        let text = ConfigurationCases.pipeline(stage)
        _ = try PipelineConfiguration(checking: Array(text.utf8), file: "p.json")
      } catch {
        // The other stages are missing, and the required keys; nothing else is wrong.
        for mistake in error.mistakes {
          switch mistake.reason {
          case .missingStage: break
          case .missingKey(let name, _): #expect(required.contains(name))
          default: Issue.record("\(mistake)")
          }
        }
      }
    }
  }

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test func `docs/configuration.md is what the declarations make`() throws {
    let committed = try Data(
      contentsOf: Self.root.appendingPathComponent("docs/configuration.md"))
    #expect(
      [UInt8](committed) == ConfigurationGuide.markdown(),
      "make it again: swift run winnow schema --markdown > docs/configuration.md")
  }

  @Test func `Every key stands in the docs with its default`() {
    let page = String(decoding: ConfigurationGuide.markdown(), as: UTF8.self)
    for key in Self.keys {
      #expect(page.contains("| `\(key.facts.name)` | "), "\(key.place)")
      #expect(page.contains(key.facts.help), "\(key.place)")
    }
    #expect(page.contains("| `workers` | whole number, 0 to 1024 | `0` |"))
    #expect(page.contains("| `input` | list of paths, at least 1 | must be given |"))
  }

  @Test func `The example in the docs is a right configuration`() throws {
    let page = String(decoding: ConfigurationGuide.markdown(), as: UTF8.self)
    let example = try #require(
      page.split(separator: "```jsonc\n").last?.split(separator: "```").first)
    #expect(example.contains("\"stages\""))
    _ = try PipelineConfiguration(checking: Array(example.utf8), file: "docs")
  }

  @Test func `The example of rules in the docs is a right stage`() throws {
    let page = String(decoding: ConfigurationGuide.markdown(), as: UTF8.self)
    let example = try #require(
      page.split(separator: "```json\n").last?.split(separator: "```").first)
    let text = ConfigurationCases.withStrip(String(example))
    let configuration = try PipelineConfiguration(checking: Array(text.utf8), file: "docs")
    #expect(configuration.strip.extraction.rules.drop.count == 3)
    #expect(configuration.strip.extraction.rules.keep.count == 1)
  }

  @Test func `The pipeline.json at the root is right and writes every format`() throws {
    let file = Self.root.appendingPathComponent("pipeline.json").path
    let configuration = try ConfigurationFile.load(file)
    #expect(configuration.emit.formats == [.text, .markdown, .json])
    #expect(
      configuration.fetch.input == [
        Array(Self.root.appendingPathComponent("samples/pages").path.utf8)
      ])
    #expect(configuration.presentStages.count == 5)
    #expect(
      try validator.accepts(
        JSONValue(reading: [UInt8](Data(contentsOf: URL(fileURLWithPath: file))), .handwritten)))
  }
}
