// What the tests of the tree share: pages parsed from strings, trees as short text, and checks of
// what must hold in every tree.

import Testing

@testable import Winnow

/// Parses a page; the limits are generous, so that only tests of limits meet them.
func parsed(
  _ html: String, _ change: (inout ExtractionOptions.Limits) -> Void = { _ in }
) throws -> PageTree {
  try parsed(bytes: Array(html.utf8), change)
}

func parsed(
  bytes: [UInt8], _ change: (inout ExtractionOptions.Limits) -> Void = { _ in }
) throws -> PageTree {
  var limits = ExtractionOptions.Limits()
  limits.seconds = 60
  change(&limits)
  return try PageParser.parse(bytes, limits: limits)
}

extension PageTree {
  /// All text in document order, white space collapsed; a space where a block starts
  /// or ends and for `br`.
  var visibleText: String {
    var result: [UInt8] = []
    var pendingSpace = false
    var blocks: [Int32] = []
    for (index, node) in nodes.enumerated() {
      while let end = blocks.last, end <= Int32(index) {
        blocks.removeLast()
        pendingSpace = true
      }
      guard node.tag == .text else {
        pendingSpace = pendingSpace || node.tag.isBlock || node.tag == .br
        if node.tag.isBlock { blocks.append(node.end) }
        continue
      }
      for byte in text[Int(node.start)..<Int(node.start + node.length)] {
        if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) {
          pendingSpace = true
        } else {
          if pendingSpace && !result.isEmpty { result.append(0x20) }
          pendingSpace = false
          result.append(byte)
        }
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Elements as `p(…)`, text in quotes, `html` and `body` left out: `div("a" b("c"))`.
  var sketch: String {
    var result = ""
    var open: [Int32] = []
    for (index, node) in nodes.enumerated() {
      while let end = open.last, end <= Int32(index) {
        open.removeLast()
        result += ")"
      }
      if node.tag == .html || node.tag == .body { continue }
      if let last = result.last, last != "(" { result += " " }
      if node.tag == .text {
        let bytes = text[Int(node.start)..<Int(node.start + node.length)]
        result += "\"" + String(decoding: bytes, as: UTF8.self) + "\""
      } else {
        result += "\(node.tag.name)("
        open.append(node.end)
      }
    }
    return result + String(repeating: ")", count: open.count)
  }

  /// What does not hold in this tree; empty for a sound one.
  var faults: [String] {
    var faults: [String] = []
    var open: [(index: Int, end: Int)] = []
    var nextText = 0
    for (index, node) in nodes.enumerated() {
      while let last = open.last, last.end <= index { open.removeLast() }
      if Int(node.parent) != open.last?.index ?? -1 { faults.append("node \(index): parent") }
      if Int(node.depth) != open.count { faults.append("node \(index): depth") }
      if Int(node.end) <= index || Int(node.end) > open.last?.end ?? nodes.count {
        faults.append("node \(index): end")
      }
      if node.tag == .text {
        // Text that no node holds may stand between: white space before the first element, or
        // what follows when a limit stopped the parse.
        if Int(node.start) < nextText { faults.append("node \(index): text start") }
        if node.length <= 0 { faults.append("node \(index): no text") }
        nextText = Int(node.start + node.length)
        if Int(node.end) != index + 1 { faults.append("node \(index): text with children") }
      } else {
        let last = Int(node.start) + Int(node.length)
        if last > attributes.count { faults.append("node \(index): attributes") }
        open.append((index, Int(node.end)))
      }
    }
    if nextText > text.count { faults.append("text missing") }
    for attribute in attributes where Int(attribute.start + attribute.length) > values.count {
      faults.append("attribute value")
    }
    return faults
  }
}
