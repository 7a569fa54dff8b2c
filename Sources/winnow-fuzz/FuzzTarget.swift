// What is fuzzed: bytes in, what does not hold out. A target may not trap, and its result must be
// sound whatever the bytes.

import Winnow

enum FuzzTarget: String, CaseIterable {
  /// Bytes in any encoding -> valid UTF-8.
  case decoder
  /// UTF-8 -> the skeleton of a page.
  case prefilter
  /// UTF-8 -> a page's tree, its blocks, and documents in all formats.
  case tree

  /// Labels that a page's transport may give; the first byte of the input chooses.
  private static let charsets = [
    nil, "utf-8", "shift_jis", "gbk", "gb18030", "big5", "euc-kr", "euc-jp", "iso-2022-jp",
    "utf-16le", "windows-1252", "x-user-defined", "\"utf-8\"", "nonsense",
  ]

  /// What does not hold for an input; empty for a sound result.
  func faults(_ bytes: UnsafeBufferPointer<UInt8>) -> [String] {
    switch self {
    case .decoder:
      let charset = Self.charsets[Int(bytes.first ?? 0) % Self.charsets.count]
      return Soundness.faults(ofDecoding: Array(bytes.dropFirst()), httpCharset: charset)
    case .prefilter: return Soundness.faults(ofFiltering: Self.text(bytes))
    case .tree:
      let text = Self.text(bytes)
      var faults = Soundness.faults(ofParsing: text)
      // By the library's face, as users call it.
      if var document = try? Extractor().document(from: Page(bytes: text, url: "http://a.b/c")) {
        TextNormalizer(NormalizationOptions()).normalize(&document)
        for format in OutputFormat.allCases
        where String(validating: format.render(document), as: UTF8.self) == nil {
          faults.append("\(format) is no UTF-8")
        }
      }
      return faults
    }
  }

  /// As the decoder hands a page on: valid UTF-8 without NUL.
  private static func text(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    String(decoding: bytes, as: UTF8.self).utf8.map { $0 == 0 ? 0x20 : $0 }
  }
}
