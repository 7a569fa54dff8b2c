// Numbers out of the models' tables, and what can be wrong with these.

/// Why tables are no model.
package enum TableError: Error, Equatable {
  case truncated, wrongMagic
  /// The tables were made for other features: train again.
  case otherFeatures(expected: UInt32, found: UInt32)
  case outOfRange
}

/// Reads little-endian numbers and never past the end.
struct TableReader {
  private let tables: TableBytes
  private var bytes: UnsafeRawBufferPointer { tables.bytes }
  /// Bytes that were read.
  private(set) var place = 0

  init(_ tables: TableBytes) { self.tables = tables }

  /// What tables of blocks begin with: a number that tells their kind, and one that tells the features
  /// they were made for.
  mutating func readHeader(_ kind: UInt32) throws(TableError) {
    guard try uint32() == kind else { throw .wrongMagic }
    let found = try uint32()
    let expected = BlockModel.fingerprint(of: FeatureExtractor.names)
    guard found == expected else { throw .otherFeatures(expected: expected, found: found) }
  }

  var isAtEnd: Bool { place == bytes.count }

  mutating func uint8() throws(TableError) -> UInt8 {
    guard place < bytes.count else { throw .truncated }
    place += 1
    return bytes[place - 1]
  }

  mutating func uint16() throws(TableError) -> UInt16 {
    UInt16(try uint8()) | UInt16(try uint8()) << 8
  }

  mutating func uint32() throws(TableError) -> UInt32 {
    UInt32(try uint16()) | UInt32(try uint16()) << 16
  }

  mutating func float() throws(TableError) -> Float {
    Float(bitPattern: try uint32())
  }

  mutating func bytes(_ count: Int) throws(TableError) -> ArraySlice<UInt8> {
    let start = place
    try skip(count)
    return ArraySlice(bytes[start..<place])
  }

  /// Passes over so many bytes.
  mutating func skip(_ count: Int) throws(TableError) {
    guard count >= 0, count <= bytes.count - place else { throw .truncated }
    place += count
  }
}
