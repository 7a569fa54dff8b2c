// What a run has done so far, in numbers.

internal import Winnow

/// Counts of one run. A value: take a copy to look at it.
package struct RunTally: Sendable {
  /// Pages found by the walk.
  package var found = 0
  /// Folders and links that cannot be read, which the walk met besides; they are among `failed`.
  package var unreadable = 0
  /// Pages that earlier runs did and that need not be done again.
  package var unchanged = 0
  /// Pages that were not tried because runs died of them.
  package var quarantined = 0
  /// Pages of earlier runs that are in the input no more, and those of them whose documents were
  /// removed.
  package var gone = 0
  package var pruned = 0
  package var written = 0
  /// Pages by reason.
  package var failed: [String: Int] = [:]
  package var filtered: [String: Int] = [:]
  /// Pages that were written though something could not be taken in full.
  package var degraded = 0
  /// Of these, pages whose end was not read because of a limit of Winnow's.
  package var cutShort = 0
  package var degradations: [String: Int] = [:]
  package var passedOver: [String: Int] = [:]
  /// Bytes read from the disk, bytes of the pages unpacked, bytes of documents.
  package var bytesStored = 0
  package var bytesRead = 0
  package var bytesWritten = 0
  package var encodings: [String: Int] = [:]
  package var encodingSources: [String: Int] = [:]
  /// Pages in which some bytes had no meaning in their encoding.
  package var pagesWithReplacements = 0
  /// Lines removed as residue, by kind.
  package var residue: [String: Int] = [:]

  package var failedPages: Int { failed.values.reduce(0, +) }
  package var filteredPages: Int { filtered.values.reduce(0, +) }
  /// Pages whose way has ended.
  package var ended: Int { written + failedPages + filteredPages + quarantined + unchanged }
  /// Whether every page that was found has ended in exactly one way; must hold when a run has
  /// finished.
  package var isBalanced: Bool { found + unreadable == ended }
}

/// What a stage has cost so far.
package struct StageCost: Sendable {
  package let name: String
  package let workers: Int
  /// Values that went in.
  package var items = 0
  /// Nanoseconds of CPU of the stage's threads.
  package var cpu: UInt64 = 0
  /// Nanoseconds its workers spent with values in hand, waiting for disks included, for other
  /// stages not; summed over the workers.
  package var busy: UInt64 = 0
}
