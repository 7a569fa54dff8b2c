// The declared keys as a page for people: docs/configuration.md is this text.

internal import Winnow

/// The description of pipeline.json, in Markdown.
package enum ConfigurationGuide {
  /// The page as text, ended by a line feed.
  package static func markdown() -> [UInt8] {
    var page = introduction
    for type in PipelineConfiguration.stages {
      page += "\n## \(type.stage)\n\n\(type.summary)"
      page += type.isRequired ? "\n" : " May be left out.\n"
      page += table(of: type.facts)
      for key in type.facts {
        guard let keys = key.kind.innerKeys else { continue }
        page += "\n### \(type.stage).\(key.name)\n\n\(key.help)\n" + table(of: keys)
      }
      if type.facts.contains(where: {
        $0.kind == .list(of: RuleKeys.kind, atLeast: 0, isUnique: false)
      }) {
        page += rules
      }
    }
    let tests = ConfigurationFile.rootKeys.first { $0.name == "tests" }?.help ?? ""
    page += "\n## tests\n\n\(tests) May be left out.\n" + table(of: ConfigurationTest.keys)
    return Array(page.utf8)
  }

  private static var introduction: String {
    """
    # pipeline.json

    <!-- Made by `winnow schema --markdown` from the declarations in
    Sources/WinnowPipeline/Configuration. Edit those. -->

    `winnow run` does what `pipeline.json` says: a list of stages, each with its options. Only \
    `fetch.input` and `emit.output` must be given; every other key has a default.

    ```jsonc
    {
      "stages": [
        {"stage": "fetch", "input": ["saved"], "exclude": ["drafts/**"]},
        {"stage": "strip", "preset": "precision", "limits": {"pageMegabytes": 16}},
        {"stage": "normalize"},
        {"stage": "filter", "minWords": 50, "languages": ["en", "de"]},
        {"stage": "emit", "output": "clean", "formats": ["text", "json"]},  // trailing commas too
      ],
      "tests": [
        {"page": "saved/spoons.html", "has": ["The silver spoon"], "lacks": ["Subscribe"]},
      ],
    }
    ```

    - The stages run in this order: \(names(where: { _ in true })). \
    \(names(where: { !$0.isRequired })) may be left out.
    - Comments (`//` and `/* */`) and trailing commas are allowed.
    - Relative paths in the file start at the folder of the file; paths on the command line start \
    at the working directory.
    - `winnow check` finds every mistake, with line and column. `winnow run` checks first and \
    starts only when there is none.
    - `winnow schema > pipeline.schema.json` and `"$schema": "pipeline.schema.json"` at the top of \
    the file let editors complete and check it.

    """
  }

  private static func names(where isWanted: (any StageOptions.Type) -> Bool) -> String {
    names(PipelineConfiguration.stages.filter(isWanted).map { $0.stage }, "and")
  }

  private static func names(_ names: [String], _ word: String) -> String {
    let names = names.map { "`\($0)`" }
    guard let last = names.last, names.count > 1 else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " \(word) " + last
  }

  /// How rules work, which no key alone says.
  private static var rules: String {
    """

    ### Rules

    ```json
    {"stage": "strip",
     "drop": [
       {"selector": ".share-bar, aside .promo"},
       {"phrase": "Read also", "hosts": ["*.example.org"]},
       {"regex": "(?i)^posted in \\\\w+$"}],
     "keep": [{"selector": "#spoiler p"}]}
    ```

    - A rule holds for a block of text when all that it names holds. `drop` wins over `keep`.
    - A selector covers all blocks below an element that it matches. It may hold elements, \
    `.class`, `#id`, `[attribute]` with `=`, `~=`, `|=`, `^=`, `$=` and `*=`, descendants, `>`, `+`, \
    `~`, `:not()` of one of these, `:first-child`, `:last-child`, `:nth-child()`, and commas. It \
    meets what Winnow keeps of a page: no scripts, styles, `svg`, forms' fields, no `tbody` that \
    the page does not write. `~` looks back over \(SelectorList.siblingReach) elements.
    - The attributes are \(names(SelectorList.attributeNames, "and")).
    - A phrase is plain text; the case of ASCII letters and the amount of white space do not matter.
    - A regular expression may hold `.`, classes, `\\d \\w \\s \\b` and their opposites, `^` and `$` \
    for the ends of the block, groups, alternatives, repetitions, and `(?i)` in front for any letter \
    case. It takes time in proportion to the text; references back and looking around are mistakes.

    """
  }

  private static func table(of keys: [KeyFacts]) -> String {
    var table = "\n| key | value | default | |\n|---|---|---|---|\n"
    for key in keys {
      table += "| `\(key.name)` | \(values(of: key.kind)) | \(defaultText(of: key)) | "
      table += "\(key.help) |\n"
    }
    return table
  }

  private static func values(of kind: ValueKind) -> String {
    switch kind {
    case .boolean: "`true` or `false`"
    case .integer: "whole number, \(kind.range)"
    case .number: "number, \(kind.range)"
    case .choice(let names): names.map { "`\"\($0)\"`" }.joined(separator: ", ")
    case .text(let rule): rule.noun
    case .list(.text(let rule), let atLeast, _):
      "list of \(rule.plural)" + (atLeast > 0 ? ", at least \(atLeast)" : "")
    case .list(.rule(_, let oneOf), _, _):
      "list of objects, each with at least one of \(names(oneOf, "or"))"
    case .list(let element, let atLeast, _):
      "list of \(values(of: element))" + (atLeast > 0 ? ", at least \(atLeast)" : "")
    case .section: "object"
    case .rule(_, let oneOf): "rules, each with at least one of \(names(oneOf, "or"))"
    }
  }

  private static func defaultText(of key: KeyFacts) -> String {
    guard let value = key.defaultValue else {
      return key.isRequired ? "must be given" : "may be left out"
    }
    if case .section = key.kind { return "see below" }
    if let values = value.array, values.count > 1 {
      return values.map { "`\(code($0))`" }.joined(separator: " ")
    }
    return "`\(code(value))`"
  }

  private static func code(_ value: JSONValue) -> String {
    var writer = JSONWriter()
    writer.value(value)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
