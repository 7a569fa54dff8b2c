// What of a configuration decides a page's document, as one hash: the options in, with the
// program's release and model.

internal import Winnow

extension PipelineConfiguration {
  /// A hash that changes when a page's document or its outcome could.
  ///
  /// Where pages come from, where documents go and how many workers there are do not count: a page
  /// gives the same document wherever it stands. Every other option does, also those that are
  /// added later, since all stored values of the options are visited, whatever they are called.
  package var documentDigest: ContentHash {
    var relevant = self
    relevant.fetch = FetchOptions()
    // A page that is not wanted has an outcome too.
    relevant.fetch.select = fetch.select
    relevant.strip.workers = 0
    relevant.strip.isolation = .none
    relevant.normalize?.workers = 0
    relevant.filter?.workers = 0
    relevant.emit.output = []
    relevant.emit.workers = 0
    relevant.emit.prune = .keep
    relevant.emit.packing = .none
    relevant.emit.shardBytes = EmitOptions().shardBytes
    relevant.tests = []
    relevant.text = []
    let models = ContentHash(Release.modelTables())
    var text = "\(Release.version)\n\(Release.extraction)\n\(models)\n"
    Self.describe(relevant, into: &text)
    return ContentHash(Array(text.utf8))
  }

  fileprivate static func text(of value: Any) -> String {
    var text = ""
    describe(value, into: &text)
    return text
  }

  /// Writes a value with all it holds, in an order that does not depend on chance.
  private static func describe(_ value: Any, into text: inout String) {
    let mirror = Mirror(reflecting: value)
    if mirror.children.isEmpty {
      text += "\(value);"
      return
    }
    var parts = mirror.children.map { child in
      var part = "\(child.label ?? ""):"
      describe(child.value, into: &part)
      return part
    }
    if mirror.displayStyle == .set || mirror.displayStyle == .dictionary { parts.sort() }
    text += "\(mirror.subjectType){"
    for part in parts { text += part }
    text += "}"
  }
}

extension FetchOptions {
  /// A hash that changes when a container could give other pages.
  /// Hash of the inputs and of all that says which of their pages are wanted.
  var inputDigest: ContentHash {
    var bytes = containerDigest.bytes
    for each in input { bytes += each + [0] }
    return ContentHash(bytes)
  }

  var containerDigest: ContentHash {
    var relevant = FetchOptions()
    relevant.include = include
    relevant.exclude = exclude
    relevant.companions = companions
    relevant.select = select
    relevant.records = records
    relevant.lines = lines
    relevant.archives = archives
    return ContentHash(Array(PipelineConfiguration.text(of: relevant).utf8))
  }
}
