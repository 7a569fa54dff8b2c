// What files of single pages are called: the only list of their endings.

enum PageNames {
  /// Pages of HTML.
  static let pages = [".html", ".htm", ".xhtml", ".xht", ".shtml"]
  /// Programs that made pages: mirrors call the pages so.
  static let programs = [".php", ".asp", ".aspx", ".jsp"]
  /// Web pages in one file, with all that belongs to them.
  static let messages = [".mhtml", ".mht"]
  /// Text that somebody took out of pages.
  static let text = [".txt"]

  /// For `fetch.include`: pages, packed or not, and under the names that mirrors give to addresses
  /// with a query (`page.php?id=3`, or with `@` for systems that allow no question mark).
  static let patterns =
    (pages + messages).flatMap { ending in
      ["**/*\(ending)"] + Packing.endings.map { "**/*\(ending)\($0)" }
    } + programs.map { "**/*\($0)" } + (pages + programs).map { "**/*\($0)[?@]*" }

  /// Whether a path has one of these endings, packed or not, ASCII letters in either case.
  static func ends(_ path: [UInt8], in endings: [String]) -> Bool {
    let end = path.suffix(16).map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
    return ([""] + Packing.endings).contains { packed in
      endings.contains { ending in
        let name = Array((ending + packed).utf8)
        return end.suffix(name.count) == name[...]
      }
    }
  }
}
