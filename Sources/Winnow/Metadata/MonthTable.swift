// Month names looked up: `MonthNames` turned into one table, made at first use.

enum MonthTable {
  private struct Entry {
    let language: String
    let month: Int
  }

  private static let entries: [String: [Entry]] = {
    var entries: [String: [Entry]] = [:]
    for (language, names) in MonthNames.byLanguage {
      let months = names.split(whereSeparator: { $0 == " " || $0 == "\n" })
      for (index, forms) in months.enumerated() {
        for form in forms.split(separator: "/") where form != "-" {
          entries[String(form), default: []].append(Entry(language: language, month: index + 1))
        }
      }
    }
    return entries
  }()

  /// The month, `1...12`, that a name in lower case stands for.
  ///
  /// A name that is another month in another language (`listopad`) needs the language.
  static func month(named name: String, language: String?) -> Int? {
    guard name.utf8.count >= 3, let found = entries[name] else { return nil }
    let first = found[0].month
    if found.allSatisfy({ $0.month == first }) { return first }
    guard let language else { return nil }
    let primary = language.prefix { $0 != "-" && $0 != "_" }.lowercased()
    let isNorwegian = primary == "no" || primary == "nn"
    return found.first { $0.language == (isNorwegian ? "nb" : primary) }?.month
  }
}
