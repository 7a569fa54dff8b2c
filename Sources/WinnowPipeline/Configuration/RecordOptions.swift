// The `fetch.records`, `fetch.lines` and `fetch.archives` sections of pipeline.json: what is taken
// from containers.

/// Options for the records of web archives.
package struct RecordOptions: Sendable, Equatable {
  /// The types of records that may hold pages.
  package enum RecordType: String, Sendable, CaseIterable {
    case response, resource, conversion
  }
  package var types = RecordType.allCases
  /// HTTP statuses: three digits, `x` for any.
  package var statuses = ["2xx"]
  /// Of responses and resources.
  package var mediaTypes = ["text/html", "application/xhtml+xml"]
  /// Whether blocks and payloads are compared with the digests in their records.
  package var checksDigests = false

  package init() {}

  func takes(status: Int) -> Bool {
    let digits = Array(String(status).utf8)
    return statuses.contains { pattern in
      pattern.utf8.count == digits.count
        && zip(pattern.utf8, digits).allSatisfy { $0 == UInt8(ascii: "x") || $0 == $1 }
    }
  }

  /// - Parameter name: `type/subtype` in small letters.
  func takes(mediaType name: String) -> Bool {
    mediaTypes.contains { $0 == name || $0.hasSuffix("/*") && name.hasPrefix($0.dropLast()) }
  }
}

extension RecordOptions: ConfigurationOptions {
  package static let keys: [ConfigurationKey<RecordOptions>] = [
    .choices(
      "types", \.types,
      """
      Types of records that may hold pages. Conversions hold the text of a page, as in WET files.
      """),
    .texts(
      "statuses", \.statuses, .status, atLeast: 1,
      """
      HTTP statuses of the responses that are taken; `x` stands for any digit, so that `4xx` also \
      takes the pages that servers sent with an error, and `xxx` takes all.
      """),
    .texts(
      "mediaTypes", \.mediaTypes, .mediaType, atLeast: 1,
      """
      Media types of the responses and resources that are taken; `text/*` for all of one kind. \
      `text/plain` is taken as text from which nothing is stripped. What names no type is taken \
      when it begins as a page does.
      """),
    .boolean(
      "checkDigests", \.checksDigests,
      """
      Compares each record with the digests in its header (`WARC-Block-Digest`, of pages \
      `WARC-Payload-Digest` too; MD5 and SHA, in any notation). A record that differs is \
      a recorded failure.
      """),
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
