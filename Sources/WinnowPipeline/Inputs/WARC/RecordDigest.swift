// Digests that records carry, checked: bytes in, whether they are those that were written out. The
// only file that calls nettle.

internal import CNettle

/// A digest as a record states it: `sha1:` and so on, then base 32, hexadecimal or base 64.
struct StatedDigest: Sendable, Equatable {
  enum Algorithm: String, Sendable, CaseIterable {
    case md5, sha1, sha256, sha384, sha512
  }
  let algorithm: Algorithm
  /// Without filling.
  let text: String

  /// - Returns: `nil` for algorithms that are not known, which cannot be checked.
  init?(_ value: [UInt8]) {
    let value = String(decoding: value[...].trimmed, as: UTF8.self)
    guard let colon = value.firstIndex(of: ":") else { return nil }
    // `sha-1` is written too.
    let name = value[..<colon].lowercased().filter { $0 != "-" }
    guard let algorithm = Algorithm(rawValue: name) else { return nil }
    self.algorithm = algorithm
    text = value[value.index(after: colon)...].filter { $0 != "=" }
  }
}

/// Computes a digest piece by piece; to be used by one thread.
struct RunningDigest {
  private enum State {
    case md5(md5_ctx)
    case sha1(sha1_ctx)
    case sha256(sha256_ctx)
    case sha512(sha512_ctx, length: Int)
  }
  private var state: State

  init(_ algorithm: StatedDigest.Algorithm) {
    switch algorithm {
    case .md5:
      var context = md5_ctx()
      nettle_md5_init(&context)
      state = .md5(context)
    case .sha1:
      var context = sha1_ctx()
      nettle_sha1_init(&context)
      state = .sha1(context)
    case .sha256:
      var context = sha256_ctx()
      nettle_sha256_init(&context)
      state = .sha256(context)
    case .sha384:
      var context = sha512_ctx()
      nettle_sha384_init(&context)
      state = .sha512(context, length: 48)
    case .sha512:
      var context = sha512_ctx()
      nettle_sha512_init(&context)
      state = .sha512(context, length: 64)
    }
  }

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    switch state {
    case .md5(var context):
      nettle_md5_update(&context, bytes.count, bytes.baseAddress)
      state = .md5(context)
    case .sha1(var context):
      nettle_sha1_update(&context, bytes.count, bytes.baseAddress)
      state = .sha1(context)
    case .sha256(var context):
      nettle_sha256_update(&context, bytes.count, bytes.baseAddress)
      state = .sha256(context)
    case .sha512(var context, let length):
      nettle_sha512_update(&context, bytes.count, bytes.baseAddress)
      state = .sha512(context, length: length)
    }
  }

  consuming func finished() -> [UInt8] {
    switch state {
    case .md5(var context):
      return [UInt8](unsafeUninitializedCapacity: 16) {
        nettle_md5_digest(&context, 16, $0.baseAddress)
        $1 = 16
      }
    case .sha1(var context):
      return [UInt8](unsafeUninitializedCapacity: 20) {
        nettle_sha1_digest(&context, 20, $0.baseAddress)
        $1 = 20
      }
    case .sha256(var context):
      return [UInt8](unsafeUninitializedCapacity: 32) {
        nettle_sha256_digest(&context, 32, $0.baseAddress)
        $1 = 32
      }
    case .sha512(var context, let length):
      return [UInt8](unsafeUninitializedCapacity: 64) {
        if length == 48 {
          nettle_sha384_digest(&context, 48, $0.baseAddress)
        } else {
          nettle_sha512_digest(&context, 64, $0.baseAddress)
        }
        $1 = length
      }
    }
  }
}

/// A digest that is not the one a record states.
package struct DigestMismatch: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Part: String, Sendable { case block, payload }
  let part: Part
  let stated: StatedDigest
  /// In base 32.
  let found: String

  package var description: String {
    "the \(part)'s \(stated.algorithm) digest is \(found), and the record says \(stated.text)"
  }
}

extension StatedDigest {
  /// Whether a digest is the stated one, in any of the notations.
  func isDigest(_ digest: [UInt8]) -> Bool {
    let small = text.lowercased()
    return small == Self.base32(digest) || small == Self.hexadecimal(digest)
      || TransferEncoding.base64(Array(text.utf8)[...]) == digest
  }

  func digest(of bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var running = RunningDigest(algorithm)
    running.add(bytes)
    return running.finished()
  }

  func mismatch(_ digest: [UInt8], of part: DigestMismatch.Part) -> DigestMismatch {
    DigestMismatch(part: part, stated: self, found: Self.base32(digest))
  }

  /// Source: RFC 4648, 6; in small letters, without filling.
  static func base32(_ bytes: [UInt8]) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
    var output: [UInt8] = []
    var bits: UInt32 = 0
    var count: UInt32 = 0
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 5 {
        count -= 5
        output.append(letters[Int(bits >> count & 31)])
      }
    }
    if count > 0 { output.append(letters[Int(bits << (5 - count) & 31)]) }
    return String(decoding: output, as: UTF8.self)
  }

  static func hexadecimal(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
