// An encoding and bytes -> valid UTF-8.

extension TextEncoding {
  /// Decodes as the WHATWG Encoding Standard does, but for NUL, which becomes U+FFFD; a byte order
  /// mark must have been taken off before.
  ///
  /// - Returns: valid UTF-8 without NUL, and how many U+FFFD stand for bytes without a meaning.
  /// - Complexity: O(bytes); reserves three times the bytes of address space.
  func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> (utf8: [UInt8], replacements: Int) {
    var replacements = 0
    // The 3 bytes more are for `replacement`, which writes U+FFFD for a page of any length.
    let capacity = bytes.count * UTF8Writer.growth + 3
    let utf8 = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      var out = UTF8Writer(buffer)
      decode(bytes, into: &out)
      count = out.count
      replacements = out.replacements
    }
    return (utf8, replacements)
  }

  private func decode(_ bytes: UnsafeBufferPointer<UInt8>, into out: inout UTF8Writer) {
    if let row = singleByteRow { return SingleByteDecoder.decode(bytes, row: row, into: &out) }
    switch self {
    case .gbk, .gb18030: GB18030Decoder.decode(bytes, into: &out)
    case .big5: Big5Decoder.decode(bytes, into: &out)
    case .eucJP: EUCJPDecoder.decode(bytes, into: &out)
    case .iso2022JP: ISO2022JPDecoder.decode(bytes, into: &out)
    case .shiftJIS: ShiftJISDecoder.decode(bytes, into: &out)
    case .eucKR: EUCKRDecoder.decode(bytes, into: &out)
    case .replacement: if !bytes.isEmpty { out.appendError() }
    case .userDefined: SingleByteDecoder.decodeUserDefined(bytes, into: &out)
    case .utf16BE: WideDecoder.decodeUTF16(bytes, isBigEndian: true, into: &out)
    case .utf16LE: WideDecoder.decodeUTF16(bytes, isBigEndian: false, into: &out)
    case .utf32BE: WideDecoder.decodeUTF32(bytes, isBigEndian: true, into: &out)
    case .utf32LE: WideDecoder.decodeUTF32(bytes, isBigEndian: false, into: &out)
    default: UTF8Decoder.decode(bytes, into: &out)
    }
  }
}
