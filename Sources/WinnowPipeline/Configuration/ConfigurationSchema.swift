// The declared keys as a JSON Schema (draft 2020-12): what `winnow schema` prints.

package import Winnow

/// The schema of pipeline.json. It allows what the checker allows, with exceptions that JSON Schema
/// cannot say: keys that stand twice, numbers too large to be held, and the syntax of selectors,
/// regular expressions and hosts.
package enum ConfigurationSchema {
  /// The schema as text, ended by a line feed.
  package static func text() -> [UInt8] {
    var writer = JSONWriter(.pretty)
    writer.value(value())
    writer.lineFeed()
    return writer.bytes
  }

  package static func value() -> JSONValue {
    [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "winnow pipeline.json",
      "description": "The stages of a winnow pipeline and their options.",
      "type": "object",
      "properties": [
        "$schema": ["description": help("$schema"), "type": "string"],
        "stages": stages(),
        "tests": tests(),
      ],
      "required": ["stages"],
      "additionalProperties": false,
      "$defs": JSONValue(
        .object(PipelineConfiguration.stages.map { JSONMember($0.stage, definition(of: $0)) })),
    ]
  }

  private static func help(_ rootKey: String) -> JSONValue {
    text(ConfigurationFile.rootKeys.first { $0.name == rootKey }?.help ?? "")
  }

  /// The list of stages: what each entry is, and which orders there are.
  private static func stages() -> JSONValue {
    let types = PipelineConfiguration.stages
    let entry: JSONValue = [
      "type": "object",
      "required": ["stage"],
      "properties": ["stage": ["enum": .strings(types.map { $0.stage })]],
      // One definition for each name, so that an editor offers the keys of that stage alone.
      "allOf": list(
        types.map { type in
          [
            "if": [
              "properties": ["stage": ["const": text(type.stage)]], "required": ["stage"],
            ],
            "then": ["$ref": text("#/$defs/\(type.stage)")],
          ]
        }),
    ]
    return [
      "description": help("stages"),
      "type": "array",
      "items": entry,
      "anyOf": list(orders().map(order)),
    ]
  }

  private static func tests() -> JSONValue {
    let members = [JSONMember("description", help("tests"))]
    return JSONValue(.object(members + constraints(ConfigurationTest.kind)))
  }

  /// Every list of stages that keeps the order and leaves out none that is required.
  private static func orders() -> [[String]] {
    PipelineConfiguration.stages.reduce([[]]) { orders, type in
      let with = orders.map { $0 + [type.stage] }
      return type.isRequired ? with : with + orders
    }
  }

  private static func order(_ stages: [String]) -> JSONValue {
    [
      "minItems": JSONValue(.integer(stages.count)),
      "maxItems": JSONValue(.integer(stages.count)),
      "prefixItems": list(
        stages.map { ["properties": ["stage": ["const": text($0)]]] }),
    ]
  }

  private static func definition(of type: any StageOptions.Type) -> JSONValue {
    let name = JSONMember(
      "stage", ["const": text(type.stage), "description": text(type.summary)])
    return object(type.facts, first: [name], required: ["stage"], description: type.summary)
  }

  private static func object(
    _ keys: [KeyFacts], first: [JSONMember] = [], required: [String] = [],
    description: String? = nil
  ) -> JSONValue {
    var members: [JSONMember] = []
    if let description { members.append(JSONMember("description", text(description))) }
    members += [
      JSONMember("type", "object"),
      JSONMember(
        "properties", JSONValue(.object(first + keys.map { JSONMember($0.name, property($0)) }))),
    ]
    let required = required + keys.filter(\.isRequired).map(\.name)
    if !required.isEmpty { members.append(JSONMember("required", .strings(required))) }
    members.append(JSONMember("additionalProperties", false))
    return JSONValue(.object(members))
  }

  private static func property(_ key: KeyFacts) -> JSONValue {
    var members = [JSONMember("description", text(key.help))]
    members += constraints(key.kind)
    if let value = key.defaultValue { members.append(JSONMember("default", value)) }
    return JSONValue(.object(members))
  }

  private static func constraints(_ kind: ValueKind) -> [JSONMember] {
    switch kind {
    case .boolean: return [JSONMember("type", "boolean")]
    case .integer(let range):
      return [
        JSONMember("type", "integer"),
        JSONMember("minimum", JSONValue(.integer(range.lowerBound))),
        JSONMember("maximum", JSONValue(.integer(range.upperBound))),
      ]
    case .number(let range):
      return [
        JSONMember("type", "number"),
        JSONMember("minimum", .shortest(range.lowerBound)),
        JSONMember("maximum", .shortest(range.upperBound)),
      ]
    case .choice(let names): return [JSONMember("enum", .strings(names))]
    case .text(let rule):
      return [JSONMember("type", "string"), JSONMember("pattern", text(rule.expression))]
    case .list(let element, let atLeast, let isUnique):
      var members = [
        JSONMember("type", "array"),
        JSONMember("items", JSONValue(.object(constraints(element)))),
      ]
      if atLeast > 0 { members.append(JSONMember("minItems", JSONValue(.integer(atLeast)))) }
      if isUnique { members.append(JSONMember("uniqueItems", true)) }
      return members
    case .section(let keys): return object(keys).object ?? []
    case .rule(let keys, let oneOf):
      let choices = list(oneOf.map { ["required": .strings([$0])] })
      return (object(keys).object ?? []) + [JSONMember("anyOf", choices)]
    }
  }

  private static func text(_ text: String) -> JSONValue { JSONValue(.string(text)) }
  private static func list(_ values: [JSONValue]) -> JSONValue { JSONValue(.array(values)) }
}
