// Dates as saving programs and mail write them: words in any order in, ISO 8601 in UTC out.

/// `Sat, 05 Nov 2016 10:00:00 +0100` (RFC 5322), `Mon Jan 01 2024 12:00:00 GMT+0100 (...)`
/// (JavaScript), `05-Nov-16 10:00:00 GMT`.
enum SavedDate {
  /// - Returns: `nil` for what is no date with a time. Without a zone the time is taken for UTC.
  static func iso(_ text: ArraySlice<UInt8>) -> String? {
    var (day, month, year): (Int?, Int?, Int?) = (nil, nil, nil)
    var time: (hour: Int, minute: Int, second: Int)?
    // Minutes that the time is ahead of UTC.
    var zone = 0
    let separators = Array(" \t\r\n,".utf8)
    for word in text.prefix(80).split(whereSeparator: { separators.contains($0) }) {
      if word.first == UInt8(ascii: "(") { break }
      if let number = word.decimal {
        if day == nil, 1...31 ~= number, word.count <= 2 {
          day = number
        } else if year == nil {
          year = word.count == 2 ? 1900 + number + (number < 70 ? 100 : 0) : number
        }
      } else if time == nil, let clock = Self.clock(word) {
        time = clock
      } else if let named = Self.month(word) {
        month = month ?? named
      } else if let offset = Self.offset(word) {
        zone = offset
      } else if let parts = dashed(word) {
        (day, month, year) = parts
      }
    }
    guard let day, let month, let year, let time, 1970...9999 ~= year else { return nil }
    let minutes = days(year, month, day) * 1440 + time.hour * 60 + time.minute - zone
    return Self.text(minutes: minutes, second: time.second)
  }

  /// `10:00` or `10:00:00`.
  private static func clock(
    _ word: ArraySlice<UInt8>
  ) -> (hour: Int, minute: Int, second: Int)? {
    let parts = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard 2...3 ~= parts.count, let hour = parts[0].decimal, let minute = parts[1].decimal,
      let second = parts.count == 3 ? parts[2].decimal : 0, hour < 24, minute < 60, second <= 60
    else { return nil }
    return (hour, minute, min(second, 59))
  }

  /// By its first three letters.
  private static func month(_ word: ArraySlice<UInt8>) -> Int? {
    guard word.count >= 3, word.allSatisfy({ 0x61...0x7A ~= $0 | 0x20 }) else { return nil }
    let names = "janfebmaraprmayjunjulaugsepoctnovdec"
    let short = HeaderFields.lowercased(word.prefix(3))
    return (0..<12).first { index in
      names.dropFirst(index * 3).prefix(3).elementsEqual(short)
    }.map { $0 + 1 }
  }

  /// `+0100`, `GMT+0100`, `UTC`.
  private static func offset(_ word: ArraySlice<UInt8>) -> Int? {
    let digits = word.drop { 0x61...0x7A ~= $0 | 0x20 }
    guard let sign = digits.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
      digits.count == 5, let number = digits.dropFirst().decimal
    else { return nil }
    let minutes = number / 100 * 60 + number % 100
    return sign == UInt8(ascii: "-") ? -minutes : minutes
  }

  /// `05-Nov-2016`.
  private static func dashed(_ word: ArraySlice<UInt8>) -> (Int?, Int?, Int?)? {
    let parts = word.split(separator: UInt8(ascii: "-"))
    guard parts.count == 3, let day = parts[0].decimal, 1...31 ~= day,
      let month = Self.month(parts[1]), let year = parts[2].decimal
    else { return nil }
    return (day, month, year < 100 ? 1900 + year + (year < 70 ? 100 : 0) : year)
  }

  /// Days from 1970-01-01 in the Gregorian calendar.
  ///
  /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = year / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func text(minutes: Int, second: Int) -> String? {
    // Times before 1970 are those of clocks that were never set.
    guard minutes >= 0 else { return nil }
    // civil_from_days, the inverse.
    let shifted = minutes / 1440 + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(year)-\(two(month))-\(two(day))"
      + "T\(two(minutes % 1440 / 60)):\(two(minutes % 60)):\(two(second))Z"
  }
}
