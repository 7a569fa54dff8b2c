// Offsets into a text that is being rewritten: where they stood in, where they stand out.

/// Follows byte offsets through one pass that reads a text from front to back.
///
/// Offsets keep their order, whatever is dropped or replaced.
struct OffsetMap {
  /// The offsets in the order in which they were given: moved as far as the pass has come.
  private(set) var values: [Int]
  /// Indices of `values` by offset; those before `next` are moved.
  private let order: [Int]
  private var next = 0
  /// The first offset that is not moved yet; the pass must call `reach` when it gets there.
  private(set) var pending: Int

  init(_ offsets: [Int]) {
    values = offsets
    order = offsets.indices.sorted { (offsets[$0], $0) < (offsets[$1], $1) }
    pending = order.first.map { offsets[$0] } ?? .max
  }

  /// Moves every offset up to `input` that is still unmoved to `output`.
  mutating func reach(_ input: Int, output: Int) {
    while pending <= input, next < order.count {
      values[order[next]] = output
      advance()
    }
  }

  /// Moves the offsets up to `end` along with text that is copied from `start` to `output`.
  mutating func copy(from start: Int, through end: Int, to output: Int) {
    while pending <= end, next < order.count {
      values[order[next]] = output + max(pending - start, 0)
      advance()
    }
  }

  /// Moves again what was moved to beyond `limit`, because the output was cut there and goes on to
  /// `end` with other text.
  mutating func replace(after limit: Int, end: Int) {
    var index = next - 1
    while index >= 0, values[order[index]] > limit {
      values[order[index]] = end
      index -= 1
    }
  }

  private mutating func advance() {
    next += 1
    pending = next < order.count ? values[order[next]] : .max
  }
}
