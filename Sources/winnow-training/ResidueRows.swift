// `winnow-training residue`: lines of text in, the places and hashes of their features out, as
// training reads them. Little-endian 32-bit numbers: for each line how many of the form and how many
// of the words, then these; two zeros for a line that is never residue.

import Glibc
import Winnow

enum ResidueRows {
  static func write() {
    var features = ResidueFeatures()
    var output: [UInt32] = []
    while let line = readLine() {
      var line = line
      let isRead = line.withUTF8 { features.read($0) }
      output.append(isRead ? UInt32(features.form.count) : 0)
      output.append(isRead ? UInt32(features.lexical.count) : 0)
      if isRead {
        output += features.form.map { UInt32(bitPattern: $0) }
        output += features.lexical
      }
      if output.count > 1 << 16 { flush(&output) }
    }
    flush(&output)
  }

  private static func flush(_ output: inout [UInt32]) {
    output.withUnsafeBytes { bytes in
      var rest = UnsafeRawBufferPointer(rebasing: bytes[...])
      while !rest.isEmpty {
        let count = Glibc.write(STDOUT_FILENO, rest.baseAddress, rest.count)
        guard count > 0 else { exit(1) }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
    output.removeAll(keepingCapacity: true)
  }
}
