// Pages and documents as bytes, for the way between two processes of the same program. Never on a
// disk or a network: both ends are the same build.

internal import Winnow

/// Bytes, value after value.
struct WireWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ value: Int) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func put(_ value: Bool) { bytes.append(value ? 1 : 0) }
  mutating func put(_ value: Double) { put(Int(bitPattern: UInt(value.bitPattern))) }

  mutating func put(_ value: [UInt8]) {
    put(value.count)
    bytes.append(contentsOf: value)
  }

  mutating func put(_ value: String) {
    put(value.utf8.count)
    bytes.append(contentsOf: value.utf8)
  }

  mutating func put(_ value: String?) {
    put(value != nil)
    if let value { put(value) }
  }

  mutating func put<Value>(_ values: [Value], _ body: (inout WireWriter, Value) -> Void) {
    put(values.count)
    for value in values { body(&self, value) }
  }
}

/// Bytes that are not what the other end writes.
struct WireMistake: Error {}

/// Takes values in the order in which they were put.
struct WireReader {
  private let bytes: [UInt8]
  private var next = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  private mutating func take(_ count: Int) throws(WireMistake) -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - next else { throw WireMistake() }
    defer { next += count }
    return bytes[next..<(next + count)]
  }

  mutating func int() throws(WireMistake) -> Int {
    let value = try take(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(bitPattern: UInt(value))
  }

  mutating func bool() throws(WireMistake) -> Bool { try take(1).first == 1 }

  mutating func double() throws(WireMistake) -> Double {
    Double(bitPattern: UInt64(UInt(bitPattern: try int())))
  }

  mutating func blob() throws(WireMistake) -> [UInt8] { Array(try take(int())) }

  mutating func string() throws(WireMistake) -> String {
    String(decoding: try take(int()), as: UTF8.self)
  }

  mutating func optional() throws(WireMistake) -> String? { try bool() ? string() : nil }

  mutating func list<Value>(
    _ body: (inout WireReader) throws(WireMistake) -> Value
  ) throws(WireMistake) -> [Value] {
    var values: [Value] = []
    for _ in 0..<(try int()) { values.append(try body(&self)) }
    return values
  }

  mutating func word<Value: RawRepresentable<String>>() throws(WireMistake) -> Value {
    guard let value = Value(rawValue: try string()) else { throw WireMistake() }
    return value
  }
}
