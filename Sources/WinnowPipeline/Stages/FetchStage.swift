// `fetch`: a page's file in, its bytes out.

package import Winnow

/// Reads pages.
package struct FetchStage: Stage {
  package static let name = "fetch"
  private let limit: Int

  /// - Parameter limit: Most bytes of a page, packed and unpacked.
  package init(limit: Int) {
    self.limit = limit
  }

  package func process(_ file: FoundFile) throws(FetchFailure) -> FetchedPage {
    let read = try InputFile.read(
      file.path, in: file.root.raw, isLink: file.isLink, limit: limit)
    return FetchedPage(
      page: Page(bytes: read.bytes, format: Page.Format(path: file.path)), stored: read.stored, stamp: read.stamp, content: read.content)
  }
}

/// A page as it was read.
package struct FetchedPage: Sendable {
  package let page: Page
  /// Bytes read from the disk, fewer than the page's if it was packed.
  package let stored: Int
  /// Of the file, to tell by whether it changed.
  let stamp: FileStamp
  let content: ContentHash
}

extension Page.Format {
  /// `text` for names that end in `.txt` or `.txt.gz`, ASCII letters in either case.
  package init(path: [UInt8]) {
    let end = path.suffix(7).map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
    let isText = end.suffix(4) == Array(".txt".utf8)[...] || end == Array(".txt.gz".utf8)
    self = isText ? .text : .html
  }
}
