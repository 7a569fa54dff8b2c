// gb18030, and gbk and gb2312, which are parts of it: one, two or four bytes a character.

private import CEncodingTables

enum GB18030Decoder: MultiByteDecoder {
  static func decodeCharacter(
    _ first: UInt8, _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int,
    into out: inout UTF8Writer
  ) {
    if first == 0x80 { return out.append(0x20AC) }
    guard first != 0xFF, index < bytes.count else { return out.appendError() }
    let second = bytes[index]
    guard 0x30...0x39 ~= second else {
      return finishPair(pair(first, second), trail: second, &index, into: &out)
    }
    // At the end of the page, the rest of a sequence of four is one error.
    guard bytes.count - index >= 3 else {
      if index + 1 == bytes.count || 0x81...0xFE ~= bytes[index + 1] { index = bytes.count }
      return out.appendError()
    }
    let (third, fourth) = (bytes[index + 1], bytes[index + 2])
    // One that breaks off is an error of its first byte alone.
    guard 0x81...0xFE ~= third, 0x30...0x39 ~= fourth else { return out.appendError() }
    if let scalar = fourByteCharacter(first, second, third, fourth) {
      out.append(scalar)
    } else {
      out.appendError()
    }
    index += 3
  }

  private static func pair(_ lead: UInt8, _ trail: UInt8) -> UInt32? {
    guard 0x40...0x7E ~= trail || 0x80...0xFE ~= trail else { return nil }
    let offset = trail < 0x7F ? 0x40 : 0x41
    return entry(winnow_gb18030(), (Int(lead) - 0x81) * 190 + Int(trail) - offset)
  }

  /// Source: https://encoding.spec.whatwg.org/#index-gb18030-ranges-code-point
  private static func fourByteCharacter(
    _ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8
  ) -> UInt32? {
    let high = (Int(first) - 0x81) * 10 + Int(second) - 0x30
    let pointer = (high * 126 + Int(third) - 0x81) * 10 + Int(fourth) - 0x30
    switch pointer {
    case 189_000...1_237_575: return UInt32(pointer - 189_000 + 0x10000)
    case 7457: return 0xE7C7
    case 0...39419: break
    default: return nil
    }
    let ranges = winnow_gb18030_four_bytes()
    // The last range that starts at or before the pointer; the first starts at 0.
    var low = 0
    var count = Int(winnow_gb18030_range_count)
    while count > 1 {
      let half = count / 2
      if Int(ranges[low + half].pointer) <= pointer { low += half }
      count -= half
    }
    return UInt32(ranges[low].start) + UInt32(pointer - Int(ranges[low].pointer))
  }
}
