// Packed bytes in memory: in as they are stored, out as they were before.

enum Unpacker {
  /// The bytes as they were, if they are packed: gzip or zstd, whatever the file is called.
  ///
  /// - Parameter limit: Most bytes that may come out.
  static func unpacked(_ bytes: [UInt8], limit: Int) throws(FetchFailure) -> [UInt8] {
    guard let packing = Packing(bytes) else { return bytes }
    return try unpack(bytes, packing, limit: limit)
  }

  /// Unpacks all members one after another.
  ///
  /// Bytes behind the last member are passed over, as gzip does. Memory in use stays below twice
  /// `limit`, whatever the data claim.
  static func unpack(
    _ packed: [UInt8], _ packing: Packing, limit: Int
  ) throws(FetchFailure) -> [UInt8] {
    if packing == .gzip, let bytes = wholeGzip(packed, limit: limit) { return bytes }
    let decoder: any MemberDecoder
    do throws(SystemError) {
      decoder = try packing.makeDecoder()
    } catch {
      throw .readError(error)
    }
    var output: [UInt8] = []
    var failure: FetchFailure?
    packed.withUnsafeBufferPointer { input in
      var used = 0
      while packing.begins(input[used...].prefix(Packing.startLength)) {
        decoder.begin()
        var state = MemberStep.State.goesOn
        while state == .goesOn {
          let before = (used, output.count)
          let room = min(max(output.count, 1 << 16), limit + 1 - output.count)
          output += [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
            let step = decoder.step(UnsafeBufferPointer(rebasing: input[used...]), into: buffer)
            used += step.used
            filled = step.written
            state = step.state
          }
          if output.count > limit {
            failure = .tooLarge(bytes: output.count, limit: limit)
            return
          }
          // Nothing went in or out: the data have ended too early.
          if state == .goesOn, before == (used, output.count) { state = .damaged }
        }
        if state == .damaged {
          failure = .damagedPacking(packing, offset: used)
          return
        }
        if packing == .zstd { used = endOfSkippableFrames(input, from: used) }
      }
    }
    if let failure { throw failure }
    return output
  }

  private static func endOfSkippableFrames(
    _ bytes: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> Int {
    var at = start
    while Packing.beginsSkippableFrame(bytes[at...].prefix(4)), bytes.count - at >= 8 {
      let length = bytes[(at + 4)..<(at + 8)].reversed().reduce(0) { $0 << 8 | Int($1) }
      guard length <= bytes.count - at - 8 else { return bytes.count }
      at += 8 + length
    }
    return at
  }

  /// A gzip file of one member, by libdeflate.
  ///
  /// - Returns: `nil` when it is more than that, damaged, or larger than its last bytes say.
  static func wholeGzip(_ packed: [UInt8], limit: Int) -> [UInt8]? {
    guard packed.count >= 18, let members = DeflateMembers() else { return nil }
    // The unpacked size, modulo 2^32 (RFC 1952, 2.3.1). Deflate gives at most 1032 bytes for one;
    // memory that is asked for and not written to costs nothing.
    let stated = packed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard stated <= limit, stated / 1032 <= packed.count else { return nil }
    var isWhole = false
    let output = [UInt8](unsafeUninitializedCapacity: max(1, stated)) { buffer, filled in
      packed.withUnsafeBufferPointer { input in
        guard let (used, written) = members.unpack(input, into: buffer) else { return }
        // Another member may follow.
        isWhole = used == input.count || !Packing.gzip.begins(input[used...].prefix(3))
        filled = written
      }
    }
    return isWhole ? output : nil
  }
}
