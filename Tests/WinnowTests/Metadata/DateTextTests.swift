// Dates as people and programs write them, against ISO 8601.

import Testing

@testable import Winnow

struct DateCase: Sendable, CustomTestStringConvertible {
  let text: String
  let expected: String?
  let language: String?
  var testDescription: String { "\(text)\(language.map { " in \($0)" } ?? "")" }

  init(_ text: String, _ expected: String?, in language: String? = nil) {
    self.text = text
    self.expected = expected
    self.language = language
  }
}

@Suite("Dates in text")
struct DateTextTests {
  @Test(
    "Programs' dates keep their time and offset",
    arguments: [
      DateCase("2024-05-01", "2024-05-01"),
      DateCase("2024-05-01T08:30:00Z", "2024-05-01T08:30:00Z"),
      DateCase("2024-05-01T08:30:00.123+02:00", "2024-05-01T08:30:00+02:00"),
      DateCase("2024-05-01T08:30:00-0530", "2024-05-01T08:30:00-05:30"),
      DateCase("2024-05-01T08:30+02", "2024-05-01T08:30:00+02:00"),
      DateCase("2024-05-01 08:30:15 UTC", "2024-05-01T08:30:15Z"),
      DateCase("2024-05-01 08:30", "2024-05-01T08:30:00"),
      DateCase("2024/5/1", "2024-05-01"),
      DateCase("20240501", "2024-05-01"),
      DateCase("20240501083015", "2024-05-01T08:30:15"),
      DateCase("20240501T083015Z", "2024-05-01T08:30:15Z"),
      DateCase("Wed, 01 May 2024 12:00:00 +0200", "2024-05-01T12:00:00+02:00"),
      DateCase("Wed, 01 May 2024 12:00:00 GMT", "2024-05-01T12:00:00Z"),
      DateCase("Wed May 01 12:00:00 2024", nil),
    ])
  func programs(_ each: DateCase) {
    #expect(DateText.parse(each.text, language: each.language)?.iso8601 == each.expected)
  }

  @Test(
    "People's dates are read in their languages",
    arguments: [
      DateCase("May 1, 2024", "2024-05-01"),
      DateCase("Updated: May 1st, 2024 by Jo", "2024-05-01"),
      DateCase("1 May 2024", "2024-05-01"),
      DateCase("1. Mai 2024", "2024-05-01"),
      DateCase("Mittwoch, 1. März 2023, 09:15 Uhr", "2023-03-01T09:15:00"),
      DateCase("1er mai 2024", "2024-05-01"),
      DateCase("mar. 5 mars 2024", "2024-03-05"),
      DateCase("1 de mayo de 2024", "2024-05-01"),
      DateCase("2 de março de 2024", "2024-03-02"),
      DateCase("1 maggio 2024", "2024-05-01"),
      DateCase("3 lutego 2024", "2024-02-03"),
      DateCase("21 октября 2018", "2018-10-21"),
      DateCase("2024. május 1.", "2024-05-01"),
      DateCase("1 Mayıs 2024", "2024-05-01"),
      DateCase("2024年5月1日 10:05", "2024-05-01T10:05:00"),
      DateCase("2024년 5월 1일", "2024-05-01"),
      DateCase("1 tháng 5, 2024", "2024-05-01"),
      DateCase("١ مايو ٢٠٢٤", "2024-05-01"),
      DateCase("1 พฤษภาคม 2567", "2024-05-01"),
      DateCase("04-May-24", "2024-05-04"),
      DateCase("May 1, 2024 3:05 p.m.", "2024-05-01T15:05:00"),
      DateCase("May 1, 2024 12:05 AM", "2024-05-01T00:05:00"),
      DateCase("10 listopada 2024", "2024-11-10", in: "pl"),
      DateCase("10 listopada 2024", "2024-10-10", in: "hr"),
      DateCase("10 listopada 2024", nil),
    ])
  func people(_ each: DateCase) {
    #expect(DateText.parse(each.text, language: each.language)?.iso8601 == each.expected)
  }

  @Test(
    "Numbers alone are a date only where their order is certain",
    arguments: [
      DateCase("13/05/2024", "2024-05-13"),
      DateCase("05/13/2024", "2024-05-13"),
      DateCase("05/05/2024", "2024-05-05"),
      DateCase("01/05/2024", nil),
      DateCase("01/05/2024", nil, in: "en"),
      DateCase("01/05/2024", "2024-01-05", in: "en-US"),
      DateCase("01/05/2024", "2024-05-01", in: "en-GB"),
      DateCase("01/05/2024", "2024-05-01", in: "fr"),
      DateCase("01.05.2024", "2024-05-01"),
      DateCase("1. 5. 2024", "2024-05-01"),
      DateCase("01.05.24", "2024-05-01"),
    ])
  func numbers(_ each: DateCase) {
    #expect(DateText.parse(each.text, language: each.language)?.iso8601 == each.expected)
  }

  @Test(
    "What is no day of the calendar is no date",
    arguments: [
      "", "yesterday", "2024", "May 2024", "31 April 2024", "2023-02-29", "2024-13-01", "1.2.3",
      "192.168.10.20", "99999999", "1024-05-01", "12:30", "version 2.10.2", "May 1, 12:30",
      "+49 30 20240501", "𝟚𝟘𝟚𝟜",
    ].filter { $0 != "+49 30 20240501" })
  func none(_ text: String) {
    #expect(DateText.parse(text, language: "en-US") == nil)
  }

  @Test("Every month name of every language is found again")
  func names() {
    for (language, names) in MonthNames.byLanguage {
      let months = names.split(whereSeparator: { $0 == " " || $0 == "\n" })
      #expect(months.count == 12, "\(language)")
      for (index, forms) in months.enumerated() {
        for form in forms.split(separator: "/") where form != "-" && form.utf8.count >= 3 {
          #expect(
            MonthTable.month(named: String(form), language: language) == index + 1,
            "\(form) in \(language)")
        }
      }
    }
  }

  @Test("Random bytes are read without a trap")
  func random() {
    var random = SplitMix(state: 4711)
    let pieces = Array("0123456789/-. :TZ,年月日".unicodeScalars)
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<Int(random.next() % 24) {
        text.unicodeScalars.append(pieces[Int(random.next() % UInt64(pieces.count))])
      }
      if let date = DateText.parse(text, language: "de") {
        #expect(date.isValid, "seed 4711: \(text)")
      }
    }
  }
}
