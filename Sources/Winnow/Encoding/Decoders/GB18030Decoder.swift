// gb18030, and gbk and gb2312, which are parts of it: one, two or four bytes a character.

private import CEncodingTables

enum GB18030Decoder {
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, into out: inout UTF8Writer) {
    var index = 0
    while index < bytes.count {
      let first = bytes[index]
      if first < 0x80 {
        let end = out.appendASCII(bytes, from: index)
        if end == index {
          out.append(0)
          index += 1
        } else {
          index = end
        }
        continue
      }
      index += 1
      if first == 0x80 {
        out.append(0x20AC)
        continue
      }
      guard first != 0xFF else {
        out.appendError()
        continue
      }
      guard index < bytes.count else { return out.appendError() }
      let second = bytes[index]
      if 0x30...0x39 ~= second {
        // At the end of the page, the rest of a sequence of four is one error.
        guard index + 1 < bytes.count else { return out.appendError() }
        let third = bytes[index + 1]
        guard 0x81...0xFE ~= third else {
          out.appendError()
          continue
        }
        guard index + 2 < bytes.count else { return out.appendError() }
        let fourth = bytes[index + 2]
        guard 0x30...0x39 ~= fourth else {
          out.appendError()
          continue
        }
        if let scalar = fourByteCharacter(first, second, third, fourth) {
          out.append(scalar)
        } else {
          out.appendError()
        }
        index += 3
      } else if let scalar = pair(first, second) {
        out.append(scalar)
        index += 1
      } else {
        out.appendError()
        if second >= 0x80 { index += 1 }
      }
    }
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
