// Which lines of a text another lacks, and which it has more.

/// Lines taken and added, in the order of the texts; blank ones do not count.
struct LineChanges: Sendable, Equatable {
  var removed: [String] = []
  var added: [String] = []

  /// - Complexity: O(lines x changes); texts of many lines are compared as sets.
  init(from old: [UInt8], to new: [UInt8]) {
    let (old, new) = (Self.lines(old), Self.lines(new))
    guard old.count + new.count <= Self.mostLines else {
      let (oldSet, newSet) = (Set(old), Set(new))
      removed = old.filter { !newSet.contains($0) }.map(Self.text)
      added = new.filter { !oldSet.contains($0) }.map(Self.text)
      return
    }
    for change in new.difference(from: old) {
      switch change {
      case .remove(_, let line, _): removed.append(Self.text(line))
      case .insert(_, let line, _): added.append(Self.text(line))
      }
    }
    // The difference tells removals from the end.
    removed.reverse()
  }

  /// Above this, the difference could take seconds.
  private static let mostLines = 20_000

  private static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    text.split(separator: 0x0A)
  }

  private static func text(_ line: ArraySlice<UInt8>) -> String {
    String(decoding: line, as: UTF8.self)
  }
}
