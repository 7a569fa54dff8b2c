// Texts that people already have in, how much residue stands in them out.

package import Winnow

/// Counts residue in texts; nothing is changed.
package struct ResidueSurvey: Sendable {
  /// Most different lines that are remembered; later ones are counted by kind alone.
  private static let mostLines = 200_000

  package private(set) var documents = 0
  package private(set) var documentsWithResidue = 0
  /// Lines of residue by kind.
  package private(set) var kinds: [String: Int] = [:]
  /// Documents, those with residue and lines of residue, by host.
  package private(set) var sites: [String: (documents: Int, withResidue: Int, lines: Int)] = [:]
  private var lines: [String: Int] = [:]
  private let options: ResidueOptions

  package init(_ options: ResidueOptions = ResidueOptions()) {
    var options = options
    options.mode = .mark
    self.options = options
  }

  /// Looks at one text.
  ///
  /// - Parameter url: Where it is from, if known.
  package mutating func add(text: String, url: String?) {
    let found = Document(text: text, options).residueLines
    documents += 1
    if !found.isEmpty { documentsWithResidue += 1 }
    for line in found {
      kinds[line.kind.rawValue, default: 0] += 1
      if lines.count < Self.mostLines || lines[line.text] != nil {
        lines[line.text, default: 0] += 1
      }
    }
    guard let host = url.flatMap(Self.host) else { return }
    var site = sites[host] ?? (0, 0, 0)
    site.documents += 1
    site.withResidue += found.isEmpty ? 0 : 1
    site.lines += found.count
    sites[host] = site
  }

  /// Looks at the texts of a file: of each object, one a line, if it is called `*.jsonl`, else the
  /// file itself.
  ///
  /// - Returns: Lines that are no object with a member `text`.
  package mutating func add(file bytes: [UInt8], isJSONLines: Bool) -> Int {
    guard isJSONLines else {
      add(text: String(decoding: bytes, as: UTF8.self), url: nil)
      return 0
    }
    var unread = 0
    for line in bytes.split(separator: 0x0A) {
      guard let object = try? JSONValue(reading: Array(line)), let text = object["text"]?.string
      else {
        unread += 1
        continue
      }
      let url = object["url"]?.string ?? object["metadata"]?["url"]?.string
      add(text: text, url: url)
    }
    return unread
  }

  /// The most frequent lines, and the first of those that are equally so.
  package func mostFrequentLines(_ count: Int) -> [(line: String, count: Int)] {
    lines.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(count)
      .map { (line: $0.key, count: $0.value) }
  }

  private static func host(of url: String) -> String? {
    guard let start = url.utf8.firstIndex(of: 0x3A) else { return nil }
    let rest = url[start...].dropFirst().drop { $0 == "/" }
    let host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" && $0 != ":" }
    return host.isEmpty ? nil : host.lowercased()
  }
}
