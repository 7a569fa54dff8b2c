// The language a page says it is in: what tells apart encodings whose bytes look alike.

enum LanguageHint {
  /// The primary subtag of the `lang` (or `xml:lang`) of the `html` element, in lower case: `pt` of
  /// `pt-BR`; with its region where that tells scripts apart: `zh-tw`, `zh-hk`.
  static func language(of bytes: [UInt8]) -> String? {
    bytes.withUnsafeBufferPointer { buffer in
      var reader = PrescanReader(UnsafeBufferPointer(rebasing: buffer.prefix(bound)))
      while let open = reader.nextTag() {
        guard reader.starts(with: "<html"), reader.isEndOfName(at: open + 5) else {
          reader.skipTag()
          continue
        }
        reader.position = open + 6
        while let (name, value) = reader.nextAttribute() {
          guard reader.isEqual(name, "lang") || reader.isEqual(name, "xml:lang") else { continue }
          return language(ofTag: reader.bytes[value].map(\.asciiLowered))
        }
        return nil
      }
      return nil
    }
  }

  /// Bytes within which the `html` element is looked for: comments may stand before it.
  private static let bound = 4096

  private static func language(ofTag tag: [UInt8]) -> String? {
    let parts = tag.split { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    guard let first = parts.first else { return nil }
    let language = String(decoding: first, as: UTF8.self)
    guard language == "zh" else { return language }
    let traditional = ["tw", "hk", "mo", "hant"].map { Array($0.utf8) }
    return parts.dropFirst().contains { traditional.contains(Array($0)) } ? "zh-tw" : "zh"
  }
}
