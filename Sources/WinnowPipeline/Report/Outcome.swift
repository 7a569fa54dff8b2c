// How a page's way through the stages can end, and the face of every reason for it.

/// The end of a page's way. Every page that is found has exactly one.
package enum Outcome: String, Sendable, CaseIterable {
  /// Its documents stand in the output folder.
  case written
  /// `filter` left it out, as the configuration asks.
  case filtered
  /// It has no document, for a reason that the report names.
  case failed
  /// It was not tried: earlier runs died of it.
  case quarantined
  /// An earlier run did it, and nothing that matters has changed since.
  case unchanged
}

/// Why a page ended otherwise than written.
package protocol RecordedReason: Error, CustomStringConvertible {
  var outcome: Outcome { get }
  /// A short stable word for counts and reports, such as `not-html`.
  var reason: String { get }
  /// Whether no other page can be handled either, as when the disk is full.
  var endsRun: Bool { get }
  /// Whether the same page would end the same way again; what disks, permissions or other programs
  /// decide is tried again by the next run, and the page's earlier documents stay till then.
  var isFinal: Bool { get }
}

extension RecordedReason {
  package var endsRun: Bool { false }
  package var isFinal: Bool { true }
}
