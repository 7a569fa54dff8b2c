import Testing

@testable import Winnow

@Suite("Whatever the bytes, what comes out is valid UTF-8 without NUL")
struct DecoderPropertyTests {
  /// Bytes of which many mean something in the encodings of pairs, and some are markup.
  private static func bytes(_ count: Int, _ generator: inout SplitMix) -> [UInt8] {
    (0..<count).map { _ in
      switch UInt8.random(in: 0..<8, using: &generator) {
      case 0: Array("<>&\0\u{1B}$(B0".utf8).randomElement(using: &generator) ?? 0
      case 1, 2: .random(in: 0x20...0x7E, using: &generator)
      case 3: .random(in: 0...0xFF, using: &generator)
      default: .random(in: 0x80...0xFF, using: &generator)
      }
    }
  }

  private func isValid(_ utf8: [UInt8]) -> Bool {
    String(validating: utf8, as: UTF8.self) != nil && !utf8.contains(0)
  }

  @Test("Random bytes in every encoding", arguments: TextEncoding.allCases)
  func randomBytes(_ encoding: TextEncoding) {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SplitMix(state: seed)
    for _ in 0..<300 {
      let count = Int.random(in: 0...200, using: &generator)
      let bytes = Self.bytes(count, &generator)
      let (utf8, _) = bytes.withUnsafeBufferPointer { encoding.decode($0) }
      #expect(isValid(utf8), "seed \(seed), bytes \(bytes)")
    }
  }

  @Test("Random pages, with and without a charset from HTTP")
  func randomPages() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SplitMix(state: seed)
    let openings = ["", "<meta charset=gbk>", "<?xml encoding='koi8-r'?>", "<html>", "\u{FEFF}"]
    for _ in 0..<500 {
      var bytes = Array((openings.randomElement(using: &generator) ?? "").utf8)
      bytes += Self.bytes(.random(in: 0...300, using: &generator), &generator)
      let charset =
        [nil, "utf-8", "big5", "x-user-defined"].randomElement(using: &generator) ?? nil
      let page = PageDecoder.decode(bytes, httpCharset: charset)
      #expect(isValid(page.utf8), "seed \(seed), bytes \(bytes)")
    }
  }

  @Test("A page cut off after any byte", arguments: TextEncoding.allCases)
  func truncation(_ encoding: TextEncoding) {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SplitMix(state: seed)
    let bytes = Self.bytes(64, &generator)
    for end in 0...bytes.count {
      let (utf8, _) = bytes[..<end].withUnsafeBufferPointer { encoding.decode($0) }
      #expect(isValid(utf8), "seed \(seed), cut at \(end)")
    }
  }

  @Test("The fast check of UTF-8 agrees with the decoder, wherever the fault stands")
  func scanAgrees() {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SplitMix(state: seed)
    let pieces = ["a", "é", "€", "😀", "word and word and word", "\0"].map { Array($0.utf8) }
    for round in 0..<3000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...12, using: &generator) {
        bytes += pieces.randomElement(using: &generator) ?? []
      }
      if round % 2 == 1, !bytes.isEmpty {
        bytes[.random(in: 0..<bytes.count, using: &generator)] = .random(
          in: 0...0xFF, using: &generator)
      }
      let scan = UTF8Scan(bytes)
      let (utf8, errors) = bytes.withUnsafeBufferPointer { TextEncoding.utf8.decode($0) }
      #expect(scan.isValid == (errors == 0), "seed \(seed), bytes \(bytes)")
      #expect(scan.isClean == (utf8 == bytes && errors == 0), "seed \(seed), bytes \(bytes)")
      #expect(scan.isValid == (UTF8Census(bytes).broken == 0), "seed \(seed), bytes \(bytes)")
    }
  }

  @Test("Every kind of short sequence is judged as the standard library judges it")
  func everyShortSequence() {
    // The bytes at which a rule of table 3-7 begins or ends, and their neighbours.
    let edges: [UInt8] = [
      0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
      0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]
    // Past the second byte, only being a continuation counts.
    let inner: [UInt8] = [0x00, 0x7F, 0x80, 0x9F, 0xBF, 0xC0, 0xE0, 0xFF]
    for first in edges {
      for second in edges {
        for third in inner {
          for fourth in inner {
            let bytes = [first, second, third, fourth]
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            #expect(UTF8Scan(bytes).isValid == isValid, "\(bytes)")
            // Away from the start of a word, and past its end.
            let shifted = Array("fourteen bytes".utf8) + bytes
            #expect(UTF8Scan(shifted).isValid == isValid, "\(bytes) after ASCII")
          }
        }
      }
    }
  }
}
