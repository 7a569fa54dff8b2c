// The encoding of a page that names none and is no UTF-8: a guess from its text. The only file that
// calls uchardet.

private import CUchardet

enum CharsetDetector {
  /// The encoding that the page's text looks like; `nil` when nothing can be told, or when the
  /// guess is none that pages are in.
  ///
  /// - Complexity: O(bytes) up to `DetectorSample.bound` bytes of text.
  static func encoding(of bytes: [UInt8]) -> TextEncoding? {
    guard let name = charset(DetectorSample.text(of: bytes)) else { return nil }
    return TextEncoding(uchardetName: name)
  }

  /// uchardet's own name for the charset of `sample`.
  private static func charset(_ sample: [UInt8]) -> String? {
    guard let detector = uchardet_new() else { return nil }
    defer { uchardet_delete(detector) }
    let status = sample.withUnsafeBytes {
      uchardet_handle_data(detector, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
    }
    guard status == 0 else { return nil }
    uchardet_data_end(detector)
    guard let name = uchardet_get_charset(detector), name.pointee != 0 else { return nil }
    return String(cString: name)
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
