// The one file that calls libxml2: a page's skeleton in, a PageTree out; no pointer leaves it.
//
// libxml2 is used by its events, not by its tree: one pass less, no free, and content after
// `</html>` cannot be lost in a second root. What its version 2.9.14 does wrong with ordinary
// pages, and where each case is met, stands in docs/architecture.md.

import CLibXML2
import CPageArena
import Glibc

/// Parses pages under limits.
enum PageParser {
  /// Bytes: offsets have 32 bits, and filtering makes of a byte two at most (`<xmp>` and its like
  /// get an end tag, `</section>` may stand for many).
  private static let largestPage = Int(Int32.max) / 5 - 1024

  /// Parses valid UTF-8 without NUL.
  ///
  /// - Parameter findsLeaves: Without, the parser is told of every tag; the tree is the same.
  /// - Throws: `.tooLarge`, `.outOfMemory`, `.noTree`.
  /// - Complexity: Linear in the page's length; stops at the limits' `seconds` at the latest.
  static func parse(
    _ utf8: [UInt8], limits: ExtractionOptions.Limits, findsLeaves: Bool = true,
    clock: StageClock? = nil
  ) throws(PageFailure) -> PageTree {
    guard utf8.count <= largestPage else {
      throw .tooLarge(bytes: utf8.count, limit: largestPage)
    }
    var filtered: FilteredPage?
    utf8.withUnsafeBufferPointer { filtered = Prefilter.filter($0, findsLeaves: findsLeaves) }
    guard let page = filtered.take() else { throw .noTree }
    clock?.lap(.prefilter)
    var parse = Parse(
      builder: TreeBuilder(
        startTags: page.startTags, texts: page.texts, text: page.text.array(), limits: limits),
      limits: limits)
    let outcome = parse.run(page.skeleton.base, count: page.skeleton.count)
    if outcome == .outOfMemory { throw .outOfMemory }
    if page.hasSwallowedTail { parse.builder.note(.swallowedTail) }
    var tree = parse.builder.finish()
    tree.source = utf8
    tree.attributes = page.attributes
    tree.values = page.values.array()
    tree.scripts = page.scripts
    if let title = page.title { tree.title = String(decoding: page.value(title), as: UTF8.self) }
    tree.about = page.about.map { index in
      let tag = page.startTags[Int(index)]
      let first = Int(tag.firstAttribute)
      return .init(tag: tag.tag, attributes: first..<first + Int(tag.attributeCount))
    }
    clock?.lap(.parse)
    return tree
  }
}

/// One parse: what the callbacks need to reach.
private struct Parse {
  enum Outcome { case done, outOfMemory }

  var builder: TreeBuilder
  let deadline: Deadline
  /// Open elements that the parser itself may have: as many again as the tree, so that end tags
  /// find their start tags on pages that go a little beyond the limit.
  let deepest: Int32
  let memoryBytes: Int
  var context: htmlParserCtxtPtr?
  var events = 0

  init(builder: TreeBuilder, limits: ExtractionOptions.Limits) {
    self.builder = builder
    deadline = Deadline(seconds: limits.seconds)
    deepest = Int32(clamping: limits.depth * 2)
    memoryBytes = limits.memoryBytes
  }

  mutating func run(_ bytes: UnsafePointer<UInt8>, count: Int) -> Outcome {
    guard count > 0 else { return .done }
    guard page_arena_install() == 0 else { return .outOfMemory }
    page_arena_begin()
    defer { page_arena_end() }
    let characters = UnsafeRawPointer(bytes).assumingMemoryBound(to: CChar.self)
    guard let context = htmlCreateMemoryParserCtxt(characters, Int32(count)) else {
      return .outOfMemory
    }
    defer { htmlFreeParserCtxt(context) }
    self.context = context
    // 1 << 19 is XML_PARSE_HUGE: without it the parse ends at a depth of 256.
    let options =
      Int32(HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NONET.rawValue)
      | Int32(HTML_PARSE_IGNORE_ENC.rawValue) | 1 << 19
    htmlCtxtUseOptions(context, options)
    xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
    Self.setHandlers(of: context)
    withUnsafeMutablePointer(to: &self) { pointer in
      context.pointee.userData = UnsafeMutableRawPointer(pointer)
      htmlParseDocument(context)
      context.pointee.userData = nil
    }
    self.context = nil
    return context.pointee.errNo == XML_ERR_NO_MEMORY.rawValue ? .outOfMemory : .done
  }

  private static func setHandlers(of context: htmlParserCtxtPtr) {
    guard let handler = context.pointee.sax else { return }
    memset(handler, 0, MemoryLayout<htmlSAXHandler>.size)
    handler.pointee.initialized = UInt32(XML_SAX2_MAGIC)
    handler.pointee.startElement = { data, name, _ in
      guard let data, let name else { return }
      data.assumingMemoryBound(to: Parse.self).pointee.start(name)
    }
    handler.pointee.endElement = { data, _ in
      guard let data else { return }
      data.assumingMemoryBound(to: Parse.self).pointee.builder.end()
    }
    handler.pointee.characters = { data, _, length in
      guard let data else { return }
      data.assumingMemoryBound(to: Parse.self).pointee.text(length: Int(length))
    }
    handler.pointee.ignorableWhitespace = handler.pointee.characters
    // Per context and so per thread; end tags without a start tag raise nothing but errors.
    handler.pointee.serror = { data, _ in
      guard let data else { return }
      data.assumingMemoryBound(to: Parse.self).pointee.tick()
    }
  }

  private mutating func start(_ name: UnsafePointer<UInt8>) {
    tick()
    guard !builder.isFull, let context, let input = context.pointee.input else { return }
    if context.pointee.nameNr > deepest {
      // The parser looks through all open elements at each end tag: it forgets this one.
      context.pointee.nameNr -= 1
      context.pointee.name = context.pointee.nameTab[Int(context.pointee.nameNr) - 1]
      return builder.note(.depth)
    }
    let offset = Int(input.pointee.consumed) + (input.pointee.cur - input.pointee.base)
    builder.start(offset: offset, name: name)
  }

  private mutating func text(length: Int) {
    tick()
    guard !builder.isFull, let input = context?.pointee.input else { return }
    let offset = Int(input.pointee.consumed) + (input.pointee.cur - input.pointee.base)
    builder.text(offset: offset, length: length)
  }

  /// Looks at the limits; at the clock once in 256 events, as reading it costs as much as one.
  private mutating func tick() {
    events &+= 1
    if builder.isFull {
      builder.note(.nodes)
      xmlStopParser(context)
    } else if events & 255 == 0 {
      if deadline.hasPassed {
        builder.note(.time)
        xmlStopParser(context)
      } else if page_arena_footprint() + builder.tree.footprint > memoryBytes {
        builder.note(.memory)
        xmlStopParser(context)
      }
    }
  }
}
