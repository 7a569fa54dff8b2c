// Where a document stands below the output folder: a page's path in, safe names out.
//
// The rules below make different pages' paths different, whatever the pages are called; they look
// at one path alone, so that they do not depend on the order of the pages.

internal import Winnow

/// The place of a file below the output folder: folders, then a name.
package struct OutputPath: Hashable, Sendable {
  /// Outermost first; none is empty, `.`, `..`, or holds a `/` or NUL, or is too long.
  package let folders: [[UInt8]]
  package let name: [UInt8]

  /// A file that belongs to the run itself, in the output folder.
  init(own name: String) {
    folders = []
    self.name = Array(name.utf8)
  }

  /// A place the ledger kept: names joined by slashes, as `bytes` gives them.
  init(bytes: [UInt8]) {
    var names = bytes.split(separator: UInt8(ascii: "/")).map { Array($0) }
    name = names.popLast() ?? []
    folders = names
  }

  /// Another name in the same folder.
  func renamed(_ name: String) -> OutputPath {
    OutputPath(folders: folders, name: Array(name.utf8))
  }

  private init(folders: [[UInt8]], name: [UInt8]) {
    self.folders = folders
    self.name = name
  }

  /// Below the output folder, names joined by slashes.
  package var bytes: [UInt8] { Array((folders + [name]).joined(separator: [UInt8(ascii: "/")])) }

  /// The place of a page's document.
  ///
  /// `news/a.html` with `txt` gives `news/a.html.txt`. Some names get a `~` so that they cannot
  /// meet others:
  /// - a folder called like a document (`a.txt`, which the document of a page `a` could be) ends in
  ///   `~`, and one more if it ended in some before;
  /// - a folder called like a file of many documents (`documents-00001.jsonl`) does as well;
  /// - a page called like the run's own files (`winnow-report`, `.winnow...`) gets one before the
  ///   extension;
  /// - a name longer than 255 bytes is cut, and the cut marked by `~` and a hash of it all;
  /// - a name that is none (empty, `.`, `..`, as archives may hold) begins with `~`.
  package init(page: PagePath, fileExtension: String) {
    var names = page.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { Self.real(Array($0)) }
    let last = names.removeLast()
    folders = names.enumerated().map { depth, name in
      // In the output folder itself stand the files that hold many documents.
      let isShard = depth == 0 && ShardNames.isShard(name)
      return Self.fitted(isShard ? name + [tilde] : Self.folder(name), ending: [])
    }
    let ending = [UInt8(ascii: ".")] + Array(fileExtension.utf8)
    let isOwn = names.isEmpty && Self.ownPrefixes.contains { last.starts(with: $0.utf8) }
    name = Self.fitted(isOwn ? last + [tilde] : last, ending: ending)
  }

  /// What the run's own files in the output folder begin with.
  static let ownPrefixes = ["winnow-report", OutputFolder.ownPrefix]

  /// The most bytes of a name (NAME_MAX).
  private static let longestName = 255

  /// A name that any folder can hold.
  private static func real(_ name: [UInt8]) -> [UInt8] {
    let isNone = name.isEmpty || name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8)
    // A name that begins with `~` and would be taken for such a one gets another.
    let looksLikeOne =
      name.first == tilde && name.allSatisfy { $0 == tilde || $0 == UInt8(ascii: ".") }
    let safe = name.contains(0) ? name.map { $0 == 0 ? tilde : $0 } : name
    return isNone || looksLikeOne ? [tilde] + safe : safe
  }

  private static func folder(_ name: [UInt8]) -> [UInt8] {
    let stem = name[..<((name.lastIndex { $0 != tilde } ?? -1) + 1)]
    return extensions.contains { stem.suffix($0.count).elementsEqual($0) } ? name + [tilde] : name
  }

  private static let extensions = OutputFormat.allCases.filter { !$0.isRow }.map {
    Array(".\($0.fileExtension)".utf8)
  }

  private static func fitted(_ name: [UInt8], ending: [UInt8]) -> [UInt8] {
    guard name.count + ending.count > longestName else { return name + ending }
    let mark = [tilde] + Array(hash(name).utf8)
    var kept = longestName - ending.count - mark.count
    // Not in the middle of a character: names that were valid UTF-8 stay so.
    while kept > 0 && name[kept] & 0xC0 == 0x80 { kept -= 1 }
    return name[..<kept] + mark + ending
  }

  /// FNV-1a with 128 bits, in 32 hexadecimal digits.
  ///
  /// Source: Fowler, Noll, Vo; offset basis and prime as in RFC 9923.
  private static func hash(_ bytes: [UInt8]) -> String {
    var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    for byte in bytes {
      hash ^= UInt128(byte)
      hash &*= 0x0000_0000_0100_0000_0000_0000_0000_013b
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }
}

private let tilde = UInt8(ascii: "~")

extension OutputPath {
  /// The path below `folder`, as users know it.
  func display(below folder: [UInt8]) -> [UInt8] {
    var path = folder
    for name in folders + [name] {
      if path.last != UInt8(ascii: "/") && !path.isEmpty { path.append(UInt8(ascii: "/")) }
      path += name
    }
    return path
  }
}
