// `winnow plan` for people and for programs: a plan in, lines or one JSON object out.

internal import Winnow

extension ConfigurationPlan {
  /// Changed pages whose lines are shown, and lines of each.
  private static let pagesShown = 5
  private static let linesShown = 6
  /// Columns of a line of a page.
  private static let width = 100

  /// - Parameters:
  ///   - old: What the old configuration is called; so `new`.
  package func text(from old: String, to new: String) -> String {
    var lines = [
      "\(old) -> \(new), over \(pages) pages of \(found) files",
      "documents: \(same) the same, \(changed) changed, \(gained) new, \(lost) lost; "
        + "\(withoutDocument + otherwiseMissing) pages without one",
      "words: \(oldWords) -> \(newWords) (\(Self.signed(newWords - oldWords))"
        + (oldWords > 0 ? ", \(Self.percent(newWords - oldWords, of: oldWords))" : "") + ")",
    ]
    let (oldNames, newNames) = (oldFormats.map(\.rawValue), newFormats.map(\.rawValue))
    if oldNames != newNames {
      lines.append(
        "formats: \(oldNames.joined(separator: ", ")) -> \(newNames.joined(separator: ", "))")
    }
    if !influences.isEmpty {
      lines += ["", "words that rules and options add or take:", "       old        new"]
      lines += influences.map { influence in
        let words = [influence.old, influence.new].map { Self.padded(Self.words($0), to: 10) }
        let isIdle = (influence.new ?? influence.old)?.blocks == 0
        return "\(words.joined(separator: " "))  \(EscapedPath(Array(influence.name.utf8)))"
          + (isIdle ? "  (holds for no block)" : "")
      }
    }
    if !changes.isEmpty { lines += ["", "changed, those that changed the most first:"] }
    for (index, change) in changes.enumerated() {
      lines.append(
        "\(EscapedPath(change.path)): \(Self.side(change.oldWords, change.oldMissing)) -> "
          + Self.side(change.newWords, change.newMissing)
          + (change.hasSameText ? " (the text is the same)" : ""))
      guard index < Self.pagesShown else { continue }
      lines += Self.shown(change.lines.removed, "-") + Self.shown(change.lines.added, "+")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func shown(_ lines: [String], _ sign: String) -> [String] {
    var shown = lines.prefix(linesShown).map { line in
      let whole = EscapedPath(Array(line.utf8)).description
      let cut = whole.count > width ? whole.prefix(width - 1) + "…" : whole
      return "  \(sign) \(cut)"
    }
    if lines.count > linesShown {
      shown.append("  \(sign) … and \(lines.count - linesShown) more lines")
    }
    return shown
  }

  private static func side(_ words: Int, _ missing: String?) -> String {
    missing ?? "\(words) words"
  }

  private static func words(_ effect: StripEffects.Effect?) -> String {
    effect.map { signed($0.words) } ?? "-"
  }

  private static func padded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  static func signed(_ number: Int) -> String { number > 0 ? "+\(number)" : "\(number)" }

  /// With one decimal and a sign, rounded towards zero.
  static func percent(_ part: Int, of whole: Int) -> String {
    let thousandths = whole == 0 ? 0 : abs(part) * 1000 / whole
    return (part > 0 ? "+" : part < 0 ? "-" : "") + "\(thousandths / 10).\(thousandths % 10) %"
  }

  package func json(from old: String, to new: String) -> [UInt8] {
    var json = JSONWriter(.pretty)
    json.beginObject()
    json.member("old", old)
    json.member("new", new)
    json.member("files", found)
    json.member("pages", pages)
    json.key("documents")
    json.beginObject()
    json.member("same", same)
    json.member("changed", changed)
    json.member("new", gained)
    json.member("lost", lost)
    json.member("none", withoutDocument + otherwiseMissing)
    json.endObject()
    json.key("words")
    json.beginObject()
    json.member("old", oldWords)
    json.member("new", newWords)
    json.endObject()
    json.key("influences")
    json.beginArray()
    for each in influences {
      json.beginObject()
      json.member("name", each.name)
      Self.append(each.old, "old", to: &json)
      Self.append(each.new, "new", to: &json)
      json.endObject()
    }
    json.endArray()
    json.key("changes")
    json.beginArray()
    for each in changes { Self.append(each, to: &json) }
    json.endArray()
    json.endObject()
    json.lineFeed()
    return json.bytes
  }

  private static func append(
    _ effect: StripEffects.Effect?, _ key: String, to json: inout JSONWriter
  ) {
    guard let effect else { return }
    json.key(key)
    json.beginObject()
    json.member("blocks", effect.blocks)
    json.member("words", effect.words)
    json.endObject()
  }

  private static func append(_ change: Change, to json: inout JSONWriter) {
    json.beginObject()
    json.member("path", path: change.path)
    json.member("oldWords", change.oldWords)
    json.member("newWords", change.newWords)
    if let missing = change.oldMissing { json.member("oldReason", missing) }
    if let missing = change.newMissing { json.member("newReason", missing) }
    for (key, lines) in [("removed", change.lines.removed), ("added", change.lines.added)] {
      json.key(key)
      json.beginArray()
      for line in lines { json.string(line) }
      json.endArray()
    }
    json.endObject()
  }
}
