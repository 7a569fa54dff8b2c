import Testing

@testable import Winnow

struct ReferenceFile: Sendable, CustomTestStringConvertible {
  let encoding: TextEncoding
  let name: String
  var testDescription: String { name }
}

@Suite("The whole index of every legacy encoding decodes as the reference files say")
struct DecoderCorpusTests {
  @Test(
    "A reference file decodes to its other half",
    .enabled(if: EncodingCorpus.isPresent, "needs ../shared/corpus/outside/encoding_rs"),
    arguments: [
      .init(encoding: .big5, name: "big5"),
      .init(encoding: .eucKR, name: "euc_kr"),
      .init(encoding: .gb18030, name: "gb18030"),
      .init(encoding: .gbk, name: "gb18030"),
      .init(encoding: .iso2022JP, name: "iso_2022_jp"),
      .init(encoding: .eucJP, name: "jis0208"),
      .init(encoding: .eucJP, name: "jis0212"),
      .init(encoding: .shiftJIS, name: "shift_jis"),
    ] as [ReferenceFile]
  )
  func decodesReference(_ each: ReferenceFile) throws {
    let folder = "outside/encoding_rs/"
    let bytes = try EncodingCorpus.bytes(folder + each.name + "_in.txt")
    let expected = try EncodingCorpus.bytes(folder + each.name + "_in_ref.txt")
    let (utf8, _) = bytes.withUnsafeBufferPointer { each.encoding.decode($0) }
    let newline = UInt8(ascii: "\n")
    let lines = utf8.split(separator: newline, omittingEmptySubsequences: false)
    let references = expected.split(separator: newline, omittingEmptySubsequences: false)
    #expect(lines.count == references.count)
    let wrong = zip(lines, references).enumerated().first { $0.element.0 != $0.element.1 }
    #expect(wrong == nil, "line \((wrong?.offset ?? -1) + 1)")
  }
}
