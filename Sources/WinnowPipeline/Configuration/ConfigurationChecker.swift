// A configuration's text against the declared keys: out comes every mistake there is, or the
// configuration. Knows what stages and keys are, but none by name.

internal import Winnow

extension PipelineConfiguration {
  /// Reads and checks a whole configuration. Paths stay as they are written.
  ///
  /// - Parameters:
  ///   - text: JSON with comments and trailing commas, UTF-8.
  ///   - file: Its name, for messages.
  /// - Throws: every mistake that was found.
  package init(checking text: [UInt8], file: String) throws(ConfigurationMistakes) {
    var checker = ConfigurationChecker(text: text, file: file)
    let found = checker.stages()
    guard checker.mistakes.isEmpty else {
      throw ConfigurationMistakes(mistakes: checker.sortedMistakes)
    }
    func options<Options: StageOptions>(_: Options.Type) -> Options? {
      guard let section = found.first(where: { $0.type == Options.self }) else { return nil }
      var options = Options()
      Options.store(section.value, into: &options)
      return options
    }
    self.init(
      fetch: options(FetchOptions.self) ?? FetchOptions(),
      strip: options(StripOptions.self) ?? StripOptions(),
      normalize: options(NormalizeOptions.self), filter: options(FilterOptions.self),
      emit: options(EmitOptions.self) ?? EmitOptions())
    tests = checker.tests
  }
}

/// Checks one text; collects mistakes and goes on.
struct ConfigurationChecker {
  let text: [UInt8]
  let file: String
  private var found: [(offset: Int, mistake: ConfigurationMistake)] = []
  /// Of the file, once its stages were asked for.
  private(set) var tests: [ConfigurationTest] = []

  init(text: [UInt8], file: String) {
    self.text = text
    self.file = file
  }

  var mistakes: [ConfigurationMistake] { found.map(\.mistake) }

  /// In the order of the file.
  var sortedMistakes: [ConfigurationMistake] {
    found.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
      .map(\.element.mistake)
  }

  struct Section {
    let type: any StageOptions.Type
    let value: JSONValue
    let offset: Int
  }

  // MARK: The file and its stages

  /// The stages that stand in the file, checked.
  mutating func stages() -> [Section] {
    let root: JSONValue
    do throws(JSONSyntaxError) {
      root = try JSONValue(reading: text, .handwritten)
    } catch {
      add(.syntax(error.reason), "", at: error.offset)
      return []
    }
    guard let members = root.object else {
      add(.wrongValue(seen: seen(root), expected: "an object, { }"), "", at: root)
      return []
    }
    checkNames(of: members, allowed: ConfigurationFile.rootKeys.map(\.name), "")
    if let schema = root["$schema"], schema.string == nil {
      add(
        .wrongValue(seen: seen(schema), expected: "an address as a string"), "$schema", at: schema)
    }
    if let tests = root["tests"] {
      check(tests, ConfigurationTest.kind, "tests")
      self.tests = (tests.array ?? []).compactMap(ConfigurationTest.init)
    }
    guard let list = root["stages"] else {
      add(.missingKey("stages", expected: "a list of stages"), "", at: root)
      return []
    }
    guard let entries = list.array else {
      add(.wrongValue(seen: seen(list), expected: "a list of stages"), "stages", at: list)
      return []
    }
    let sections = entries.enumerated().compactMap { section($1, "stages[\($0)]") }
    checkOrder(of: sections, in: list)
    return sections
  }

  /// One entry of the list of stages, its keys checked; `nil` when it is no known stage.
  private mutating func section(_ entry: JSONValue, _ place: String) -> Section? {
    let names = PipelineConfiguration.stages.map { $0.stage }
    guard let members = entry.object else {
      add(
        .wrongValue(seen: seen(entry), expected: "an object such as {\"stage\": \"fetch\"}"), place,
        at: entry)
      return nil
    }
    guard let name = members.first(where: { $0.key == "stage" })?.value else {
      let expected = "one of \(names.joined(separator: ", "))"
      add(.missingKey("stage", expected: expected), place, at: entry)
      return nil
    }
    guard let type = PipelineConfiguration.stages.first(where: { $0.stage == name.string }) else {
      checkChoice(name, names, "\(place).stage")
      return nil
    }
    checkObject(members, type.facts, type.stage, at: entry, also: ["stage"])
    return Section(type: type, value: entry, offset: name.range.lowerBound)
  }

  private mutating func checkOrder(of sections: [Section], in list: JSONValue) {
    let order = PipelineConfiguration.stages.map { $0.stage }
    var seen: [Section] = []
    var furthest = -1
    for section in sections {
      if let first = seen.first(where: { $0.type == section.type }) {
        add(
          .repeatedStage(section.type.stage, firstLine: line(of: first.offset)), "",
          at: section.offset)
        continue
      }
      seen.append(section)
      let rank = order.firstIndex(of: section.type.stage) ?? 0
      if rank < furthest {
        add(
          .stageOutOfOrder(section.type.stage, after: order[furthest], order: order), "",
          at: section.offset)
      }
      furthest = max(furthest, rank)
    }
    for type in PipelineConfiguration.stages
    where type.isRequired && !seen.contains(where: { $0.type == type }) {
      add(.missingStage(type.stage, order: order), "", at: list)
    }
  }

  // MARK: Objects

  /// - Parameter also: Keys that are allowed and checked by the caller.
  private mutating func checkObject(
    _ members: [JSONMember], _ keys: [KeyFacts], _ place: String, at object: JSONValue,
    also: [String] = []
  ) {
    checkNames(of: members, allowed: also + keys.map(\.name), place)
    for key in keys {
      if let member = members.last(where: { $0.key == key.name }) {
        check(member.value, key.kind, "\(place).\(key.name)")
      } else if key.isRequired {
        add(.missingKey(key.name, expected: key.kind.expectation), place, at: object)
      }
    }
  }

  private mutating func checkNames(
    of members: [JSONMember], allowed: [String], _ place: String
  ) {
    for (index, member) in members.enumerated() {
      if !allowed.contains(member.key) {
        // A key that is there already is not what was meant.
        let free = allowed.filter { name in !members.contains { $0.key == name } }
        add(
          .unknownKey(
            member.key, nearest: nearestName(to: member.key, in: free), allowed: allowed),
          place, at: member.keyRange.lowerBound)
      } else if let first = members[..<index].first(where: { $0.key == member.key }) {
        add(
          .repeatedKey(member.key, firstLine: line(of: first.keyRange.lowerBound)), place,
          at: member.keyRange.lowerBound)
      }
    }
  }

  // MARK: Values

  private mutating func check(_ value: JSONValue, _ kind: ValueKind, _ place: String) {
    switch kind {
    case .boolean:
      if value.bool == nil { addWrong(value, kind.expectation, place) }
    case .integer(let range):
      guard let number = value.integer else { return addWrong(value, kind.expectation, place) }
      if !range.contains(number) { addWrong(value, kind.range, place) }
    case .number(let range):
      guard let number = value.number else { return addWrong(value, kind.expectation, place) }
      if !range.contains(number) { addWrong(value, kind.range, place) }
    case .choice(let names): checkChoice(value, names, place)
    case .text(let rule):
      guard let string = value.string, rule.allows(string) else {
        return addWrong(value, kind.expectation, place)
      }
      if let mistake = rule.mistake(in: string) {
        add(.wrongRule(mistake), place, at: offset(ofColumn: mistake.column, in: value))
      }
    case .list(let element, let atLeast, let isUnique):
      guard let values = value.array else { return addWrong(value, kind.expectation, place) }
      if values.count < atLeast { add(.tooFew(expected: element.oneAtLeast), place, at: value) }
      for (index, each) in values.enumerated() {
        check(each, element, "\(place)[\(index)]")
        if isUnique, values[..<index].contains(each) {
          add(.repeatedValue(seen: seen(each)), "\(place)[\(index)]", at: each)
        }
      }
    case .section(let keys):
      guard let members = value.object else { return addWrong(value, kind.expectation, place) }
      checkObject(members, keys, place, at: value)
    case .rule(let keys, let oneOf):
      guard let members = value.object else { return addWrong(value, kind.expectation, place) }
      checkObject(members, keys, place, at: value)
      if !members.contains(where: { oneOf.contains($0.key) }) {
        add(.noneOf(oneOf), place, at: value)
      }
    }
  }

  private mutating func checkChoice(_ value: JSONValue, _ names: [String], _ place: String) {
    guard let name = value.string else {
      return addWrong(value, ConfigurationMistake.oneOf(names), place)
    }
    guard !names.contains(name) else { return }
    add(
      .unknownName(seen: seen(value), nearest: nearestName(to: name, in: names), allowed: names),
      place, at: value)
  }

  // MARK: Mistakes

  private mutating func addWrong(_ value: JSONValue, _ expected: String, _ place: String) {
    add(.wrongValue(seen: seen(value), expected: expected), place, at: value)
  }

  private mutating func add(
    _ reason: ConfigurationMistake.Reason, _ key: String, at value: JSONValue
  ) {
    add(reason, key, at: value.range.lowerBound)
  }

  private mutating func add(
    _ reason: ConfigurationMistake.Reason, _ key: String, at offset: Int
  ) {
    let position = TextPosition(of: offset, in: text)
    found.append(
      (offset, ConfigurationMistake(file: file, position: position, key: key, reason: reason)))
  }

  /// Where in the file a column of a string's content stands; the string's start without one.
  private func offset(ofColumn column: Int?, in value: JSONValue) -> Int {
    guard let column else { return value.range.lowerBound }
    // After the opening quote; a scalar is one of the file's or an escape.
    var at = value.range.lowerBound + 1
    var scalar = 1
    while scalar < column, at < value.range.upperBound - 1 {
      if text[at] == UInt8(ascii: "\\") {
        guard text[at + 1] == UInt8(ascii: "u") else {
          at += 2
          scalar += 1
          continue
        }
        // The first half of a pair counts with its second.
        let isHigh =
          text[at + 2] | 0x20 == UInt8(ascii: "d")
          && [UInt8(ascii: "8"), UInt8(ascii: "9"), UInt8(ascii: "a"), UInt8(ascii: "b")]
            .contains(text[at + 3] | 0x20)
        at += isHigh ? 12 : 6
      } else {
        at += 1
        while text[at] & 0xC0 == 0x80 { at += 1 }
      }
      scalar += 1
    }
    return at
  }

  private func line(of offset: Int) -> Int { TextPosition(of: offset, in: text).line }

  /// The value as it stands in the file, or what it is when that takes room.
  private func seen(_ value: JSONValue) -> String {
    switch value.content {
    case .array: return "a list"
    case .object: return "an object"
    case .string(let string): return ConfigurationMistake.quote(string)
    case .null, .bool, .integer, .double:
      let source = String(decoding: text[value.range], as: UTF8.self)
      return source.utf8.count > 40 ? source.prefix(40) + "…" : source
    }
  }
}

extension ValueKind {
  /// What to give, as it follows "give".
  var expectation: String {
    switch self {
    case .boolean: "true or false"
    case .integer: "a whole number, \(range)"
    case .number: "a number, \(range)"
    case .choice(let names): ConfigurationMistake.oneOf(names)
    case .text(let rule): rule.noun
    case .list(.text(let rule), _, _): "a list of \(rule.plural), [ ]"
    case .list(let element, _, _): "a list, [ ], of \(element.expectation)"
    case .section, .rule: "an object, { }"
    }
  }

  /// What a list must have at least one of, as it follows "give at least".
  var oneAtLeast: String {
    switch self {
    case .text(let rule): "one \(rule.singular)"
    case .choice: "one of \(expectation)"
    default: "one, \(expectation)"
    }
  }

  /// The bounds of a number, `1 to 1024`; empty for other kinds.
  var range: String {
    switch self {
    case .integer(let range): return "\(range.lowerBound) to \(range.upperBound)"
    case .number(let range):
      var writer = JSONWriter()
      writer.value(.shortest(range.lowerBound))
      let lower = String(decoding: writer.bytes, as: UTF8.self)
      writer.removeAll()
      writer.value(.shortest(range.upperBound))
      return "\(lower) to \(String(decoding: writer.bytes, as: UTF8.self))"
    default: return ""
    }
  }
}
