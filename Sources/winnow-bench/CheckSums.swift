// Checksums a page, over its documents in all formats and over its features: what must not change
// when code gets faster.

import CZlib
import Glibc
import Winnow

enum CheckSums {
  static func write() {
    let extractor = Extractor()
    let normalizer = TextNormalizer(NormalizationOptions())
    while let path = readLine() {
      let page = Page(bytes: Bench.unpacked(path))
      guard var document = try? extractor.document(from: page) else {
        print(path, "failed")
        continue
      }
      normalizer.normalize(&document)
      var sum: UInt = 0
      for format in OutputFormat.allCases { add(format.render(document), to: &sum) }
      var features: UInt = 0
      if let training = try? TrainingPage(page) {
        training.rows.withUnsafeBytes { add(Array($0), to: &features) }
      }
      print(path, sum, features)
    }
  }

  private static func add(_ bytes: [UInt8], to sum: inout UInt) {
    sum = UInt(crc32(UInt(sum), bytes, UInt32(bytes.count)))
  }
}
