// A list of paths: the bytes of a file or pipe in, paths one after another out.

internal import Glibc

/// Reads paths that stand one a line, or with a NUL behind each, as `find -print0` writes them.
///
/// Which of the two it is shows in the first bytes: paths hold no NUL.
struct PathList {
  private let file: SharedDescriptor
  private var bytes: ArraySlice<UInt8> = []
  private var separator: UInt8?
  private var isAtEnd = false

  private static let pieceSize = 1 << 16
  /// Bytes of a path that are kept; no system opens longer ones.
  private static let longestPath = 1 << 20

  init(_ file: SharedDescriptor) {
    self.file = file
  }

  /// - Returns: `nil` at the end. Empty paths are left out.
  mutating func next() throws(SystemError) -> [UInt8]? {
    while true {
      if bytes.isEmpty && !isAtEnd { try fill() }
      guard let separator else { return nil }
      if let end = bytes.firstIndex(of: separator) {
        let path = Array(bytes[..<end])
        bytes = bytes[(end + 1)...]
        if !path.isEmpty { return path }
      } else if isAtEnd {
        let path = Array(bytes)
        bytes = []
        return path.isEmpty ? nil : path
      } else {
        guard bytes.count <= Self.longestPath else { throw SystemError(code: ENAMETOOLONG) }
        try fill()
      }
    }
  }

  private mutating func fill() throws(SystemError) {
    let piece = try FileCalls.readNext(file.raw, count: Self.pieceSize)
    isAtEnd = piece.isEmpty
    bytes = (bytes + piece)[...]
    if separator == nil && !piece.isEmpty { separator = piece.contains(0) ? 0 : 0x0A }
  }
}
