// Text that holds bytes, as the model's tables stand in the source.

enum Base64Text {
  /// The bytes that the text stands for; what is no base64 is passed over.
  ///
  /// - Complexity: O(text), two megabytes for the models' tables, and so four characters at a time.
  static func bytes(of text: StaticString) -> [UInt8] {
    text.withUTF8Buffer { text in
      [UInt8](unsafeUninitializedCapacity: text.count / 4 * 3 + 3) { result, count in
        values.withUnsafeBufferPointer { values in
          var at = 0
          var pending: UInt32 = 0
          var pendingCount = 0
          while at < text.count {
            if pendingCount == 0, at + 4 <= text.count {
              let (a, b) = (values[Int(text[at])], values[Int(text[at + 1])])
              let (c, d) = (values[Int(text[at + 2])], values[Int(text[at + 3])])
              if (a | b | c | d) < 64 {
                let four = UInt32(a) << 18 | UInt32(b) << 12 | UInt32(c) << 6 | UInt32(d)
                result[count] = UInt8(truncatingIfNeeded: four >> 16)
                result[count + 1] = UInt8(truncatingIfNeeded: four >> 8)
                result[count + 2] = UInt8(truncatingIfNeeded: four)
                count += 3
                at += 4
                continue
              }
            }
            let value = values[Int(text[at])]
            at += 1
            guard value < 64 else { continue }
            pending = pending << 6 | UInt32(value)
            pendingCount += 1
            if pendingCount == 4 {
              for shift: UInt32 in [16, 8, 0] {
                result[count] = UInt8(truncatingIfNeeded: pending >> shift)
                count += 1
              }
              pending = 0
              pendingCount = 0
            }
          }
          if pendingCount >= 2 {
            // The rest: one byte of two characters, two of three.
            pending <<= UInt32(6 * (4 - pendingCount))
            for shift: UInt32 in [16, 8].prefix(pendingCount - 1) {
              result[count] = UInt8(truncatingIfNeeded: pending >> shift)
              count += 1
            }
          }
        }
      }
    }
  }

  /// What each character stands for; 0xFF for those that are no base64.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 0xFF, count: 256)
    let characters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, character) in characters.utf8.enumerated() {
      values[Int(character)] = UInt8(value)
    }
    return values
  }()
}
