// A page's bytes -> valid UTF-8, and how its encoding was found.

/// A page's text as valid UTF-8.
package struct DecodedPage: Sendable, Equatable {
  /// Valid UTF-8 without NUL and without a byte order mark.
  package var utf8: [UInt8]
  package var encoding: EncodingUsed
}

/// Decodes pages; never fails, whatever the bytes.
package enum PageDecoder {
  /// The text of a page.
  ///
  /// The encoding is chosen by `EncodingChoice`. NUL becomes U+FFFD and is not counted as a
  /// replacement; NULs that end the page, as in files that were never written to their end, are
  /// dropped.
  ///
  /// - Parameters:
  ///   - bytes: The page as saved. Handed back without a copy when it is valid UTF-8.
  ///   - httpCharset: The `charset` of the HTTP `Content-Type`, in any case, with or without quotes.
  /// - Complexity: O(bytes). A page of valid UTF-8 is read once.
  package static func decode(_ bytes: [UInt8], httpCharset: String? = nil) -> DecodedPage {
    let scan = UTF8Scan(bytes)
    let choice = EncodingChoice(bytes, scan: scan, httpCharset: httpCharset)
    if choice.encoding == .utf8, choice.markLength == 0, scan.isClean {
      return DecodedPage(utf8: bytes, encoding: choice.used(replacements: 0))
    }
    let (utf8, replacements) = bytes.withUnsafeBufferPointer { whole in
      var end = whole.count
      if !choice.encoding.isWide {
        while end > choice.markLength, whole[end - 1] == 0 { end -= 1 }
      }
      return choice.encoding.decode(
        UnsafeBufferPointer(rebasing: whole[min(choice.markLength, end)..<end]))
    }
    return DecodedPage(utf8: utf8, encoding: choice.used(replacements: replacements))
  }
}
