// `fetch`: a file in, the bytes of its page out, or of its pages one after another.

package import Winnow

/// Reads pages.
package struct FetchStage: Stage {
  package static let name = "fetch"
  private let containers: ContainerReader
  private let selection: PageSelection
  private let limit: Int

  /// - Parameter limit: Most bytes of a page, packed and unpacked.
  package init(_ options: FetchOptions = FetchOptions(), limit: Int) {
    self.limit = limit
    selection = PageSelection(options.select)
    containers = ContainerReader(
      options: options, rules: PathRules(options), selection: selection, limit: limit)
  }

  /// Hands out what a file holds, until `visit` returns `false`.
  ///
  /// - Parameter start: Where to begin in a container, if not at its beginning.
  package func read(
    _ file: FoundFile, at page: PagePath, from start: ContainerStart? = nil,
    visit: (FetchEvent) -> Bool
  ) {
    if let kind = file.container {
      return containers.read(file, kind, at: page, from: start, visit: visit)
    }
    do throws(FetchFailure) {
      _ = visit(.page(try process(file), page))
    } catch {
      _ = visit(.failure(error, page))
    }
  }

  package func process(_ file: FoundFile) throws(FetchFailure) -> FetchedPage {
    if let piped = file.piped { return try wanted(piped.page(limit: limit)) }
    let read = try InputFile.read(
      file.path, in: file.root.raw, isLink: file.isLink, limit: limit)
    let page = try SavedPage.page(read.bytes, SavedPage.Form(path: file.path))
    return try wanted(
      FetchedPage(page: page, stored: read.stored, stamp: read.stamp, content: read.content))
  }

  private func wanted(_ fetched: FetchedPage) throws(FetchFailure) -> FetchedPage {
    if let unwanted = selection.refusal(url: fetched.page.url) { throw .unwanted(unwanted) }
    return fetched
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

extension FetchedPage {
  /// A page of a container. Whether it changed is told by its content alone, to which belongs all
  /// that the container says of it.
  init(of container: Page, stored: Int) {
    page = container
    self.stored = stored
    stamp = FileStamp(size: container.bytes.count, modified: nil, inode: 0)
    let facts = [page.url, page.httpCharset, page.saved, page.recordID].map { $0 ?? "\0" }
    let text = "\(ContentHash(page.bytes)) \(page.format) " + facts.joined(separator: "\n")
    content = ContentHash(Array(text.utf8))
  }
}
