// An explanation as one JSON object, for programs: always the same keys, `null` where there is
// nothing to say.

extension Explanation {
  package func json(_ only: Selection? = nil) -> [UInt8] {
    var json = JSONWriter(.pretty)
    json.beginObject()
    json.member("title", text: title)
    json.member("url", text: url)
    json.member("encoding", encoding.label)
    json.member("preset", preset.rawValue)
    json.member("confidence", number: confidence)
    json.member("threshold", number: threshold.map(Double.init))
    json.member("baseline", number: baseline)
    json.key("degradations")
    json.beginArray()
    for each in degradations { json.string(each.rawValue) }
    json.endArray()
    json.key("counts")
    json.beginObject()
    json.member("blocks", count: blocks.count)
    json.member("keptBlocks", count: keptBlocks)
    json.member("words", count: words)
    json.member("keptWords", count: keptWords)
    json.endObject()
    json.key("blocks")
    json.beginArray()
    for block in blocks where only?.includes(block) ?? true { json.write(block) }
    json.endArray()
    json.endObject()
    json.lineFeed()
    return json.bytes
  }
}

extension JSONWriter {
  fileprivate mutating func write(_ block: Explanation.Block) {
    beginObject()
    member("number", count: block.number)
    member("decision", block.decision.isKept ? "kept" : "dropped")
    member("by", block.decision.reason)
    member("rule", text: block.rule)
    member("option", text: block.option)
    member("copyOf", count: block.copyOf)
    member("role", text: block.role?.rawValue)
    member("probability", number: block.probability.map(Double.init))
    key("reasons")
    beginArray()
    for reason in block.reasons {
      beginObject()
      member("feature", reason.feature)
      member("value", number: Double(reason.value))
      member("weight", number: Double(reason.weight))
      endObject()
    }
    endArray()
    member("path", block.path)
    member("words", count: block.words)
    member("text", block.text)
    key("residue")
    beginArray()
    for line in block.residue {
      beginObject()
      member("kind", line.kind.rawValue)
      member("text", line.text)
      endObject()
    }
    endArray()
    endObject()
  }

  fileprivate mutating func member(_ key: String, count: Int?) {
    self.key(key)
    if let count { integer(count) } else { null() }
  }

  fileprivate mutating func member(_ key: String, text: String?) {
    self.key(key)
    if let text { string(text) } else { null() }
  }

  /// A number to four decimals.
  fileprivate mutating func member(_ key: String, number: Double?) {
    self.key(key)
    if let number { double(ExplainedNumber.rounded(number)) } else { null() }
  }
}
