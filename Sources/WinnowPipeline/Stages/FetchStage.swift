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
      page: Page(bytes: read.bytes), stored: read.stored, stamp: read.stamp, content: read.content)
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
