// A date as people and programs write it in, a date of the calendar out.
//
// Reads text of up to a line: ISO 8601 and its relatives, RFC 2822, day, month name and year in any
// order, East Asian dates, and numbers alone where their order is beyond doubt or the language
// tells it.

/// A day of the Gregorian calendar, perhaps with a time of that day.
package struct CalendarDate: Sendable, Equatable {
  package var year: Int
  package var month: Int
  package var day: Int
  /// Seconds since midnight, `0..<86400`.
  package var seconds: Int?
  /// Minutes east of UTC; `nil` when the text did not say.
  package var offset: Int?

  /// Does the month have such a day, in the years `1970...2100`, in which pages are made or for
  /// which they are meant?
  package var isValid: Bool {
    guard 1970...2100 ~= year, 1...12 ~= month, day >= 1 else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return day <= days[month - 1]
  }

  /// `2024-05-01`, with a time `2024-05-01T08:30:00`, with an offset `2024-05-01T08:30:00+02:00`.
  package var iso8601: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    var text = "\(year)-\(two(month))-\(two(day))"
    guard let seconds else { return text }
    text += "T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    guard let offset else { return text }
    if offset == 0 { return text + "Z" }
    let size = abs(offset)
    return text + (offset < 0 ? "-" : "+") + "\(two(size / 60)):\(two(size % 60))"
  }
}

/// Reads dates.
package enum DateText {
  /// Bytes of text that are looked at; a date stands in a short line.
  static let lengthLimit = 160

  /// The first date in the text.
  ///
  /// - Parameter language: BCP 47; tells `01/05/2024` apart. Without it such a date is none.
  /// - Returns: `nil` when there is none, or none that is certain.
  package static func parse(_ text: String, language: String? = nil) -> CalendarDate? {
    var text = text
    return text.withUTF8 { parse($0, language: language) }
  }

  static func parse(_ bytes: UnsafeBufferPointer<UInt8>, language: String?) -> CalendarDate? {
    let tokens = DateTokens.tokens(of: bytes)
    guard tokens.contains(where: { $0.isNumber }) else { return nil }
    var reader = DateReader(tokens: tokens, language: language)
    return reader.read()
  }
}

/// Finds a date in tokens.
private struct DateReader {
  let tokens: [DateToken]
  let language: String?

  mutating func read() -> CalendarDate? {
    for index in tokens.indices {
      guard
        let found = yearFirst(at: index) ?? compact(at: index) ?? eastAsian(at: index)
          ?? named(at: index) ?? numeric(at: index), found.date.isValid
      else { continue }
      var date = found.date
      addTime(to: &date, from: found.next)
      return date
    }
    return nil
  }

  private typealias Found = (date: CalendarDate, next: Int)

  private func number(_ index: Int, digits: ClosedRange<Int>) -> Int? {
    guard tokens.indices.contains(index), case .number(let value, let count) = tokens[index],
      digits.contains(count)
    else { return nil }
    return value
  }

  private func mark(_ index: Int) -> UInt8? {
    guard tokens.indices.contains(index), case .mark(let byte) = tokens[index] else { return nil }
    return byte
  }

  private func word(_ index: Int) -> String? {
    guard tokens.indices.contains(index), case .word(let word) = tokens[index] else { return nil }
    return word
  }

  /// `2024-05-01`, `2024/5/1`, `2024.05.01.`
  private func yearFirst(at index: Int) -> Found? {
    guard let year = number(index, digits: 4...4), let separator = mark(index + 1),
      separator == 0x2D || separator == 0x2F || separator == 0x2E,
      let month = number(skippingSpace(index + 2), digits: 1...2)
    else { return nil }
    let second = skippingSpace(index + 2) + 1
    guard mark(second) == separator else { return nil }
    let third = skippingSpace(second + 1)
    guard let day = number(third, digits: 1...2) else { return nil }
    return (CalendarDate(year: year, month: month, day: day), third + 1)
  }

  private func skippingSpace(_ index: Int) -> Int { mark(index) == 0x20 ? index + 1 : index }

  /// `20240501` and `20240501T083000Z`.
  private func compact(at index: Int) -> Found? {
    guard let value = number(index, digits: 8...8) ?? number(index, digits: 14...14) else {
      return nil
    }
    let isLong = value > 99_999_999
    let day = isLong ? value / 1_000_000 : value
    var date = CalendarDate(year: day / 10000, month: day / 100 % 100, day: day % 100)
    guard date.isValid else { return nil }
    if isLong {
      date.seconds = Self.seconds(value / 10000 % 100, value / 100 % 100, value % 100)
    }
    return (date, index + 1)
  }

  /// `2024年5月1日`, `2024년 5월 1일`.
  private func eastAsian(at index: Int) -> Found? {
    guard let year = number(index, digits: 4...4) else { return nil }
    var at = skippingSpace(index + 1)
    guard let first = word(at), first == "年" || first == "년" else { return nil }
    at = skippingSpace(at + 1)
    guard let month = number(at, digits: 1...2) else { return nil }
    at = skippingSpace(at + 1)
    guard let second = word(at), second == "月" || second == "월" else { return nil }
    at = skippingSpace(at + 1)
    guard let day = number(at, digits: 1...2) else { return nil }
    at = skippingSpace(at + 1)
    guard let third = word(at), third.first == "日" || third.first == "일" || third.first == "号"
    else { return nil }
    return (CalendarDate(year: year, month: month, day: day), at + 1)
  }

  // MARK: Names of months

  /// A month's name with its day and year around it, in any of the usual orders.
  private func named(at index: Int) -> Found? {
    guard let name = word(index), let found = month(named: name, at: index) else { return nil }
    let after = skippingFillers(found.next, step: 1)
    let before = skippingFillers(index - 1, step: -1)
    // 1 May 2024
    if let day = number(before, digits: 1...2), let year = year(after) {
      return (CalendarDate(year: year, month: found.month, day: day), after + 1)
    }
    guard let day = number(after, digits: 1...2) else { return nil }
    // May 1, 2024
    let third = skippingFillers(after + 1, step: 1)
    if let year = year(third) {
      return (CalendarDate(year: year, month: found.month, day: day), third + 1)
    }
    // 2024. május 1.
    if let year = number(before, digits: 4...4) {
      return (CalendarDate(year: year, month: found.month, day: day), after + 1)
    }
    return nil
  }

  /// The month of a name; Vietnamese numbers them after `tháng`.
  private func month(named name: String, at index: Int) -> (month: Int, next: Int)? {
    if name == "tháng" {
      let at = skippingSpace(index + 1)
      guard let month = number(at, digits: 1...2) else { return nil }
      return (month, at + 1)
    }
    guard let month = MonthTable.month(named: name, language: language) else { return nil }
    return (month, index + 1)
  }

  /// A year of four digits; of two, with or without apostrophe, where the day is beside it.
  private func year(_ index: Int) -> Int? {
    if let year = number(index, digits: 4...4) {
      // Years of the Buddhist era in Thai.
      return 2500...2643 ~= year ? year - 543 : year
    }
    // Not the hour of "May 1, 12:30".
    guard mark(index + 1) != 0x3A, mark(index - 1) == 0x27 || mark(index - 1) == 0x2D else {
      return nil
    }
    return number(index, digits: 2...2).map { $0 + ($0 < 70 ? 2000 : 1900) }
  }

  /// Past what may stand between the parts: spaces, points, commas, hyphens, `th`, `de`, `of`.
  private func skippingFillers(_ start: Int, step: Int) -> Int {
    var at = start
    while tokens.indices.contains(at) {
      switch tokens[at] {
      case .mark(let byte)
      where byte == 0x20 || byte == 0x2C || byte == 0x2E || byte == 0x2D || byte == 0x2F
        || byte == 0x27:
        at += step
      case .word(let word) where Self.fillers.contains(word): at += step
      default: return at
      }
    }
    return at
  }

  private static let fillers: Set<String> = [
    "st", "nd", "rd", "th", "er", "re", "de", "del", "of", "the", "da", "do", "den", "o", "º", "ª",
    "năm", "-го", "го", "a", "di", "d", "เดือน", "พ.ศ", "ngày",
  ]

  // MARK: Numbers alone

  /// `13/05/2024`, `05/13/2024`, `1.5.2024`; with `/` and `-` the order must be certain.
  private func numeric(at index: Int) -> Found? {
    guard let first = number(index, digits: 1...2), let separator = mark(index + 1),
      separator == 0x2F || separator == 0x2D || separator == 0x2E
    else { return nil }
    // "1. 5. 2024", as Czech and others write it.
    let at = separator == 0x2E ? skippingSpace(index + 2) : index + 2
    guard let second = number(at, digits: 1...2), mark(at + 1) == separator else { return nil }
    let third = separator == 0x2E ? skippingSpace(at + 2) : at + 2
    var year = number(third, digits: 4...4)
    if year == nil, separator == 0x2E, mark(third + 1) != 0x2E {
      year = number(third, digits: 2...2).map { $0 + ($0 < 70 ? 2000 : 1900) }
    }
    guard let year, let dayFirst = isDayFirst(first, second, separator) else { return nil }
    return (
      CalendarDate(
        year: year, month: dayFirst ? second : first, day: dayFirst ? first : second), third + 1
    )
  }

  private func isDayFirst(_ first: Int, _ second: Int, _ separator: UInt8) -> Bool? {
    if first > 12 { return true }
    if second > 12 { return false }
    if first == second || separator == 0x2E { return true }
    guard let language = language?.lowercased() else { return nil }
    if !language.hasPrefix("en") { return true }
    // English alone does not say whose.
    let region = language.dropFirst(3)
    if region.isEmpty { return nil }
    return region != "us" && region != "ph" && region != "ca"
  }

  // MARK: Time of day

  /// Reads a time after the date, if one follows.
  private func addTime(to date: inout CalendarDate, from start: Int) {
    guard date.seconds == nil else { return }
    var at = start
    // "T", "at", "um", a comma, a dash: up to four tokens without a number.
    while at < min(start + 6, tokens.count), !tokens[at].isNumber { at += 1 }
    guard let hour = number(at, digits: 1...2) ?? number(at, digits: 6...6) else { return }
    var seconds: Int?
    if hour > 99 || isCompactTime(at) {
      seconds = Self.seconds(hour / 10000, hour / 100 % 100, hour % 100)
      at += 1
    } else if mark(at + 1) == 0x3A, let minute = number(at + 2, digits: 2...2) {
      seconds = Self.seconds(hour, minute, 0)
      at += 3
      if mark(at) == 0x3A, let second = number(at + 1, digits: 2...2) {
        seconds = Self.seconds(hour, minute, second)
        at += 2
        if mark(at) == 0x2E || mark(at) == 0x2C, number(at + 1, digits: 1...9) != nil { at += 2 }
      }
    }
    guard var seconds else { return }
    at = skippingSpace(at)
    if let half = word(at), half == "am" || half == "pm" || half == "a" || half == "p" {
      if half.hasPrefix("p"), seconds < 43200 { seconds += 43200 }
      if half.hasPrefix("a"), seconds >= 43200 { seconds -= 43200 }
      at += 1
    }
    date.seconds = seconds
    date.offset = offset(at: skippingSpace(at))
  }

  private func isCompactTime(_ index: Int) -> Bool {
    guard case .number(_, let digits) = tokens[index] else { return false }
    return digits == 6
  }

  private static func seconds(_ hour: Int, _ minute: Int, _ second: Int) -> Int? {
    guard 0...23 ~= hour, 0...59 ~= minute, 0...60 ~= second else { return nil }
    return hour * 3600 + minute * 60 + min(second, 59)
  }

  /// `Z`, `UTC`, `GMT`, `+02:00`, `+0200`, `+02`.
  private func offset(at start: Int) -> Int? {
    var at = start
    var isUTC = false
    if let name = word(at), name == "z" || name == "utc" || name == "gmt" {
      isUTC = true
      at = name == "z" ? at : skippingSpace(at + 1)
    }
    guard let sign = mark(at), sign == 0x2B || sign == 0x2D else { return isUTC ? 0 : nil }
    let direction = sign == 0x2D ? -1 : 1
    if let value = number(at + 1, digits: 4...4), value / 100 < 15 {
      return direction * (value / 100 * 60 + value % 100)
    }
    guard let hours = number(at + 1, digits: 2...2), hours < 15 else { return isUTC ? 0 : nil }
    let minutes = mark(at + 2) == 0x3A ? number(at + 3, digits: 2...2) ?? 0 : 0
    return direction * (hours * 60 + minutes)
  }
}
