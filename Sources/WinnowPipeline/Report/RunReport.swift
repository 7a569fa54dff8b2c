// `winnow-report.json`: what a run did, written into its output folder when it ends.

internal import Winnow

/// The facts of a run that has ended.
package struct RunReport: Sendable {
  package static let fileName = "winnow-report.json"

  package let inputs: [[UInt8]]
  package let output: [UInt8]
  package let end: RunEnd
  package let exit: ExitStatus
  /// ISO 8601, UTC.
  package let started: String
  package let ended: String
  /// Nanoseconds from the first page looked for to the last written.
  package let elapsed: UInt64
  package let tally: RunTally
  package let stages: [StageCost]
  /// Files of many documents.
  package let shards: [ShardFacts]

  package init(
    inputs: [[UInt8]], output: [UInt8], end: RunEnd, exit: ExitStatus, started: String,
    ended: String, elapsed: UInt64, tally: RunTally, stages: [StageCost],
    shards: [ShardFacts] = []
  ) {
    self.inputs = inputs
    self.output = output
    self.end = end
    self.exit = exit
    self.started = started
    self.ended = ended
    self.elapsed = elapsed
    self.tally = tally
    self.stages = stages
    self.shards = shards
  }

  /// Writes the report; the lists are sorted, so that they do not depend on the order of work.
  package func write(to folder: OutputFolder, lists: RunRecorder) throws(OutputError) {
    let target = OutputPath(own: Self.fileName)
    try folder.replace(target) { (file) throws(SystemError) in
      var json = JSONWriter(.pretty)
      json.beginObject()
      append(to: &json)
      for (name, list) in [
        ("failures", lists.failures), ("filteredPages", lists.filtered),
        ("degradedPages", lists.degraded),
      ] {
        json.key(name)
        json.beginArray()
        try list.forEach { (entry) throws(SystemError) in
          entry.append(to: &json)
          try file.write(json.take())
        }
        json.endArray()
      }
      json.endObject()
      json.lineFeed()
      try file.write(json.take())
    }
  }

  private func append(to json: inout JSONWriter) {
    json.member("end", end.word)
    json.member("exitCode", Int(exit.rawValue))
    json.member("started", started)
    json.member("ended", ended)
    json.member("seconds", nanoseconds: elapsed)
    json.key("inputs")
    json.beginArray()
    for input in inputs {
      json.beginObject()
      json.member("path", path: input)
      json.endObject()
    }
    json.endArray()
    json.member("output", path: output)
    appendCounts(to: &json)
    json.key("stages")
    json.beginArray()
    for stage in stages { stage.append(to: &json) }
    json.endArray()
    json.key("shards")
    json.beginArray()
    for shard in shards {
      json.beginObject()
      json.member("path", path: shard.path)
      json.member("rows", shard.rows)
      json.member("bytes", shard.bytes)
      json.endObject()
    }
    json.endArray()
  }

  private func appendCounts(to json: inout JSONWriter) {
    json.key("pages")
    json.beginObject()
    json.member("found", tally.found)
    json.member("written", tally.written)
    json.member("filtered", tally.filteredPages)
    json.member("failed", tally.failedPages)
    json.member("quarantined", tally.quarantined)
    json.member("unchanged", tally.unchanged)
    json.member("gone", tally.gone)
    json.member("pruned", tally.pruned)
    json.member("degraded", tally.degraded)
    json.member("cutShort", tally.cutShort)
    json.member("withReplacements", tally.pagesWithReplacements)
    json.endObject()
    json.member("failed", tally.failed)
    json.member("filtered", tally.filtered)
    json.member("degraded", tally.degradations)
    json.member("passedOver", tally.passedOver)
    json.key("bytes")
    json.beginObject()
    json.member("stored", tally.bytesStored)
    json.member("read", tally.bytesRead)
    json.member("written", tally.bytesWritten)
    json.endObject()
    json.member("encodings", tally.encodings)
    json.member("encodingSources", tally.encodingSources)
    json.member("residue", tally.residue)
  }
}

extension RunEnd {
  var word: String {
    switch self {
    case .finished: "finished"
    case .stopped: "stopped"
    case .lost(let message): "failed: \(message)"
    }
  }
}

extension StageCost {
  fileprivate func append(to json: inout JSONWriter) {
    json.beginObject()
    json.member("name", name)
    json.member("workers", workers)
    json.member("items", items)
    json.member("cpuSeconds", nanoseconds: cpu)
    json.member("busySeconds", nanoseconds: busy)
    json.endObject()
  }
}

extension PageListEntry {
  fileprivate func append(to json: inout JSONWriter) {
    json.beginObject()
    json.member("path", path: path)
    json.member("stage", stage)
    json.member("reason", reason)
    if !message.isEmpty { json.member("message", message) }
    json.endObject()
  }
}
