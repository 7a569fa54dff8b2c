// A program of a regular expression over UTF-8: every way through it is followed at once.

extension RegularExpression {
  /// Does the expression match somewhere in the text, or all of it if `whole`?
  ///
  /// - Parameter text: Valid UTF-8.
  /// - Complexity: O(text x program); allocates a few small arrays.
  package func matches(_ text: UnsafeBufferPointer<UInt8>, whole: Bool) -> Bool {
    var run = Run(expression: self, whole: whole)
    return run.matches(text)
  }

  /// A set of places in the program that can be emptied at once (Briggs and Torczon, 1993).
  private struct Threads {
    var dense: [Int] = []
    private var marks: [Int]
    private var mark = 1

    init(size: Int) {
      marks = [Int](repeating: 0, count: size)
      dense.reserveCapacity(size)
    }

    mutating func removeAll() {
      dense.removeAll(keepingCapacity: true)
      mark += 1
    }

    /// `false` if it was seen already.
    mutating func see(_ place: Int) -> Bool {
      if marks[place] == mark { return false }
      marks[place] = mark
      return true
    }
  }

  private struct Run {
    let expression: RegularExpression
    let whole: Bool
    var current: Threads
    var next: Threads
    var stack: [Int] = []

    init(expression: RegularExpression, whole: Bool) {
      self.expression = expression
      self.whole = whole
      current = Threads(size: expression.program.count)
      next = current
    }

    mutating func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
      var at = 0
      var before: UInt32?
      while true {
        if !whole && current.dense.isEmpty && !expression.leads.isEmpty {
          // No way is open: to the next byte that one could start with.
          while at < text.count, !expression.leads[Int(text[at])] {
            let (scalar, length) = Self.scalar(text, at)
            before = scalar
            at += length
          }
        }
        let (scalar, length) = Self.scalar(text, at)
        if !whole || at == 0,
          Self.follow(
            0, in: expression, whole: whole, into: &current, stack: &stack,
            Place(at, text.count, before, scalar))
        {
          return true
        }
        guard let scalar else { return false }
        let after = Self.scalar(text, at + length).scalar
        next.removeAll()
        for index in current.dense.indices {
          let place = current.dense[index]
          guard case .scalar(let set) = expression.program[place],
            expression.sets[set].contains(scalar)
          else { continue }
          if Self.follow(
            place + 1, in: expression, whole: whole, into: &next, stack: &stack,
            Place(at + length, text.count, scalar, after))
          {
            return true
          }
        }
        swap(&current, &next)
        if whole && current.dense.isEmpty { return false }
        before = scalar
        at += length
      }
    }

    private struct Place {
      let isStart: Bool
      let isEnd: Bool
      let before: UInt32?
      let after: UInt32?

      init(_ at: Int, _ count: Int, _ before: UInt32?, _ after: UInt32?) {
        isStart = at == 0
        isEnd = at == count
        self.before = before
        self.after = after
      }

      var isWordBoundary: Bool {
        (before.map(ScalarSet.isWord) ?? false) != (after.map(ScalarSet.isWord) ?? false)
      }
    }

    /// Adds what can be reached without a scalar; `true` once that is a match. Static, and with a
    /// stack of its own: `threads` is a part of `self`, and a program may be thousands of steps.
    private static func follow(
      _ start: Int, in expression: RegularExpression, whole: Bool, into threads: inout Threads,
      stack: inout [Int], _ at: Place
    ) -> Bool {
      stack.removeAll(keepingCapacity: true)
      stack.append(start)
      while let place = stack.popLast() {
        guard threads.see(place) else { continue }
        switch expression.program[place] {
        case .scalar: threads.dense.append(place)
        case .jump(let target): stack.append(target)
        case .split(let first, let second):
          stack.append(second)
          stack.append(first)
        case .start: if at.isStart { stack.append(place + 1) }
        case .end: if at.isEnd { stack.append(place + 1) }
        case .wordBoundary(let wanted):
          if at.isWordBoundary == wanted { stack.append(place + 1) }
        case .match: if !whole || at.isEnd { return true }
        }
      }
      return false
    }

    @inline(__always)
    private static func scalar(
      _ text: UnsafeBufferPointer<UInt8>, _ at: Int
    ) -> (scalar: UInt32?, length: Int) {
      guard at < text.count else { return (nil, 0) }
      let byte = text[at]
      if byte < 0x80 { return (UInt32(byte), 1) }
      let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
      guard at + length <= text.count else { return (0xFFFD, text.count - at) }
      var value = UInt32(byte) & (0xFF >> UInt32(length + 1))
      for offset in 1..<length { value = value << 6 | UInt32(text[at + offset] & 0x3F) }
      return (value, length)
    }
  }
}
