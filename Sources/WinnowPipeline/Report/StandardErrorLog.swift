// Log records on standard error: as lines for people, or as JSON, a record a line.

package import Logging
internal import Winnow

/// The form of log records.
package enum LogFormat: String, Sendable, CaseIterable {
  case text, json
}

/// Writes log records to standard error.
package struct StandardErrorLog: LogHandler {
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?
  package var logLevel: Logger.Level = .info
  package let format: LogFormat
  private let target: StandardError

  package init(_ format: LogFormat, to target: StandardError) {
    self.format = format
    self.target = target
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// In the text form, metadata are left out: messages say all that people need.
  package func log(event: LogEvent) {
    switch format {
    case .text:
      let level = event.level >= .warning ? "\(event.level): " : ""
      target.write(lines: "winnow: \(level)\(event.message)")
    case .json:
      target.write(lines: json(event))
    }
  }

  private func json(_ event: LogEvent) -> String {
    var json = JSONWriter()
    json.beginObject()
    json.member("time", Clock.timestamp())
    json.member("level", "\(event.level)")
    json.member("message", "\(event.message)")
    let all = metadata.merging(event.metadata ?? [:]) { $1 }
    for (key, value) in all.sorted(by: { $0.key < $1.key }) { json.member(key, "\(value)") }
    json.endObject()
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
