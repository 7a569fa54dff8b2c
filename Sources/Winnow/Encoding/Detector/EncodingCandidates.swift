// Which encodings are guessed at, for which languages, and how common they were.

/// An encoding that pages without a declaration may be in.
struct EncodingCandidate {
  let encoding: TextEncoding
  /// The languages that were written in it.
  let languages: [String]
  /// What the encoding costs before a byte is read, in quarters of a nat.
  let rarity: Int32

  /// Encodings that hold the same text in the same bytes stand in the order in which they are to be
  /// taken.
  static let all: [EncodingCandidate] = [
    .init(.windows1252, western, 0),
    .init(.windows1251, ["ru", "uk", "bg", "sr", "mk"], usual),
    .init(.koi8u, ["ru", "uk"], usual),
    .init(.iso8859_5, ["ru", "bg", "sr", "mk"], rare),
    .init(.ibm866, ["ru"], old),
    .init(.macCyrillic, ["ru", "uk"], rare),
    .init(.windows1250, central, usual),
    .init(.iso8859_2, central, usual),
    .init(.iso8859_16, ["ro"], rare),
    .init(.windows1253, ["el"], usual),
    .init(.iso8859_7, ["el"], usual),
    .init(.windows1254, ["tr"], usual),
    .init(.windows1255, ["he"], usual),
    .init(.iso8859_8, ["he"], rare),
    .init(.windows1256, ["ar", "fa"], usual),
    .init(.iso8859_6, ["ar"], rare),
    .init(.windows1257, baltic, usual),
    .init(.iso8859_13, baltic, rare),
    .init(.iso8859_4, baltic, old),
    .init(.windows1258, ["vi"], usual),
    .init(.windows874, ["th"], usual),
    .init(.iso8859_15, ["fr", "fi", "et"], old),
    .init(.macintosh, western, old),
    .init(.gb18030, ["zh", "zh-tw"], usual),
    .init(.big5, ["zh-tw"], usual),
    .init(.shiftJIS, ["ja"], usual),
    .init(.eucJP, ["ja"], usual),
    .init(.eucKR, ["ko"], usual),
  ]

  private static let western = [
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "ca", "gl", "is", "sq",
  ]
  private static let central = ["pl", "cs", "sk", "hu", "sl", "hr", "ro"]
  private static let baltic = ["lt", "lv", "et"]

  // Judged, not counted: enough to settle pages of one or two signs, little against ten letters.
  private static let usual: Int32 = 16
  private static let rare: Int32 = 24
  private static let old: Int32 = 80

  private init(_ encoding: TextEncoding, _ languages: [String], _ rarity: Int32) {
    self.encoding = encoding
    self.languages = languages
    self.rarity = rarity
  }
}
