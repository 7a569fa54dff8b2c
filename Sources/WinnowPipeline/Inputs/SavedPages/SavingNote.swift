// The comment in which a program that saved a page says where it came from: a page's first bytes
// in, address and date out.

internal import Winnow

/// What browsers, HTTrack and SingleFile write into pages.
enum SavingNote: Equatable {
  case page(address: String, date: String?)
  /// The list of mirrored sites that HTTrack puts beside them.
  case mirrorIndex

  /// The first note among the comments of a page's first bytes.
  ///
  /// Other programs' comments may hold what looks like a note; only addresses that name a scheme and
  /// a host are taken.
  static func first(in page: [UInt8]) -> SavingNote? {
    let head = page.prefix(searched)
    var at = head.startIndex
    while let start = head[at...].firstPlace(of: "<!--")?.upperBound {
      let end = head[start...].firstPlace(of: "-->")?.lowerBound ?? head.endIndex
      if let note = SavingNote(comment: head[start..<end].trimmed) { return note }
      at = end
    }
    return nil
  }

  /// Bytes of the page that are searched; the notes stand at its beginning.
  private static let searched = 4096

  private init?(comment: ArraySlice<UInt8>) {
    if let rest = comment.behind("saved from url=(") {
      self.init(browser: rest)
    } else if let rest = comment.behind("Mirrored from ") {
      self.init(mirror: rest)
    } else if comment.starts(with: "Mirror and index made by HTTrack".utf8) {
      self = .mirrorIndex
    } else if comment.starts(with: "Page saved with SingleFile".utf8)
      || comment.starts(with: "Archive processed by SingleFile".utf8)
    {
      self.init(singleFile: comment)
    } else {
      return nil
    }
  }

  /// `0025)https://example.org/page`: the length in four digits, then the address.
  private init?(browser text: ArraySlice<UInt8>) {
    guard let close = text.firstIndex(of: UInt8(ascii: ")")) else { return nil }
    let address = text[(close + 1)...].prefix { !$0.isHeaderSpace }
    guard let address = Self.address(address) else { return nil }
    self = .page(address: address, date: nil)
  }

  /// `example.org/page by HTTrack Website Copier/3.x [...], Sat, 05 Nov 2016 10:00:00 GMT`. The
  /// scheme is left out when it is `http`, and in older versions always.
  private init?(mirror text: ArraySlice<UInt8>) {
    guard let end = text.firstPlace(of: " by HTTrack") else { return nil }
    let place = text[..<end.lowerBound]
    let address = Self.address(place) ?? Self.address(Array("http://".utf8)[...] + place)
    guard let address else { return nil }
    let date = text[end.upperBound...].firstPlace(of: "], ").flatMap {
      SavedDate.iso(text[$0.upperBound...])
    }
    self = .page(address: address, date: date)
  }

  /// Lines: `url: https://example.org/page`, `saved date: Mon Jan 01 2024 12:00:00 GMT+0100 (...)`.
  private init?(singleFile text: ArraySlice<UInt8>) {
    let lines = text.split(separator: 0x0A).map(\.trimmed)
    guard let address = lines.lazy.compactMap({ $0.behind("url:") }).first,
      let address = Self.address(address.trimmed)
    else { return nil }
    let date = lines.lazy.compactMap { $0.behind("saved date:") }.first
    self = .page(address: address, date: date.flatMap { SavedDate.iso($0) })
  }

  /// An address of the web, as text.
  private static func address(_ bytes: ArraySlice<UInt8>) -> String? {
    let schemes = ["http://", "https://", "ftp://"]
    guard schemes.contains(where: { bytes.starts(with: $0.utf8) && bytes.count > $0.utf8.count }),
      bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F })
    else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension ArraySlice<UInt8> {
  /// What follows `text`, if the bytes begin with it.
  func behind(_ text: String) -> ArraySlice<UInt8>? {
    starts(with: text.utf8) ? dropFirst(text.utf8.count) : nil
  }

  /// The first place where `text` stands.
  func firstPlace(of text: String) -> Range<Int>? {
    let bytes = Array(text.utf8)
    return withUnsafeBufferPointer { $0.firstIndex(of: bytes, from: 0) }.map { found in
      (startIndex + found)..<(startIndex + found + bytes.count)
    }
  }
}
