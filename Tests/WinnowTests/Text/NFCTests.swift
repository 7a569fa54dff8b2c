// Form C against a table of results of another implementation (Python's unicodedata, Unicode 14).

import Testing

@testable import Winnow

@Suite("Normalization Form C")
struct NFCTests {
  @Test(
    "Form C is what UAX #15 says, wherever the piece stands",
    arguments: [
      ("\u{65}\u{301}", "\u{E9}"),
      ("\u{61}\u{323}\u{302}", "\u{1EAD}"),
      ("\u{61}\u{302}\u{323}", "\u{1EAD}"),
      ("\u{1EA1}\u{302}", "\u{1EAD}"),
      ("\u{6F}\u{31B}\u{323}", "\u{1EE3}"),
      ("\u{212B}", "\u{C5}"),
      ("\u{2126}", "\u{3A9}"),
      ("\u{1E9B}\u{323}", "\u{1E9B}\u{323}"),
      ("\u{71}\u{307}\u{323}", "\u{71}\u{323}\u{307}"),
      ("\u{41}\u{30A}\u{301}", "\u{1FA}"),
      ("\u{1100}\u{1161}", "\u{AC00}"),
      ("\u{1100}\u{1161}\u{11A8}", "\u{AC01}"),
      ("\u{AC00}\u{11A8}", "\u{AC01}"),
      ("\u{1112}\u{1161}\u{11AB}\u{1100}", "\u{D55C}\u{1100}"),
      ("\u{958}", "\u{915}\u{93C}"),
      ("\u{915}\u{93C}", "\u{915}\u{93C}"),
      ("\u{928}\u{93C}", "\u{929}"),
      ("\u{9C7}\u{9BE}", "\u{9CB}"),
      ("\u{BC6}\u{BD7}", "\u{BCC}"),
      ("\u{DD9}\u{DCF}\u{DCA}", "\u{DDD}"),
      ("\u{F73}", "\u{F71}\u{F72}"),
      ("\u{F71}\u{F72}\u{F74}", "\u{F71}\u{F72}\u{F74}"),
      ("\u{344}", "\u{308}\u{301}"),
      ("\u{61}\u{F73}\u{301}", "\u{E1}\u{F71}\u{F72}"),
      ("\u{304B}\u{3099}", "\u{304C}"),
      ("\u{30CF}\u{309A}", "\u{30D1}"),
      ("\u{F900}", "\u{8C48}"),
      ("\u{FB1D}", "\u{5D9}\u{5B4}"),
      ("\u{FB2A}", "\u{5E9}\u{5C1}"),
      ("\u{5E9}\u{5BC}\u{5C1}", "\u{5E9}\u{5BC}\u{5C1}"),
      ("\u{627}\u{653}", "\u{622}"),
      ("\u{64A}\u{654}", "\u{626}"),
      ("\u{628}\u{651}\u{64E}", "\u{628}\u{64E}\u{651}"),
      ("\u{628}\u{64E}\u{651}", "\u{628}\u{64E}\u{651}"),
      ("\u{E01}\u{E38}\u{E48}", "\u{E01}\u{E38}\u{E48}"),
      ("\u{E01}\u{E48}\u{E38}", "\u{E01}\u{E38}\u{E48}"),
      ("\u{939}\u{94D}\u{928}\u{93C}", "\u{939}\u{94D}\u{929}"),
      ("\u{1025}\u{102E}", "\u{1026}"),
      ("\u{3B1}\u{313}\u{300}\u{345}", "\u{1F82}"),
      ("\u{1F71}", "\u{3AC}"),
      ("\u{387}", "\u{B7}"),
      ("\u{2ADC}", "\u{2ADD}\u{338}"),
      ("\u{3008}\u{2329}", "\u{3008}\u{3008}"),
      ("\u{1D15E}", "\u{1D157}\u{1D165}"),
      ("\u{11099}\u{110BA}", "\u{1109A}"),
      ("\u{2F800}", "\u{4E3D}"),
      ("\u{338}\u{3D}", "\u{338}\u{3D}"),
      ("\u{3D}\u{338}", "\u{2260}"),
      ("\u{3C}\u{338}", "\u{226E}"),
      ("\u{340}\u{341}", "\u{300}\u{301}"),
      ("\u{1E0B}\u{323}", "\u{1E0D}\u{307}"),
    ])
  func table(_ input: String, _ expected: String) {
    for (before, after) in [("", ""), ("ab", "c"), ("日", "語"), ("é", "\u{D55C}")] {
      var positions: [Int] = []
      let output = NFC.normalize(Array((before + input + after).utf8), positions: &positions)
      #expect(output == Array((before + expected + after).utf8))
    }
  }

  @Test("The quick check is certain only of what does not change")
  func quickCheck() {
    for value in UInt32(0)...0x1_10FF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for text in [String(scalar), "e" + String(scalar), "e\u{323}" + String(scalar)] {
        let bytes = Array(text.utf8)
        let isCertain = bytes.withUnsafeBufferPointer(NFC.isCertain)
        guard isCertain else { continue }
        var composed: [UInt8] = []
        bytes.withUnsafeBufferPointer { NFC.appendComposed($0, to: &composed) }
        if composed != bytes { Issue.record("U+\(String(value, radix: 16))") }
      }
    }
  }

  @Test("A tower of marks beyond any language stays as it is, in linear time")
  func tower() {
    let tower = "a" + String(repeating: "\u{301}\u{323}", count: 50_000)
    var positions: [Int] = [0, 1, tower.utf8.count]
    let output = NFC.normalize(Array(tower.utf8), positions: &positions)
    #expect(output == Array(tower.utf8))
    #expect(positions == [0, 1, tower.utf8.count])
  }
}
