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
        guard case .section(let keys) = key.kind else { continue }
        page += "\n### \(type.stage).\(key.name)\n\n\(key.help)\n" + table(of: keys)
      }
    }
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
    let names = PipelineConfiguration.stages.filter(isWanted).map { "`\($0.stage)`" }
    guard let last = names.last, names.count > 1 else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " and " + last
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
    case .list(let element, let atLeast, _):
      "list of \(values(of: element))" + (atLeast > 0 ? ", at least \(atLeast)" : "")
    case .section: "object"
    }
  }

  private static func defaultText(of key: KeyFacts) -> String {
    guard let value = key.defaultValue else { return "must be given" }
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
