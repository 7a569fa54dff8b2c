// The digests of one record, compared while its block goes by: pieces of the block in, what differs
// out.

/// To be used by one thread.
struct DigestCheck {
  private let block: StatedDigest?
  private let payload: StatedDigest?
  private var blockDigest: RunningDigest?
  private var payloadDigest: RunningDigest?
  /// Bytes of the block that come before the payload.
  private var headRest: Int

  /// - Parameter payloadStart: Where the payload begins in the block; `nil` when its digest is not to
  ///   be compared.
  /// - Returns: `nil` for a record that states nothing to compare.
  init?(_ record: WARCRecord, payloadStart: Int?) {
    block = record.blockDigest
    // A revisit states the digest of the page that it stands for.
    payload = payloadStart == nil || record.type == "revisit" ? nil : record.payloadDigest
    if block == nil && payload == nil { return nil }
    blockDigest = block.map { RunningDigest($0.algorithm) }
    payloadDigest = payload.map { RunningDigest($0.algorithm) }
    headRest = payloadStart ?? 0
  }

  mutating func add(_ piece: UnsafeBufferPointer<UInt8>) {
    blockDigest?.add(piece)
    let head = min(headRest, piece.count)
    headRest -= head
    payloadDigest?.add(UnsafeBufferPointer(rebasing: piece.dropFirst(head)))
  }

  /// The first digest that is not as the record states it.
  func mismatch() -> DigestMismatch? {
    for (stated, running, part) in [
      (block, blockDigest, DigestMismatch.Part.block), (payload, payloadDigest, .payload),
    ] {
      guard let stated, let found = running?.finished() else { continue }
      if !stated.isDigest(found) { return stated.mismatch(found, of: part) }
    }
    return nil
  }
}

extension WARCRecord {
  /// Where the payload begins in the block: behind an HTTP head, or at once.
  ///
  /// - Parameter bytes: The block's first bytes, as many as a head may have.
  /// - Returns: `nil` for a head that does not end in them.
  func payloadStart(in bytes: some Collection<UInt8>) -> Int? {
    guard contentType?.name == "application/http" else { return 0 }
    var isLineEmpty = false
    for (index, byte) in bytes.enumerated() {
      if byte == 0x0A {
        if isLineEmpty { return index + 1 }
        isLineEmpty = true
      } else if byte != 0x0D {
        isLineEmpty = false
      }
    }
    return nil
  }
}
