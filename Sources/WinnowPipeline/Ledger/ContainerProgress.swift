// How far a container has been done, so that a run that was interrupted in it goes on there: the
// order in which pages were met in, and those that were done; out, up to which one all are.

/// Where the reading of a container may begin: at a page before which all are done.
package struct ContainerStart: Sendable, Equatable {
  /// Of the container when the pages before were read.
  let stamp: FileStamp
  /// The page's name in the container.
  let name: [UInt8]
}

/// How far one container has been done, as the ledger keeps it.
struct ContainerMark: Sendable, Equatable {
  var start: ContainerStart
  /// Of the options that decide which pages the container holds.
  var options: ContentHash
  /// Pages before the one it begins at.
  var pages: Int
}

/// Follows one container while it is read. A value, guarded by whoever holds it.
struct ContainerProgress: Sendable {
  let stamp: FileStamp
  let options: ContentHash
  /// Pages that were met behind those that are all done, in their order.
  private var open: [(name: [UInt8], isDone: Bool)] = []
  /// Indices of `open` by name, counted from the first page ever met.
  private var places: [[UInt8]: Int] = [:]
  /// Pages that are no longer in `open`.
  private var passed: Int
  /// How many of the first in `open` are done.
  private var done = 0
  private(set) var mark: ContainerMark?

  /// - Parameter pages: Pages before the first that will be met.
  init(stamp: FileStamp, options: ContentHash, pages: Int) {
    self.stamp = stamp
    self.options = options
    passed = pages
  }

  mutating func met(_ name: [UInt8], isDone: Bool) {
    places[name] = passed + open.count
    open.append((name, isDone))
    if isDone { advance() }
  }

  mutating func ended(_ name: [UInt8]) {
    guard let place = places[name], place >= passed else { return }
    open[place - passed].isDone = true
    advance()
  }

  private mutating func advance() {
    while done < open.count, open[done].isDone { done += 1 }
    guard done > 0 else { return }
    // The last page that is done is read again, to begin at a record that is known to be one.
    mark = ContainerMark(
      start: ContainerStart(stamp: stamp, name: open[done - 1].name), options: options,
      pages: passed + done - 1)
    // Seldom, so that moving the rest costs nothing by the page.
    guard done >= Self.pieceSize else { return }
    for each in open[..<done] { places[each.name] = nil }
    open.removeSubrange(..<done)
    passed += done
    done = 0
  }

  private static let pieceSize = 256
}
