// How a file's bytes are packed, told by the bytes and not by its name.

/// A packing that files come in: members (gzip) or frames (zstd) one after another.
package enum Packing: String, Sendable {
  case gzip
  case zstd

  /// What names of packed files end in.
  static let endings = [".gz", ".zst"]

  /// What the bytes are packed with; `nil` when they are as they look.
  init?(_ bytes: some Collection<UInt8>) {
    if bytes.starts(with: Self.gzipStart) {
      self = .gzip
    } else if bytes.starts(with: Self.zstdStart) || Self.beginsSkippableFrame(bytes) {
      self = .zstd
    } else {
      return nil
    }
  }

  /// Bytes that tell where a member begins.
  static let startLength = 4

  /// Gzip (RFC 1952) with deflate, the only method there is.
  private static let gzipStart: [UInt8] = [0x1F, 0x8B, 8]
  /// A zstd frame (RFC 8878, 3.1.1).
  private static let zstdStart: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

  /// Its first byte, to look for it.
  var firstByte: UInt8 { self == .gzip ? Self.gzipStart[0] : Self.zstdStart[0] }

  /// Whether a member begins here.
  func begins(_ bytes: some Collection<UInt8>) -> Bool {
    switch self {
    case .gzip: bytes.starts(with: Self.gzipStart)
    case .zstd: bytes.starts(with: Self.zstdStart)
    }
  }

  /// A frame that holds no data (RFC 8878, 3.1.2): a dictionary, or what some program keeps there.
  static func beginsSkippableFrame(_ bytes: some Collection<UInt8>) -> Bool {
    guard let first = bytes.first, 0x50...0x5F ~= first else { return false }
    return bytes.dropFirst().starts(with: [0x2A, 0x4D, 0x18])
  }

  func makeDecoder() throws(SystemError) -> any MemberDecoder {
    switch self {
    case .gzip: try InflateDecoder()
    case .zstd: try ZstdDecoder()
    }
  }
}

/// Unpacks one member after another, each piece by piece; to be used by one thread at a time.
protocol MemberDecoder: AnyObject {
  /// Gets ready for a member's first byte.
  func begin()

  /// Unpacks as much as fits.
  func step(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) -> MemberStep

  /// Unpacks a member at once, if all of it is in `input` and fits into `output`.
  ///
  /// - Returns: `nil` when that cannot be done or would not pay; nothing has happened then.
  func whole(
    _ input: UnsafeBufferPointer<UInt8>, into output: UnsafeMutableBufferPointer<UInt8>
  ) -> MemberStep?

  /// Takes the content of a frame that holds no data and stands at the beginning of a file.
  func take(dictionary: [UInt8])
}

struct MemberStep: Equatable {
  enum State { case goesOn, ended, damaged }
  /// Bytes of the input and of the output.
  var used: Int
  var written: Int
  var state: State
}
