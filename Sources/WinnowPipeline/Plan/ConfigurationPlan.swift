// What a new configuration would change: two configurations in, their documents for a sample of the
// inputs compared, counts and changed pages out. Nothing is written.

internal import Winnow

/// Two configurations compared over a sample.
package struct ConfigurationPlan: Sendable {
  /// What a rule, an option or a kind of residue did over the sample.
  package struct Influence: Sendable {
    /// As the configuration has it: `strip.drop {"phrase":"Read also"}`, `strip.captions`,
    /// `residue subscribe`.
    let name: String
    /// `nil` when the configuration does not have it.
    var old: StripEffects.Effect?
    var new: StripEffects.Effect?
  }

  /// A page whose document would be another.
  package struct Change: Sendable {
    let path: [UInt8]
    /// Words of the documents; 0 without one.
    let oldWords: Int
    let newWords: Int
    /// Why there is no document; `nil` with one.
    let oldMissing: String?
    let newMissing: String?
    let lines: LineChanges

    /// Whether only metadata or markup differ.
    var hasSameText: Bool {
      oldMissing == nil && newMissing == nil && lines.removed.isEmpty && lines.added.isEmpty
    }
  }

  /// Pages that both or one of the configurations were tried on.
  private(set) var pages = 0
  /// Files in the inputs.
  private(set) var found = 0
  private(set) var same = 0
  private(set) var withoutDocument = 0
  private(set) var oldWords = 0
  private(set) var newWords = 0
  /// The pages that changed the most first.
  private(set) var changes: [Change] = []
  private(set) var influences: [Influence] = []
  let oldFormats: [OutputFormat]
  let newFormats: [OutputFormat]

  package static let usualSize = 200

  /// - Parameters:
  ///   - size: About how many pages to try.
  /// - Throws: `InputError`.
  package init(
    from old: PipelineConfiguration, to new: PipelineConfiguration, size: Int
  ) throws {
    oldFormats = old.emit.formats
    newFormats = new.emit.formats
    let output = try? OutputFolder.existing(new.emit.output)
    let sample = try Self.sample(old, new, size, output)
    found = sample.found
    let (oldMaker, newMaker) = (PreviewMaker(old), PreviewMaker(new))
    var (oldEffects, newEffects) = (EffectSums(old), EffectSums(new))
    for (file, isOld, isNew) in sample.files {
      let olds = isOld ? oldMaker.previews(of: file) : [:]
      let news = isNew ? newMaker.previews(of: file) : [:]
      let paths = Set(olds.keys).union(news.keys)
      for path in paths.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        let before = olds[path] ?? PagePreview(missing: Self.notRead)
        let after = news[path] ?? PagePreview(missing: Self.notRead)
        oldEffects.add(before.effects)
        newEffects.add(after.effects)
        add(path, before, after)
      }
    }
    influences = EffectSums.joined(oldEffects, newEffects)
    changes.sort { left, right in
      let (one, two) = (left.weight, right.weight)
      return one == two ? left.path.lexicographicallyPrecedes(right.path) : one > two
    }
  }

  private static let notRead = "not-read"

  private mutating func add(_ path: [UInt8], _ before: PagePreview, _ after: PagePreview) {
    pages += 1
    oldWords += before.words
    newWords += after.words
    if !after.differs(from: before) {
      if after.missing == nil { same += 1 } else { withoutDocument += 1 }
      return
    }
    changes.append(
      Change(
        path: path, oldWords: before.words, newWords: after.words, oldMissing: before.missing,
        newMissing: after.missing, lines: LineChanges(from: before.text, to: after.text)))
  }

  var changed: Int { changes.count { $0.oldMissing == nil && $0.newMissing == nil } }
  var lost: Int { changes.count { $0.oldMissing == nil && $0.newMissing != nil } }
  var gained: Int { changes.count { $0.oldMissing != nil && $0.newMissing == nil } }
  /// Without a document before and after, for other reasons.
  var otherwiseMissing: Int { changes.count { $0.oldMissing != nil && $0.newMissing != nil } }

  /// The files that either configuration would read: those of the least ranks.
  private static func sample(
    _ old: PipelineConfiguration, _ new: PipelineConfiguration, _ size: Int, _ output: OutputFolder?
  ) throws -> (files: [(file: PageSample.File, isOld: Bool, isNew: Bool)], found: Int) {
    let news = try PageSample(of: new.fetch, size: size, output: output?.identity)
    if old.fetch.input == new.fetch.input && old.fetch.include == new.fetch.include
      && old.fetch.exclude == new.fetch.exclude && old.fetch.list == new.fetch.list
    {
      return (news.files.map { ($0, true, true) }, news.found)
    }
    let olds = try PageSample(of: old.fetch, size: size, output: output?.identity)
    let oldPaths = Set(olds.files.map(\.page))
    let newPaths = Set(news.files.map(\.page))
    // A file that is beyond one sample's last rank may be in those inputs all the same.
    let limit = min(olds.limit(size), news.limit(size))
    let files = (news.files + olds.files.filter { !newPaths.contains($0.page) })
      .filter { $0.rank <= limit }
      .map { ($0, oldPaths.contains($0.page), newPaths.contains($0.page)) }
    return (files, max(olds.found, news.found))
  }
}

extension ConfigurationPlan.Change {
  /// Words that come and go.
  fileprivate var weight: Int {
    abs(newWords - oldWords) + lines.removed.count + lines.added.count
      + ((oldMissing == nil) == (newMissing == nil) ? 0 : 1000)
  }
}

/// Effects over the sample, by the name of what has them.
private struct EffectSums {
  private let names: [StripEffects.Source: String]
  /// In the order of the configuration.
  private let order: [String]
  private var sums: [String: StripEffects.Effect] = [:]

  init(_ configuration: PipelineConfiguration) {
    var names: [StripEffects.Source: String] = [:]
    var order: [String] = []
    for (verdict, texts) in [
      (RuleDecision.Verdict.keep, configuration.ruleTexts("keep")),
      (.drop, configuration.ruleTexts("drop")),
    ] {
      for (place, text) in texts.enumerated() {
        let name = "strip.\(verdict.rawValue) \(text)"
        names[.rule(verdict, place)] = name
        // A rule that stands twice, or holds for nothing, is told all the same.
        if sums[name] == nil { order.append(name) }
        sums[name] = StripEffects.Effect()
      }
    }
    self.names = names
    self.order = order
  }

  mutating func add(_ effects: StripEffects) {
    for (source, effect) in effects.effects {
      let name =
        switch source {
        case .rule(let verdict, let place):
          names[source] ?? "strip.\(verdict.rawValue)[\(place)]"
        case .option(let option): "strip.\(option)"
        case .residue(let kind): "residue \(kind.rawValue)"
        }
      sums[name, default: StripEffects.Effect()] += effect
    }
  }

  static func joined(_ old: EffectSums, _ new: EffectSums) -> [ConfigurationPlan.Influence] {
    var names = new.order + old.order.filter { !new.order.contains($0) }
    let others = Set(old.sums.keys).union(new.sums.keys).subtracting(names)
    names += others.sorted()
    return names.map {
      ConfigurationPlan.Influence(name: $0, old: old.sums[$0], new: new.sums[$0])
    }
  }
}

extension PipelineConfiguration {
  /// The rules of `strip.keep` or `strip.drop` as they are written, on one line each.
  fileprivate func ruleTexts(_ list: String) -> [String] {
    guard let file = try? JSONValue(reading: text, .handwritten),
      let strip = file["stages"]?.array?.first(where: { $0["stage"]?.string == StripOptions.stage })
    else { return [] }
    return (strip[list]?.array ?? []).map { rule in
      var writer = JSONWriter()
      writer.value(rule)
      return String(decoding: writer.bytes, as: UTF8.self)
    }
  }
}

extension PageSample {
  /// The rank up to which all files are in the sample.
  fileprivate func limit(_ size: Int) -> UInt64 {
    files.count < size ? .max : files.map(\.rank).max() ?? .max
  }
}
