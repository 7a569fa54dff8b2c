// The `fetch.records`, `fetch.lines` and `fetch.archives` sections of pipeline.json: what is taken from containers.

/// Options for the records of web archives.
package struct RecordOptions: Sendable, Equatable {
  /// Pages that the server sent with another status than 200 to 299.
  package var includesErrors = false

  package init() {}
}

extension RecordOptions: ConfigurationOptions {
  package static let keys: [ConfigurationKey<RecordOptions>] = [
    .boolean(
      "errors", \.includesErrors,
      "Takes pages that were sent with an HTTP status other than 200 to 299, too.")
  ]
}

/// Names of the fields of a JSON line.
package struct LineOptions: Sendable, Equatable {
  package var html = "html"
  package var text = "text"
  package var url = "url"
  package var id = "id"

  package init() {}
}

extension LineOptions: ConfigurationOptions {
  package static let keys: [ConfigurationKey<LineOptions>] = [
    .text("html", \.html, .field, "The field that holds a page."),
    .text(
      "text", \.text, .field,
      "The field that holds plain text, from which nothing is stripped; asked when the line has no page."
    ),
    .text("url", \.url, .field, "The field that holds the page's address."),
    .text(
      "id", \.id, .field, "The field that holds what the page is called; text or a whole number."),
  ]
}

/// Options for zip, tar and 7z archives.
package struct ArchiveOptions: Sendable, Equatable {
  /// Most bytes one archive may give.
  package var unpackedBytes = 256 << 30

  package init() {}
}

extension ArchiveOptions: ConfigurationOptions {
  package static let keys: [ConfigurationKey<ArchiveOptions>] = [
    .gigabytes(
      "unpackedGigabytes", \.unpackedBytes, 1...1_048_576,
      """
      Gigabytes (1,073,741,824 bytes) that one archive may give; reading it ends there, and it is \
      a recorded failure. So it is when an archive gives more than 1000 times its size.
      """)
  ]
}
