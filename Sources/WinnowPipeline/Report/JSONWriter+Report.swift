// What the report and the log write besides plain JSON values: paths, counts by name, seconds.

internal import Winnow

extension JSONWriter {
  mutating func member(_ key: String, _ value: Int) {
    self.key(key)
    integer(value)
  }

  /// Counts by name, in the order of the names.
  mutating func member(_ key: String, _ counts: [String: Int]) {
    self.key(key)
    beginObject()
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) { member(name, count) }
    endObject()
  }

  /// A path as text and, if it is not UTF-8, its bytes in hexadecimal digits as `keyHex` beside it.
  mutating func member(_ key: String, path: [UInt8]) {
    let text = String(decoding: path, as: UTF8.self)
    member(key, text)
    guard !text.utf8.elementsEqual(path) else { return }
    member(key + "Hex", path.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
  }

  /// Nanoseconds as seconds, to the millisecond.
  mutating func member(_ key: String, nanoseconds: UInt64) {
    self.key(key)
    double(Double(nanoseconds / 1_000_000) / 1000)
  }
}
