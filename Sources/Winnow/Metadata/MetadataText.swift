// A value as a page or its data writes it in, one plain line out.

/// Makes plain lines of attribute values and JSON strings.
enum MetadataText {
  /// Bytes of a value beyond which it is not looked at further; no field needs as many.
  static let lengthLimit = 4096

  /// The value on one line: character references decoded (data often holds them still), tags
  /// dropped, white space collapsed and trimmed. `nil` when nothing is left.
  static func line(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
    line(bytes, limit: lengthLimit)
  }

  private static func line(_ bytes: UnsafeBufferPointer<UInt8>, limit: Int) -> String? {
    let bytes = UnsafeBufferPointer(rebasing: bytes.prefix(limit))
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var pendingSpace = false
    var at = 0
    func add(_ byte: UInt8) {
      if pendingSpace, !result.isEmpty { result.append(0x20) }
      pendingSpace = false
      result.append(byte)
    }
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0x20 || byte >= 0x09 && byte <= 0x0D {
        pendingSpace = true
        at += 1
      } else if byte == 0x26,
        let found = HTMLEntities.decode(bytes, from: at + 1, inAttribute: true)
      {
        at += 1 + found.length
        for scalar in [found.scalars.0, found.scalars.1] where scalar != 0 {
          if scalar == 0xA0 || scalar <= 0x20 {
            pendingSpace = true
          } else if let scalar = Unicode.Scalar(scalar), let utf8 = Unicode.UTF8.encode(scalar) {
            for each in utf8 { add(each) }
          }
        }
      } else if byte == 0x3C, let close = endOfTag(bytes, at) {
        pendingSpace = pendingSpace || isBreak(bytes, at)
        at = close
      } else if byte < 0x20 {
        at += 1
      } else if byte == 0xC2, at + 1 < bytes.count, bytes[at + 1] == 0xA0 {
        pendingSpace = true
        at += 2
      } else if byte == 0xC2, at + 1 < bytes.count, bytes[at + 1] == 0xAD {
        // Soft hyphen.
        at += 2
      } else if byte == 0xE2, at + 2 < bytes.count, bytes[at + 1] == 0x80,
        0x8B...0x8F ~= bytes[at + 2] || 0xAA...0xAE ~= bytes[at + 2]
      {
        // Zero-width spaces and marks of direction.
        at += 3
      } else {
        add(byte)
        at += 1
      }
    }
    return result.isEmpty ? nil : String(decoding: result, as: UTF8.self)
  }

  static func line(_ bytes: ArraySlice<UInt8>) -> String? { bytes.withUnsafeBufferPointer(line) }

  static func line(_ text: String) -> String? {
    var text = text
    return text.withUTF8(line)
  }

  /// As `line`, of any length.
  static func whole(_ text: String) -> String? {
    var text = text
    return text.withUTF8 { line($0, limit: .max) }
  }

  /// Character references decoded once, all else as it is; `nil` when there are none.
  static func decoded(_ text: String) -> String? {
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.contains(0x26) else { return nil }
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count)
      var at = 0
      while at < bytes.count {
        if bytes[at] == 0x26,
          let found = HTMLEntities.decode(bytes, from: at + 1, inAttribute: false)
        {
          for value in [found.scalars.0, found.scalars.1] where value != 0 {
            guard let scalar = Unicode.Scalar(value), let utf8 = Unicode.UTF8.encode(scalar) else {
              continue
            }
            result.append(contentsOf: utf8)
          }
          at += 1 + found.length
        } else {
          result.append(bytes[at])
          at += 1
        }
      }
      return String(decoding: result, as: UTF8.self)
    }
  }

  /// As `line`, for text of the page, in which `<` and `&` are what they seem.
  static func collapsed(_ bytes: [UInt8]) -> String? {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var pendingSpace = false
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0xC2, at + 1 < bytes.count, bytes[at + 1] == 0xAD {
        at += 2
        continue
      }
      let isWide = byte == 0xC2 && at + 1 < bytes.count && bytes[at + 1] == 0xA0
      at += isWide ? 2 : 1
      if isWide || byte <= 0x20 {
        pendingSpace = true
      } else {
        if pendingSpace, !result.isEmpty { result.append(0x20) }
        pendingSpace = false
        result.append(byte)
      }
    }
    return result.isEmpty ? nil : String(decoding: result, as: UTF8.self)
  }

  /// Just past a tag that starts at `at`; `nil` when no tag starts there.
  private static func endOfTag(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
    guard at + 2 < bytes.count else { return nil }
    let letter = (bytes[at + 1] == 0x2F ? bytes[at + 2] : bytes[at + 1]) | 0x20
    guard 0x61...0x7A ~= letter else { return nil }
    return bytes[at...].firstIndex(of: 0x3E).map { $0 + 1 }
  }

  /// Does the tag at `at` break a line (`br`, `p`, `div`, `li`)?
  private static func isBreak(_ bytes: UnsafeBufferPointer<UInt8>, _ at: Int) -> Bool {
    let first = bytes[at + 1] == 0x2F ? at + 2 : at + 1
    let letter = bytes[first] | 0x20
    let second = first + 1 < bytes.count ? bytes[first + 1] : 0x3E
    return letter == 0x70 && !(0x61...0x7A ~= second | 0x20)
      || letter == 0x62 && second | 0x20 == 0x72
      || letter == 0x64 && second | 0x20 == 0x69 || letter == 0x6C && second | 0x20 == 0x69
  }

  /// The value in lower case with letters and digits alone: for comparing names and titles.
  static func key(_ text: String) -> String {
    var key = String.UnicodeScalarView()
    for scalar in text.lowercased().unicodeScalars {
      if scalar.value < 0x80 {
        if 0x30...0x39 ~= scalar.value || 0x61...0x7A ~= scalar.value { key.append(scalar) }
      } else if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        key.append(scalar)
      }
    }
    return String(key)
  }
}
