// Where a page came from, as the ledger keeps it: what was known before it was read.

internal import Winnow

/// The address, date and name that a container, or the program that saved the page, gave it.
package struct PageOrigin: Sendable, Equatable {
  package let url: String?
  /// ISO 8601.
  package let saved: String?
  package let record: String?

  /// `nil` when nothing is known.
  init?(_ page: Page) {
    guard page.url != nil || page.saved != nil || page.recordID != nil else { return nil }
    url = page.url
    saved = page.saved
    record = page.recordID
  }
}
