// The checker against right and wrong configurations, and what right ones become.

import Testing
import Winnow

@testable import WinnowPipeline

struct ConfigurationCheckerTests {
  private func lines(_ text: String) -> [String] {
    do throws(ConfigurationMistakes) {
      _ = try PipelineConfiguration(checking: Array(text.utf8), file: "p.json")
      return []
    } catch {
      return error.mistakes.map(\.description)
    }
  }

  @Test("Right configurations have no mistakes", arguments: ConfigurationCases.right)
  func right(_ each: ConfigurationCase) {
    #expect(lines(each.text) == [])
  }

  @Test("Every mistake is told, each on a line", arguments: ConfigurationCases.wrong)
  func wrong(_ each: ConfigurationCase) {
    #expect(lines(each.text) == each.lines)
  }

  private func configuration(_ text: String) throws -> PipelineConfiguration {
    try PipelineConfiguration(checking: Array(text.utf8), file: "p.json")
  }

  @Test func `What is not written has the library's defaults`() throws {
    let configuration = try configuration(
      ConfigurationCases.pipeline(
        ConfigurationCases.fetch, ConfigurationCases.strip, ConfigurationCases.normalize,
        ConfigurationCases.filter, ConfigurationCases.emit))
    #expect(configuration.strip.extraction == ExtractionOptions())
    #expect(configuration.normalize?.text == NormalizationOptions())
    var expected = PipelineConfiguration(normalize: NormalizeOptions(), filter: FilterOptions())
    expected.fetch.input = [Array("in".utf8)]
    expected.emit.output = Array("out".utf8)
    #expect(configuration == expected)
    #expect(configuration.presentStages.count == 5)
  }

  @Test func `Stages that are left out are nil`() throws {
    let configuration = try configuration(
      ConfigurationCases.pipeline(
        ConfigurationCases.fetch, ConfigurationCases.strip, ConfigurationCases.emit))
    #expect(configuration.normalize == nil)
    #expect(configuration.filter == nil)
    #expect(configuration.presentStages.count == 3)
  }

  @Test func `Every key arrives in its own option`() throws {
    let configuration = try configuration(
      ConfigurationCases.pipeline(
        #"""
        {"stage": "fetch", "input": ["a", "é"], "include": ["*.x"], "exclude": ["y/**"],
         "workers": 3, "queuePages": 5, "queueMegabytes": 7}
        """#,
        #"""
        {"stage": "strip", "workers": 2, "preset": "recall", "title": true, "byline": true,
         "captions": true, "comments": true, "tables": false, "links": false, "images": true,
         "keep": [{"selector": "#a"}],
         "drop": [{"phrase": "b", "match": "whole"}, {"regex": "c", "hosts": ["*.example.org"]}],
         "limits": {"pageMegabytes": 8, "depth": 99, "nodes": 1001, "seconds": 2.5,
                    "pageSeconds": 7, "memoryMegabytes": 99}, "isolation": "process"}
        """#,
        #"""
        {"stage": "normalize", "nfc": false, "controlCharacters": false, "softHyphens": false,
         "spaces": false, "blankLines": false, "entities": false, "workers": 4}
        """#,
        #"""
        {"stage": "filter", "minWords": 10, "minConfidence": 0.25, "languages": ["de"],
         "workers": 6}
        """#,
        #"{"stage": "emit", "output": "o", "formats": ["json", "markdown"], "workers": 9}"#))
    var expected = PipelineConfiguration(normalize: NormalizeOptions(), filter: FilterOptions())
    expected.fetch.input = [Array("a".utf8), Array("é".utf8)]
    expected.fetch.include = ["*.x"]
    expected.fetch.exclude = ["y/**"]
    expected.fetch.workers = 3
    expected.fetch.queuePages = 5
    expected.fetch.queueBytes = 7 * 1_048_576
    expected.strip.workers = 2
    expected.strip.extraction.preset = .recall
    expected.strip.extraction.includesTitle = true
    expected.strip.extraction.includesByline = true
    expected.strip.extraction.includesCaptions = true
    expected.strip.extraction.includesComments = true
    expected.strip.extraction.includesTables = false
    expected.strip.extraction.includesLinks = false
    expected.strip.extraction.includesImages = true
    expected.strip.extraction.rules = try RuleSet(
      keep: [Rule(selector: "#a")],
      drop: [Rule(phrase: "b", match: .whole), Rule(regex: "c", hosts: ["*.example.org"])])
    expected.strip.extraction.limits.pageBytes = 8 * 1_048_576
    expected.strip.extraction.limits.depth = 99
    expected.strip.extraction.limits.nodes = 1001
    expected.strip.extraction.limits.seconds = 2.5
    expected.strip.extraction.limits.pageSeconds = 7
    expected.strip.extraction.limits.memoryBytes = 99 << 20
    expected.strip.isolation = .process
    expected.normalize?.text.nfc = false
    expected.normalize?.text.controlCharacters = false
    expected.normalize?.text.softHyphens = false
    expected.normalize?.text.spaces = false
    expected.normalize?.text.blankLines = false
    expected.normalize?.text.entities = false
    expected.normalize?.workers = 4
    expected.filter?.minWords = 10
    expected.filter?.minConfidence = 0.25
    expected.filter?.languages = ["de"]
    expected.filter?.workers = 6
    expected.emit.output = Array("o".utf8)
    expected.emit.formats = [.json, .markdown]
    expected.emit.workers = 9
    #expect(configuration == expected)
  }

  @Test(arguments: [
    ("worker", "workers"), ("wrokers", "workers"), ("Workers", "workers"), ("wokrer", "workers"),
    ("queue", "queuePages"), ("megabytes", "queueMegabytes"), ("include", "include"),
    ("inptu", "input"), ("x", nil), ("", nil), ("colour", nil),
    (String(repeating: "workers", count: 1000), nil),
  ])
  func `The nearest name is within a few edits`(written: String, meant: String?) {
    let names = ["input", "include", "exclude", "workers", "queuePages", "queueMegabytes"]
    #expect(nearestName(to: written, in: names) == meant)
  }
}
