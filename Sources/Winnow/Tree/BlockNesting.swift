// Which block-like elements are open, so that an end tag closes what a browser would close.
//
// libxml2 is told of `article` and its kin as `div`. An end tag must then close as many of them
// as stand between it and its own start tag, and none if there is no such start tag.

/// The open `div`-like elements of a page, between tables, which they do not reach across.
struct BlockNesting {
  /// Deeper than this an end tag closes the innermost element only; keeps stray tags linear.
  private static let reach = 1024

  private var open: [Tag] = []
  private var counts = [Int32](repeating: 0, count: 256)

  /// Is the element one that is told as `div`, or `div` itself?
  @inline(__always)
  static func holds(_ tag: Tag) -> Bool {
    tag == .div || (tag.rawValue >= Tag.section.rawValue && tag.rawValue <= Tag.search.rawValue)
  }

  mutating func start(_ tag: Tag) {
    open.append(tag)
    counts[Int(tag.rawValue)] += 1
  }

  /// How many `div` end tags the end tag of `tag` stands for.
  mutating func end(_ tag: Tag) -> Int {
    guard counts[Int(tag.rawValue)] > 0 else { return 0 }
    var index = open.count - 1
    let floor = max(0, open.count - Self.reach)
    while index >= floor {
      if open[index] == tag {
        let closed = open.count - index
        pop(to: index)
        return closed
      }
      if open[index] == .table { return 0 }
      index -= 1
    }
    return 0
  }

  func isOpen(_ tag: Tag) -> Bool { counts[Int(tag.rawValue)] > 0 }

  mutating func endTable() {
    guard counts[Int(Tag.table.rawValue)] > 0, let index = open.lastIndex(of: .table) else {
      return
    }
    pop(to: index)
  }

  private mutating func pop(to index: Int) {
    for tag in open[index...] { counts[Int(tag.rawValue)] -= 1 }
    open.removeSubrange(index...)
  }
}
