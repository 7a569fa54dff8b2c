// A document that is complete on the disk but does not bear its name yet.

/// A file under a temporary name, in the folder where it belongs.
package struct StagedFile: Sendable {
  let temporary: OutputPath
  package let target: OutputPath
  /// What the ledger keeps of it.
  package let record: OutputRecord
}
