// The encodings a page can be in; what decodes each stands in Decoders/, their labels in
// TextEncoding+Labels.swift.

/// An encoding of the WHATWG Encoding Standard, or UTF-32.
///
/// The raw value is the encoding's name in lower case. UTF-32 is not part of the standard; it is
/// found by its byte order mark or its zero bytes alone, never by a label.
package enum TextEncoding: String, Sendable, CaseIterable {
  case utf8 = "utf-8"

  // Single bytes, in the order of the rows of CEncodingTables.
  case ibm866
  case iso8859_2 = "iso-8859-2"
  case iso8859_3 = "iso-8859-3"
  case iso8859_4 = "iso-8859-4"
  case iso8859_5 = "iso-8859-5"
  case iso8859_6 = "iso-8859-6"
  case iso8859_7 = "iso-8859-7"
  case iso8859_8 = "iso-8859-8"
  case iso8859_10 = "iso-8859-10"
  case iso8859_13 = "iso-8859-13"
  case iso8859_14 = "iso-8859-14"
  case iso8859_15 = "iso-8859-15"
  case iso8859_16 = "iso-8859-16"
  case koi8r = "koi8-r"
  case koi8u = "koi8-u"
  case macintosh
  case windows874 = "windows-874"
  case windows1250 = "windows-1250"
  case windows1251 = "windows-1251"
  case windows1252 = "windows-1252"
  case windows1253 = "windows-1253"
  case windows1254 = "windows-1254"
  case windows1255 = "windows-1255"
  case windows1256 = "windows-1256"
  case windows1257 = "windows-1257"
  case windows1258 = "windows-1258"
  case macCyrillic = "x-mac-cyrillic"
  /// The same bytes as iso-8859-8; a browser lays the text out differently.
  case iso8859_8i = "iso-8859-8-i"

  case gbk, gb18030, big5
  case eucJP = "euc-jp"
  case iso2022JP = "iso-2022-jp"
  case shiftJIS = "shift_jis"
  case eucKR = "euc-kr"

  /// Encodings that browsers refuse to decode.
  case replacement
  case utf16BE = "utf-16be"
  case utf16LE = "utf-16le"
  case userDefined = "x-user-defined"

  case utf32BE = "utf-32be"
  case utf32LE = "utf-32le"

  /// The row in the table of single-byte encodings, `0...26`; `nil` for all others.
  var singleByteRow: Int? {
    switch self {
    case .ibm866: 0
    case .iso8859_2: 1
    case .iso8859_3: 2
    case .iso8859_4: 3
    case .iso8859_5: 4
    case .iso8859_6: 5
    case .iso8859_7: 6
    case .iso8859_8, .iso8859_8i: 7
    case .iso8859_10: 8
    case .iso8859_13: 9
    case .iso8859_14: 10
    case .iso8859_15: 11
    case .iso8859_16: 12
    case .koi8r: 13
    case .koi8u: 14
    case .macintosh: 15
    case .windows874: 16
    case .windows1250: 17
    case .windows1251: 18
    case .windows1252: 19
    case .windows1253: 20
    case .windows1254: 21
    case .windows1255: 22
    case .windows1256: 23
    case .windows1257: 24
    case .windows1258: 25
    case .macCyrillic: 26
    default: nil
    }
  }

  /// Two or four bytes a character, so that zero bytes are part of ordinary text.
  var isWide: Bool {
    switch self {
    case .utf16BE, .utf16LE, .utf32BE, .utf32LE: true
    default: false
    }
  }
}
