// What one page may take of time and memory: looked at between the steps of an extraction, and in
// the parser's events.
//
// Each step takes time and memory in proportion to what the step before gave, and the parser stops
// at the limits. So a page is stopped within one step of its budget, at the latest.

import Glibc

/// The budget of one page, from the moment it is made.
struct PageBudget {
  private let limits: ExtractionOptions.Limits
  private let deadline: Deadline

  init(_ limits: ExtractionOptions.Limits) {
    self.limits = limits
    deadline = Deadline(seconds: limits.pageSeconds)
  }

  func checkTime() throws(PageFailure) {
    if deadline.hasPassed { throw .overran(seconds: limits.pageSeconds) }
  }

  /// Before the features of a page's blocks are counted, which take the most memory.
  ///
  /// - Parameter features: Numbers for each block.
  func checkMemory(
    of tree: PageTree, _ list: BlockList, features: Int
  ) throws(PageFailure) {
    // A block's row, its bins of a byte each, and the block itself.
    let block = features * 5 + MemoryLayout<TextBlock>.stride
    let bytes = tree.footprint + list.text.count + list.blocks.count * block
    if bytes > limits.memoryBytes {
      throw .tooMuchMemory(bytes: bytes, limit: limits.memoryBytes)
    }
  }
}

extension PageTree {
  /// Bytes of the nodes and their text, about.
  var footprint: Int { nodes.count * MemoryLayout<Node>.stride + text.count }
}

/// A point in time by the monotonic clock.
struct Deadline {
  private let nanoseconds: UInt64

  init(seconds: Double) {
    nanoseconds = Self.now() + UInt64(max(0, min(seconds, 1e6)) * 1e9)
  }

  var hasPassed: Bool { Self.now() >= nanoseconds }

  private static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
