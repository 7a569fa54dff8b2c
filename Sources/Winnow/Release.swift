// Which extraction this is: its release and its model, for whoever keeps documents and must know
// whether they would come out the same today.

/// The release of the library and the command.
public enum Release {
  /// As in CHANGELOG.md.
  public static let version = "0.1.0"

  /// What the sample pages become, all formats and options together, as one hash: other code that
  /// makes other documents has another. A test compares it; `make revision` sets it.
  package static let extraction = "a5893944c8fbb570"

  /// The tables of the shipped models: which blocks are content, which lines are residue.
  package static func modelTables() -> [UInt8] {
    [TableBytes.blocks, .sequence, .residue].flatMap { Array($0.bytes) }
  }
}
