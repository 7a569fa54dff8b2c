// One file that somebody or some program saved: its bytes in, the page in it out, with what the
// saving program wrote down about where it came from.

package import Winnow

package enum SavedPage {
  /// What a file of one page holds.
  package enum Form: String, Sendable, CaseIterable {
    case html
    /// Text that somebody took out of pages.
    case text
    /// A web page in one file, with all that belongs to it, as a MIME message.
    case mhtml

    /// By the name of the file; letters count in either case.
    package init(path: [UInt8]) {
      self =
        PageNames.ends(path, in: PageNames.text)
        ? .text : PageNames.ends(path, in: PageNames.messages) ? .mhtml : .html
    }
  }

  /// The page in a file.
  ///
  /// - Parameter bytes: Unpacked.
  /// - Complexity: O(bytes) for messages; for pages, their first bytes are looked at.
  package static func page(_ bytes: [UInt8], _ form: Form) throws(FetchFailure) -> Page {
    switch form {
    case .text: return Page(bytes: bytes, format: .text)
    case .mhtml: return try MessagePage.page(in: bytes)
    case .html: break
    }
    var page = Page(bytes: bytes)
    switch SavingNote.first(in: bytes) {
    case .page(let address, let date):
      page.url = address
      page.saved = date
    case .mirrorIndex: throw .mirrorIndex
    case nil: break
    }
    return page
  }
}
