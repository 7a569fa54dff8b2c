// A file's bytes in memory, unpacked.

import CZlib

enum PageFile {
  /// The bytes of a file, unpacked when it is gzip; `nil` when it cannot be read to its end.
  static func unpacked(_ path: String) -> [UInt8]? {
    guard let file = gzopen(path, "rb") else { return nil }
    defer { gzclose(file) }
    var bytes: [UInt8] = []
    let step = 1 << 18
    while true {
      var count: Int32 = 0
      let piece = [UInt8](unsafeUninitializedCapacity: step) { buffer, initialized in
        count = gzread(file, buffer.baseAddress, UInt32(step))
        initialized = max(0, Int(count))
      }
      if count < 0 { return nil }
      if count == 0 { return bytes }
      bytes += piece
    }
  }
}
