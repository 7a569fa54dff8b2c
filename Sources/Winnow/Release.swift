// Which extraction this is: its release and its model, for whoever keeps documents and must know
// whether they would come out the same today.

/// The release of the library and the command.
public enum Release {
  /// As in CHANGELOG.md; raised with every change of what a page's document holds.
  public static let version = "0.1.0"

  /// The tables of the shipped models: which blocks are content, which lines are residue.
  package static func modelTables() -> [UInt8] {
    [ModelTables.text, ResidueTables.text].flatMap { text in text.withUTF8Buffer { Array($0) } }
  }
}
