// uchardet's guess at the encoding of a piece of text. The only file that calls uchardet.

private import CUchardet

enum CharsetDetector {
  /// The encoding that the text looks like; `nil` when nothing can be told, or when the guess is no
  /// encoding of the WHATWG Encoding Standard.
  static func guess(_ text: [UInt8]) -> TextEncoding? {
    guard let detector = uchardet_new() else { return nil }
    defer { uchardet_delete(detector) }
    let status = text.withUnsafeBytes {
      uchardet_handle_data(detector, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
    }
    guard status == 0 else { return nil }
    uchardet_data_end(detector)
    guard let name = uchardet_get_charset(detector) else { return nil }
    return TextEncoding(uchardetName: String(cString: name))
  }
}

extension TextEncoding {
  /// uchardet 0.0.7 has names beside those that are labels of the standard: `UHC` is what the
  /// standard calls euc-kr; IBM852, IBM855, EUC-TW, JOHAB, VISCII and MAC-CENTRALEUROPE are none.
  fileprivate init?(uchardetName name: String) {
    if name == "UHC" {
      self = .eucKR
    } else {
      self.init(label: name)
    }
  }
}
