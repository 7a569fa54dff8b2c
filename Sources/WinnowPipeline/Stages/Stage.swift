// The face of a stage, and what travels between stages.

package import Winnow

/// One step of a page's way: takes a value, gives the next. It knows neither queues nor workers, and
/// may be called from many threads at once.
package protocol Stage: Sendable {
  associatedtype Input: Sendable
  associatedtype Output: Sendable
  associatedtype Failure: RecordedReason

  /// As in `pipeline.json`.
  static var name: String { get }

  /// - Throws: Why the page's way ends here.
  func process(_ input: Input) throws(Failure) -> Output
}

/// A value on its way, with the page it belongs to.
struct Item<Value: Sendable>: Sendable {
  let page: PagePath
  let value: Value
}

extension PageFailure: RecordedReason {
  package var outcome: Outcome { .failed }
}
