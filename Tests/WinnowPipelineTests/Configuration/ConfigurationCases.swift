// Configurations that the tests of the checker and of the schema share: right ones, and wrong ones
// with every line they give.

import Testing

/// A text and the lines the checker says of it; no lines for a right one.
struct ConfigurationCase: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let text: String
  let lines: [String]
  /// Whether JSON Schema can see the mistake.
  var isSeenBySchema = true

  init(_ description: String, _ text: String, _ lines: [String], isSeenBySchema: Bool = true) {
    testDescription = description
    self.text = text
    self.lines = lines
    self.isSeenBySchema = isSeenBySchema
  }
}

enum ConfigurationCases {
  /// A pipeline whose list of stages holds `stages`, each on a line of its own from line 2.
  static func pipeline(_ stages: String...) -> String {
    "{\"stages\": [\n" + stages.joined(separator: ",\n") + "\n]}"
  }

  static let fetch = #"{"stage": "fetch", "input": ["in"]}"#
  static let strip = #"{"stage": "strip"}"#
  static let normalize = #"{"stage": "normalize"}"#
  static let filter = #"{"stage": "filter"}"#
  static let emit = #"{"stage": "emit", "output": "out"}"#

  /// A right pipeline but for the second stage, which stands on line 3.
  static func withStrip(_ strip: String) -> String { pipeline(fetch, strip, emit) }

  static let right: [ConfigurationCase] = [
    ConfigurationCase("the least there can be", pipeline(fetch, strip, emit), []),
    ConfigurationCase("without filter", pipeline(fetch, strip, normalize, emit), []),
    ConfigurationCase("without normalize", pipeline(fetch, strip, filter, emit), []),
    ConfigurationCase("all stages", pipeline(fetch, strip, normalize, filter, emit), []),
    ConfigurationCase(
      "comments, trailing commas, a byte order mark and the schema's address",
      "\u{FEFF}// Mine\n{\"$schema\": \"pipeline.schema.json\", \"stages\": ["
        + "\(fetch), /* then */ \(strip), \(emit),],}\n", []),
    ConfigurationCase(
      "the bounds of numbers, and whole numbers with a fraction of 0",
      pipeline(
        #"{"stage": "fetch", "input": ["/"], "workers": 1024, "queuePages": 1}"#,
        #"{"stage": "strip", "workers": 0, "limits": {"seconds": 0.1, "depth": 16.0}}"#,
        #"{"stage": "filter", "minConfidence": 1, "languages": ["en", "yue"]}"#,
        #"{"stage": "emit", "output": "é", "formats": ["json", "text", "markdown"]}"#), []),
    ConfigurationCase(
      "tests",
      #"{"stages": [\#(fetch), \#(strip), \#(emit)], "tests": [{"page": "a", "has": ["b"]}]}"#, []),
    ConfigurationCase(
      "rules",
      withStrip(
        #"""
        {"stage": "strip", "keep": [], "drop": [{"selector": "a, .b", "hosts": ["x.org"]},
         {"phrase": "c"}, {"regex": "\\bd", "phrase": "e", "match": "contains"}]}
        """#), []),
  ]

  static let wrong: [ConfigurationCase] = syntax + shape + stages + keys + values + rules

  private static let syntax: [ConfigurationCase] = [
    ConfigurationCase(
      "an empty file", "", ["p.json:1:1: expected a value, found the end of the file"],
      isSeenBySchema: false),
    ConfigurationCase(
      "a comma forgotten", "{\n  \"stages\": []\n  \"x\": 1\n}",
      [#"p.json:3:3: expected ',' or '}' after a value, found '"'"#], isSeenBySchema: false),
    ConfigurationCase(
      "a quote forgotten", "{\n  \"stages: []\n}",
      ["p.json:2:3: this string is not closed; put a double quote at its end"],
      isSeenBySchema: false),
    ConfigurationCase(
      "a bracket forgotten", "{\"é\": [",
      ["p.json:1:8: expected a value, found the end of the file"], isSeenBySchema: false),
    ConfigurationCase(
      "not JSON at all", "stages:\n  - fetch\n", ["p.json:1:1: expected a value, found 's'"],
      isSeenBySchema: false),
  ]

  private static let shape: [ConfigurationCase] = [
    ConfigurationCase(
      "tests that are none",
      "{\"stages\": [\(fetch), \(strip), \(emit)],\n\"tests\": [{\"page\": 1, \"has\": [\"a\"]},\n"
        + "{\"lacks\": [\"a\", \"a\"]},\n{\"page\": \"b\", \"hass\": []}]}",
      [
        "p.json:2:20: tests[0].page is 1; give a path",
        #"p.json:3:1: tests[1] has no "page"; give a path"#,
        #"p.json:3:17: tests[1].lacks[1] is "a" again; remove one"#,
        "p.json:4:1: tests[2] has none of has, lacks; give at least one",
        #"p.json:4:15: tests[2] has no key "hass"; did you mean "has"?"#,
      ]),
    ConfigurationCase("a list", "[]", ["p.json:1:1: the file is a list; give an object, { }"]),
    ConfigurationCase(
      "an empty object", " {}", [#"p.json:1:2: the file has no "stages"; give a list of stages"#]),
    ConfigurationCase(
      "stages misspelt", #"{"stage": []}"#,
      [
        #"p.json:1:1: the file has no "stages"; give a list of stages"#,
        #"p.json:1:2: the file has no key "stage"; did you mean "stages"?"#,
      ]),
    ConfigurationCase(
      "an unknown key at the top",
      #"{"colour": 1, "#
        + #""stages": [{"stage":"fetch","input":["a"]},{"stage":"strip"},"#
        + #"{"stage":"emit","output":"b"}]}"#,
      [#"p.json:1:2: the file has no key "colour"; its keys are $schema, stages, tests"#]),
    ConfigurationCase(
      "stages as an object", #"{"stages": {"fetch": {}}}"#,
      ["p.json:1:12: stages is an object; give a list of stages"]),
    ConfigurationCase(
      "the schema's address as a number",
      #"{"$schema": 7, "stages": [\#(fetch), \#(strip), \#(emit)]}"#,
      ["p.json:1:13: $schema is 7; give an address as a string"]),
  ]

  private static let order = "the order is fetch, strip, normalize, filter, emit"

  private static let stages: [ConfigurationCase] = [
    ConfigurationCase(
      "no stages", "{\"stages\": []}",
      [
        #"p.json:1:12: stage "fetch" is missing; \#(order)"#,
        #"p.json:1:12: stage "strip" is missing; \#(order)"#,
        #"p.json:1:12: stage "emit" is missing; \#(order)"#,
      ]),
    ConfigurationCase(
      "a stage misspelt", pipeline(fetch, #"{"stage": "stripe"}"#, emit),
      [
        #"p.json:1:12: stage "strip" is missing; \#(order)"#,
        #"p.json:3:11: stages[1].stage is "stripe"; did you mean "strip"?"#,
      ]),
    ConfigurationCase(
      "a stage nobody knows", pipeline(fetch, strip, #"{"stage": "translate"}"#, emit),
      [
        #"p.json:4:11: stages[2].stage is "translate"; "#
          + #"give "fetch", "strip", "normalize", "filter" or "emit""#
      ]),
    ConfigurationCase(
      "a stage without a name", pipeline(fetch, strip, #"  {"workers": 2}"#, emit),
      [
        #"p.json:4:3: stages[2] has no "stage"; "#
          + "give one of fetch, strip, normalize, filter, emit"
      ]),
    ConfigurationCase(
      "a stage's name alone", pipeline(fetch, strip, #""normalize""#, emit),
      [
        #"p.json:4:1: stages[2] is "normalize"; give an object such as {"stage": "fetch"}"#
      ]),
    ConfigurationCase(
      "a stage's name as a number", pipeline(fetch, strip, #"{"stage": 3}"#, emit),
      [
        "p.json:4:11: stages[2].stage is 3; "
          + #"give "fetch", "strip", "normalize", "filter" or "emit""#
      ]),
    ConfigurationCase(
      "a stage twice", pipeline(fetch, strip, strip, emit),
      [#"p.json:4:11: stage "strip" stands already on line 3; remove one"#]),
    ConfigurationCase(
      "two stages swapped", pipeline(strip, fetch, emit),
      [#"p.json:3:11: stage "fetch" stands after "strip"; \#(order)"#]),
    ConfigurationCase(
      "emit first", pipeline(emit, fetch, strip),
      [
        #"p.json:3:11: stage "fetch" stands after "emit"; \#(order)"#,
        #"p.json:4:11: stage "strip" stands after "emit"; \#(order)"#,
      ]),
    ConfigurationCase(
      "filter before normalize", pipeline(fetch, strip, filter, normalize, emit),
      [#"p.json:5:11: stage "normalize" stands after "filter"; \#(order)"#]),
    ConfigurationCase(
      "emit left out", pipeline(fetch, strip),
      [#"p.json:1:12: stage "emit" is missing; \#(order)"#]),
  ]

  private static let keys: [ConfigurationCase] = [
    ConfigurationCase(
      "a key misspelt", withStrip(#"{"stage": "strip", "worker": 2}"#),
      [#"p.json:3:20: strip has no key "worker"; did you mean "workers"?"#]),
    ConfigurationCase(
      "letters swapped, in capitals", withStrip(#"{"stage": "strip", "WROKERS": 2}"#),
      [#"p.json:3:20: strip has no key "WROKERS"; did you mean "workers"?"#]),
    ConfigurationCase(
      "a key nobody knows", withStrip(#"{"stage": "strip", "limits": {"bandwidth": 1}}"#),
      [
        #"p.json:3:31: strip.limits has no key "bandwidth"; "#
          + "its keys are pageMegabytes, depth, nodes, seconds, pageSeconds, "
          + "memoryMegabytes"
      ]),
    ConfigurationCase(
      "a key with a line break in it", withStrip(#"{"stage": "strip", "links\n": true}"#),
      [#"p.json:3:20: strip has no key "links\n"; did you mean "links"?"#]),
    ConfigurationCase(
      "a key of another stage", pipeline(fetch, strip, #"{"stage": "emit", "input": "a"}"#),
      [
        #"p.json:4:1: emit has no "output"; give a path"#,
        #"p.json:4:19: emit has no key "input"; its keys are stage, output, formats, "#
          + #"packing, shardMegabytes, frontMatter, prune, workers"#,
      ]),
    ConfigurationCase(
      "a key twice", withStrip("{\"stage\": \"strip\",\n\"workers\": 2,\n\"workers\": 2}"),
      [#"p.json:5:1: strip has "workers" already on line 4; remove one"#], isSeenBySchema: false),
    ConfigurationCase(
      "stages twice",
      "{\"stages\": [],\n\"stages\": [\(fetch), \(strip), \(emit)]}",
      [#"p.json:2:1: the file has "stages" already on line 1; remove one"#],
      isSeenBySchema: false),
    ConfigurationCase(
      "a required key left out", pipeline(#"{"stage": "fetch"}"#, strip, emit),
      [#"p.json:2:1: fetch has no "input"; give a list of paths, [ ]"#]),
  ]

  private static let values: [ConfigurationCase] = [
    ConfigurationCase(
      "a number above its range", withStrip(#"{"stage": "strip", "workers": 5000}"#),
      ["p.json:3:31: strip.workers is 5000; give 0 to 1024"]),
    ConfigurationCase(
      "a number below its range", withStrip(#"{"stage": "strip", "workers": -1}"#),
      ["p.json:3:31: strip.workers is -1; give 0 to 1024"]),
    ConfigurationCase(
      "a fraction for a whole number", withStrip(#"{"stage": "strip", "workers": 1.50}"#),
      ["p.json:3:31: strip.workers is 1.50; give a whole number, 0 to 1024"]),
    ConfigurationCase(
      "a number of many digits",
      withStrip(#"{"stage": "strip", "workers": \#(String(repeating: "9", count: 300))}"#),
      [
        "p.json:3:31: strip.workers is \(String(repeating: "9", count: 40))…; "
          + "give a whole number, 0 to 1024"
      ]),
    ConfigurationCase(
      "a string for a number", withStrip(#"{"stage": "strip", "workers": "many"}"#),
      [#"p.json:3:31: strip.workers is "many"; give a whole number, 0 to 1024"#]),
    ConfigurationCase(
      "null", withStrip(#"{"stage": "strip", "workers": null, "tables": null}"#),
      [
        "p.json:3:31: strip.workers is null; give a whole number, 0 to 1024",
        "p.json:3:47: strip.tables is null; give true or false",
      ]),
    ConfigurationCase(
      "yes for true", withStrip(#"{"stage": "strip", "title": "yes"}"#),
      [#"p.json:3:29: strip.title is "yes"; give true or false"#]),
    ConfigurationCase(
      "seconds out of range", withStrip(#"{"stage": "strip", "limits": {"seconds": 0}}"#),
      ["p.json:3:42: strip.limits.seconds is 0; give 0.1 to 3600"]),
    ConfigurationCase(
      "seconds as a string", withStrip(#"{"stage": "strip", "limits": {"seconds": "2s"}}"#),
      [#"p.json:3:42: strip.limits.seconds is "2s"; give a number, 0.1 to 3600"#]),
    ConfigurationCase(
      "a section that is no object", withStrip(#"{"stage": "strip", "limits": 5}"#),
      ["p.json:3:30: strip.limits is 5; give an object, { }"]),
    ConfigurationCase(
      "a preset misspelt", withStrip(#"{"stage": "strip", "preset": "Balanced"}"#),
      [#"p.json:3:30: strip.preset is "Balanced"; did you mean "balanced"?"#]),
    ConfigurationCase(
      "a preset nobody knows", withStrip(#"{"stage": "strip", "preset": "x"}"#),
      [#"p.json:3:30: strip.preset is "x"; give "balanced", "precision" or "recall""#]),
    ConfigurationCase(
      "a preset as a list", withStrip(#"{"stage": "strip", "preset": ["recall"]}"#),
      [
        #"p.json:3:30: strip.preset is a list; give "balanced", "precision" or "recall""#
      ]),
    ConfigurationCase(
      "formats",
      pipeline(
        fetch, strip,
        #"{"stage": "emit", "output": "o", "formats": ["text", "md", "text", "jsn", 1]}"#),
      [
        #"p.json:4:54: emit.formats[1] is "md"; give "text", "markdown", "json", "html", "tei", "jsonl" or "csv""#,
        #"p.json:4:60: emit.formats[2] is "text" again; remove one"#,
        #"p.json:4:68: emit.formats[3] is "jsn"; did you mean "json"?"#,
        #"p.json:4:75: emit.formats[4] is 1; give "text", "markdown", "json", "html", "tei", "jsonl" or "csv""#,
      ]),
    ConfigurationCase(
      "a format twice",
      pipeline(
        fetch, strip, #"{"stage": "emit", "output": "o", "formats": ["json", "json"]}"#),
      [#"p.json:4:54: emit.formats[1] is "json" again; remove one"#]),
    ConfigurationCase(
      "no formats", pipeline(fetch, strip, #"{"stage": "emit", "output": "o", "formats": []}"#),
      [
        #"p.json:4:45: emit.formats is empty; give at least one of "text", "markdown", "json", "html", "tei", "jsonl" or "csv""#
      ]),
    ConfigurationCase(
      "one format without brackets",
      pipeline(fetch, strip, #"{"stage": "emit", "output": "o", "formats": "text"}"#),
      [
        #"p.json:4:45: emit.formats is "text"; "#
          + #"give a list, [ ], of "text", "markdown", "json", "html", "tei", "jsonl" or "csv""#
      ]),
    ConfigurationCase(
      "paths",
      pipeline(
        #"{"stage": "fetch", "input": ["a", "", 3]}"#, strip,
        #"{"stage": "emit", "output": "a\u0000b"}"#),
      [
        #"p.json:2:35: fetch.input[1] is ""; give a path"#,
        "p.json:2:39: fetch.input[2] is 3; give a path",
        #"p.json:4:29: emit.output is "a\u0000b"; give a path"#,
      ]),
    ConfigurationCase(
      "no input", pipeline(#"{"stage": "fetch", "input": []}"#, strip, emit),
      ["p.json:2:29: fetch.input is empty; give at least one path"]),
    ConfigurationCase(
      "patterns",
      pipeline(
        #"{"stage": "fetch", "input": ["a"], "include": [], "exclude": ["/tmp/**", "", {}]}"#,
        strip, emit),
      [
        "p.json:2:47: fetch.include is empty; give at least one pattern",
        #"p.json:2:74: fetch.exclude[1] is ""; give a pattern such as "**/*.html""#,
        #"p.json:2:78: fetch.exclude[2] is an object; give a pattern such as "**/*.html""#,
      ]),
    ConfigurationCase(
      "languages",
      pipeline(
        fetch, strip, #"{"stage": "filter", "languages": ["english", "EN", "de", "de"]}"#, emit),
      [
        #"p.json:4:35: filter.languages[0] is "english"; "#
          + #"give a language of two or three small letters such as "en""#,
        #"p.json:4:46: filter.languages[1] is "EN"; "#
          + #"give a language of two or three small letters such as "en""#,
        #"p.json:4:58: filter.languages[3] is "de" again; remove one"#,
      ]),
    ConfigurationCase(
      "mistakes everywhere, in the order of the file",
      pipeline(
        #"{"stage": "fetch", "input": [], "workers": "1"}"#,
        #"{"stage": "strip", "limits": {"depth": 1, "dept": 2}}"#,
        #"{"stage": "normalise"}"#, emit),
      [
        "p.json:2:29: fetch.input is empty; give at least one path",
        #"p.json:2:44: fetch.workers is "1"; give a whole number, 0 to 1024"#,
        "p.json:3:40: strip.limits.depth is 1; give 16 to 10000",
        #"p.json:3:43: strip.limits has no key "dept"; "#
          + "its keys are pageMegabytes, depth, nodes, seconds, pageSeconds, "
          + "memoryMegabytes",
        #"p.json:4:11: stages[2].stage is "normalise"; did you mean "normalize"?"#,
      ]),
  ]
}
