// What the rules of the standards ask of single bytes.

extension UInt8 {
  /// Tab, line feed, form feed, carriage return or space.
  @inline(__always)
  var isASCIISpace: Bool {
    self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0C || self == 0x0D
  }

  @inline(__always)
  var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }

  /// `A...Z` in lower case; every other byte as it is.
  @inline(__always)
  var asciiLowered: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }
}
