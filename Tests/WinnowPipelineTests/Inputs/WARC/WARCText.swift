// Makes records of web archives, for tests.

enum WARCText {
  static func record(
    _ type: String = "response", _ block: [UInt8], length: String? = nil,
    contentType: String = "application/http; msgtype=response", fields: String = "",
    version: String = "1.0", address: String? = nil
  ) -> [UInt8] {
    let length = length ?? String(block.count)
    let header = """
      WARC/\(version)\r
      WARC-Type: \(type)\r
      WARC-Record-ID: <urn:uuid:1>\r
      WARC-Date: 2024-05-01T10:00:00Z\r
      WARC-Target-URI: \(address ?? "https://example.org/\(block.count)")\r
      Content-Type: \(contentType)\r
      Content-Length: \(length)\r
      \(fields)\r

      """
    return Array(header.utf8) + block + Array("\r\n\r\n".utf8)
  }

  static func http(
    _ body: [UInt8], status: String = "200 OK", type: String = "text/html", fields: String = ""
  ) -> [UInt8] {
    Array("HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\n\(fields)\r\n".utf8) + body
  }

  /// A response that holds `<p>TEXT</p>`.
  static func page(_ text: String) -> [UInt8] {
    record(http(Array("<p>\(text)</p>".utf8)))
  }

  static func response(
    _ body: String, status: String = "200 OK", type: String = "text/html", fields: String = ""
  ) -> [UInt8] {
    record(http(Array(body.utf8), status: status, type: type, fields: fields))
  }
}

extension WARCText {
  static func record(_ block: [UInt8]) -> [UInt8] { record("response", block) }
}
