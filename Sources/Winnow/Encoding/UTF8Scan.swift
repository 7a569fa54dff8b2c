// Is this valid UTF-8? Fast enough to be asked of every page.

internal import Glibc

/// Whether bytes are valid UTF-8, and free of NUL.
struct UTF8Scan {
  /// Valid UTF-8; NUL is valid.
  let isValid: Bool
  /// Valid UTF-8 without NUL: the bytes can be used as they are.
  let isClean: Bool

  /// - Complexity: O(bytes); text beyond ASCII costs four times what ASCII costs.
  init(_ bytes: [UInt8]) {
    (isValid, isClean) = bytes.withUnsafeBufferPointer { buffer in
      let isValid = buffer.isValidUTF8()
      return (isValid, isValid && buffer.firstIndex(of: 0, from: 0) == nil)
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The first position from `index` on that holds `byte`.
  func firstIndex(of byte: UInt8, from index: Int) -> Int? {
    guard index < count, let base = baseAddress else { return nil }
    guard let found = memchr(base + index, Int32(byte), count - index) else { return nil }
    return UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) - base
  }

  /// Runs of ASCII are skipped eight bytes at a time; the rest goes through an automaton whose nine
  /// states are shifts of six bits (`&>>` looks at no others), so that no branch depends on the text.
  fileprivate func isValidUTF8() -> Bool {
    guard let base = baseAddress else { return true }
    let raw = UnsafeRawPointer(base)
    return utf8Transitions.withUnsafeBufferPointer { table in
      var state: UInt64 = 0
      var index = 0
      while index + 16 <= count {
        if state & 63 == 0 {
          let first = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
          let second = raw.loadUnaligned(fromByteOffset: index + 8, as: UInt64.self)
          if (first | second) & 0x8080_8080_8080_8080 == 0 {
            index += 16
            continue
          }
        }
        for offset in 0..<16 {
          state = table[Int(base[index &+ offset])] &>> state
        }
        if state & 63 == UTF8State.broken { return false }
        index += 16
      }
      while index < count {
        state = table[Int(base[index])] &>> state
        index += 1
      }
      return state & 63 == 0
    }
  }
}

/// The automaton's states, as shifts.
private enum UTF8State {
  static let start: UInt64 = 0
  static let broken: UInt64 = 6
  /// This many continuation bytes are still to come.
  static let one: UInt64 = 12
  static let two: UInt64 = 18
  static let three: UInt64 = 24
  /// After these leads, not every continuation byte may follow.
  static let afterE0: UInt64 = 30
  static let afterED: UInt64 = 36
  static let afterF0: UInt64 = 42
  static let afterF4: UInt64 = 48
}

/// For each byte: the next state after each state, at the bits that the state's shift names.
///
/// Source: the shift-based automaton of P. Vognsen (2020), over table 3-7 of Unicode 16.
private let utf8Transitions: [UInt64] = (0...255).map { byte in
  var row: UInt64 = 0
  func to(_ next: UInt64, from state: UInt64) { row |= next << state }
  let isContinuation = 0x80...0xBF ~= byte
  let afterStart: UInt64 =
    switch byte {
    case 0x00...0x7F: UTF8State.start
    case 0xC2...0xDF: UTF8State.one
    case 0xE0: UTF8State.afterE0
    case 0xED: UTF8State.afterED
    case 0xE1...0xEF: UTF8State.two
    case 0xF0: UTF8State.afterF0
    case 0xF4: UTF8State.afterF4
    case 0xF1...0xF3: UTF8State.three
    default: UTF8State.broken
    }
  to(afterStart, from: UTF8State.start)
  to(UTF8State.broken, from: UTF8State.broken)
  to(isContinuation ? UTF8State.start : UTF8State.broken, from: UTF8State.one)
  to(isContinuation ? UTF8State.one : UTF8State.broken, from: UTF8State.two)
  to(isContinuation ? UTF8State.two : UTF8State.broken, from: UTF8State.three)
  to(0xA0...0xBF ~= byte ? UTF8State.one : UTF8State.broken, from: UTF8State.afterE0)
  to(0x80...0x9F ~= byte ? UTF8State.one : UTF8State.broken, from: UTF8State.afterED)
  to(0x90...0xBF ~= byte ? UTF8State.two : UTF8State.broken, from: UTF8State.afterF0)
  to(0x80...0x8F ~= byte ? UTF8State.two : UTF8State.broken, from: UTF8State.afterF4)
  return row
}
