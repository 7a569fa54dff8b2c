// Which files hold many pages, told by their names.

/// A kind of file that is not a page but holds pages.
package enum ContainerKind: Sendable, CaseIterable {
  /// WARC, WET and ARC.
  case webArchive
  /// JSON Lines.
  case lines
  /// Zip, tar and 7z.
  case archive

  /// The kind of the file at `path`; letters count in either case.
  package init?(path: [UInt8]) {
    let end = path.suffix(16).map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
    let kind = Self.allCases.first { kind in
      kind.endings.contains { end.suffix($0.utf8.count).elementsEqual($0.utf8) }
    }
    guard let kind else { return nil }
    self = kind
  }

  /// What names of the kind end in; the only list of them.
  var endings: [String] {
    switch self {
    case .webArchive: Self.packed([".warc", ".wet", ".arc"])
    case .lines: Self.packed([".jsonl", ".ndjson"])
    case .archive:
      [
        ".zip", ".7z", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz",
        ".tar.zst", ".tzst",
      ]
    }
  }

  /// Whether reading can begin at one of its pages.
  var canGoOn: Bool { self != .archive }

  private static func packed(_ endings: [String]) -> [String] {
    endings.flatMap { ending in [ending] + Packing.endings.map { ending + $0 } }
  }

  /// For `fetch.include`.
  static let patterns = allCases.flatMap(\.endings).map { "**/*\($0)" }
}
