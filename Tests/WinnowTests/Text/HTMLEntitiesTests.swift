// Character references against the HTML Standard.

import Testing

@testable import Winnow

private func decoded(_ text: String, inAttribute: Bool = false) -> (text: String, length: Int)? {
  let bytes = Array(text.utf8)
  return bytes.withUnsafeBufferPointer { buffer in
    guard let found = HTMLEntities.decode(buffer, from: 0, inAttribute: inAttribute) else {
      return nil
    }
    var text = ""
    for scalar in [found.scalars.0, found.scalars.1] where scalar != 0 {
      text.unicodeScalars.append(Unicode.Scalar(scalar) ?? "?")
    }
    return (text, found.length)
  }
}

private struct ReferenceCase: Sendable, CustomTestStringConvertible {
  let input: String
  let text: String?
  var length: Int? = nil
  var inAttribute = false
  var testDescription: String { "&\(input)\(inAttribute ? " in an attribute" : "")" }
}

@Suite("Character references")
struct HTMLEntitiesTests {
  @Test(
    "A reference is decoded as browsers do",
    arguments: [
      ReferenceCase(input: "amp;", text: "&"),
      ReferenceCase(input: "lt;b>", text: "<", length: 3),
      ReferenceCase(input: "AMP;", text: "&"),
      ReferenceCase(input: "Amp;", text: nil),
      ReferenceCase(input: "AElig;", text: "Æ"),
      ReferenceCase(input: "zwnj;", text: "\u{200C}"),
      ReferenceCase(input: "nbsp", text: "\u{A0}"),
      ReferenceCase(input: "nbspx", text: "\u{A0}", length: 4),
      ReferenceCase(input: "copy=1", text: "©", length: 4),
      ReferenceCase(input: "notit;", text: "¬", length: 3),
      ReferenceCase(input: "notin;", text: "∉"),
      ReferenceCase(input: "notin", text: "¬", length: 3),
      ReferenceCase(input: "NotEqualTilde;", text: "\u{2242}\u{338}"),
      ReferenceCase(input: "CounterClockwiseContourIntegral;", text: "∳"),
      ReferenceCase(input: "hellip", text: nil),
      ReferenceCase(input: "nosuchname;", text: nil),
      ReferenceCase(input: "", text: nil),
      ReferenceCase(input: " amp;", text: nil),
      ReferenceCase(input: "é;", text: nil),
      ReferenceCase(input: "#65;", text: "A"),
      ReferenceCase(input: "#65 ", text: "A", length: 3),
      ReferenceCase(input: "#x41;", text: "A"),
      ReferenceCase(input: "#X1f600;", text: "😀"),
      ReferenceCase(input: "#8217;", text: "’"),
      ReferenceCase(input: "#146;", text: "’"),
      ReferenceCase(input: "#x80;", text: "€"),
      ReferenceCase(input: "#x81;", text: "\u{81}"),
      ReferenceCase(input: "#0;", text: "\u{FFFD}"),
      ReferenceCase(input: "#xD800;", text: "\u{FFFD}"),
      ReferenceCase(input: "#x110000;", text: "\u{FFFD}"),
      ReferenceCase(input: "#99999999999999999999;", text: "\u{FFFD}"),
      ReferenceCase(input: "#;", text: nil),
      ReferenceCase(input: "#x;", text: nil),
      ReferenceCase(input: "#", text: nil),
      ReferenceCase(input: "#xg;", text: nil),
      ReferenceCase(input: "copy=1", text: nil, inAttribute: true),
      ReferenceCase(input: "copyx", text: nil, inAttribute: true),
      ReferenceCase(input: "copy x", text: "©", length: 4, inAttribute: true),
      ReferenceCase(input: "copy;=", text: "©", length: 5, inAttribute: true),
      ReferenceCase(input: "#169=", text: "©", length: 4, inAttribute: true),
    ])
  private func references(_ each: ReferenceCase) {
    let found = decoded(each.input, inAttribute: each.inAttribute)
    // Scalar by scalar: `==` of strings would take canonical equivalents for the same.
    #expect(
      found.map { Array($0.text.unicodeScalars) } == each.text.map { Array($0.unicodeScalars) })
    if each.text != nil { #expect(found?.length == each.length ?? each.input.utf8.count) }
  }

  @Test("Every name of the table is found whole, and only its own meaning")
  func everyName() {
    let offsets = HTMLEntityTable.offsets.map(Int.init)
    #expect(offsets.count == 2232)
    let names = HTMLEntityTable.names.withUTF8Buffer { Array($0) }
    for index in offsets.indices.dropLast() {
      let name = Array(names[offsets[index]..<offsets[index + 1]])
      let found = name.withUnsafeBufferPointer {
        HTMLEntities.decode($0, from: 0, inAttribute: false)
      }
      #expect(found?.length == name.count, "\(String(decoding: name, as: UTF8.self))")
      #expect(found?.scalars.0 == HTMLEntityTable.values[index] & 0x1F_FFFF)
    }
  }
}
