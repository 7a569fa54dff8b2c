// An explanation as a page: the saved page's text, its blocks coloured by what became of them.
//
// Nothing of the saved page can act here: only its texts are written, escaped, and the page forbids
// scripts, pictures and everything else that would be loaded. It works without scripts: a block
// opens as a `details` element does, and what is shown is chosen by check boxes and CSS.

extension Explanation {
  package func html(_ only: Selection? = nil) -> [UInt8] {
    var page = ExplanationPage()
    page.writeHead(self)
    page.put("<main>\n")
    let shown = blocks.filter { only?.includes($0) ?? true }
    for block in shown { page.write(block, isLinkable: only == nil) }
    if shown.isEmpty { page.put("<p class=\"none\">No blocks to show.</p>\n") }
    page.put("</main>\n</body>\n</html>\n")
    return page.output
  }
}

private struct ExplanationPage {
  private(set) var output: [UInt8] = []

  /// Writes markup of ours.
  mutating func put(_ markup: String) { output.append(contentsOf: markup.utf8) }

  /// Writes text of the page.
  mutating func put(text: String) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": put("&amp;")
      case "<": put("&lt;")
      case ">": put("&gt;")
      case "\"": put("&quot;")
      case "\t", "\n": output.append(UInt8(scalar.value))
      case _ where scalar.value < 0x20 || 0x7F...0x9F ~= scalar.value: put("\u{FFFD}")
      default: put(String(scalar))
      }
    }
  }

  mutating func writeHead(_ explanation: Explanation) {
    let title = explanation.title ?? "Page without a title"
    put(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>
      """)
    put(text: "\(title) – explained")
    put("</title>\n<style>\n\(Self.style)</style>\n</head>\n<body>\n<header>\n<h1 dir=\"auto\">")
    put(text: title)
    put("</h1>\n")
    writeFacts(explanation)
    put(
      """
      <form autocomplete="off">
      <label class="kept"><input type="checkbox" id="show-kept" checked> kept</label>
      <label class="dropped"><input type="checkbox" id="show-dropped" checked> dropped</label>
      <span class="hint">Open a block to see what weighed.</span>
      </form>
      </header>

      """)
    put("<section class=\"page\">\n")
    if let url = explanation.url {
      put("<p dir=\"ltr\">")
      put(text: url)
      put("</p>\n")
    }
    if let threshold = explanation.threshold {
      put("<p>The model chose blocks from a probability of ")
      put(ExplainedNumber.text(Double(threshold), decimals: 2))
      put(" up. ")
    } else {
      put("<p>The model chose no block. ")
    }
    put("What weighed is compared with the page’s blocks on average, chosen and other blocks ")
    put("counting half each; their probability is ")
    put(ExplainedNumber.text(explanation.baseline, decimals: 2))
    put(".</p>\n")
    if !explanation.degradations.isEmpty {
      put("<p>Not taken in full: ")
      put(explanation.degradations.map(\.rawValue).joined(separator: ", "))
      put(".</p>\n")
    }
    put("</section>\n")
  }

  private mutating func writeFacts(_ explanation: Explanation) {
    put("<p class=\"facts\"><b>confidence ")
    put(ExplainedNumber.text(explanation.confidence, decimals: 2))
    put("</b> <span>\(explanation.keptBlocks) of \(explanation.blocks.count) blocks kept</span> ")
    put("<span>\(explanation.keptWords) of \(explanation.words) words</span> ")
    put("<span>preset \(explanation.preset.rawValue)</span> <span>")
    put(text: explanation.encoding.label)
    put("</span></p>\n")
  }

  // MARK: Blocks

  mutating func write(_ block: Explanation.Block, isLinkable: Bool) {
    let isKept = block.decision.isKept
    let role = block.role?.rawValue ?? "no role"
    let shape =
      block.headingLevel > 0
      ? "level\(block.headingLevel)" : role.split(separator: " ").joined(separator: "-")
    put("<details id=\"b\(block.number)\" class=\"\(isKept ? "kept" : "dropped")\"><summary>")
    put("<span class=\"text \(shape)\" dir=\"auto\">")
    put(text: block.text)
    put("</span><span class=\"verdict\"><b>\(isKept ? "kept" : "dropped")</b> ")
    let probability = block.probability.map { ExplainedNumber.text(Double($0), decimals: 2) }
    put("<span class=\"p\">\(probability ?? "–")</span> ")
    put("<span>\(role)</span> <span class=\"by\">")
    put(text: block.decidedBy)
    put("</span></span></summary>\n<div class=\"why\">")
    writeReasons(block.reasons)
    for line in block.residue {
      put("<p>Residue (\(line.kind.rawValue)): <s>")
      put(text: line.text)
      put("</s></p>")
    }
    put(
      "<p>Block \(block.number), \(block.words) \(block.words == 1 ? "word" : "words"), in <code>")
    put(text: block.path)
    put("</code>")
    if isLinkable, let original = block.copyOf {
      put("; the same text counts as <a href=\"#b\(original)\">block \(original)</a>")
    }
    put(".</p></div></details>\n")
  }

  private mutating func writeReasons(_ reasons: [Explanation.Reason]) {
    guard !reasons.isEmpty else { return }
    put("<table><tr><th>feature</th><th>value</th><th>for or against</th></tr>")
    for reason in reasons {
      put("<tr><td>")
      put(text: reason.feature)
      put("</td><td>\(ExplainedNumber.value(reason.value))</td>")
      put("<td class=\"\(reason.weight < 0 ? "against" : "for")\">")
      put("\(ExplainedNumber.signed(reason.weight))</td></tr>")
    }
    put("</table>")
  }
}

extension ExplanationPage {
  private static let style = """
    :root {
      --paper: #fff; --ink: #1d2125; --quiet: #5d6670; --line: #d9dee3; --bar: #f6f7f9;
      --kept: #1a7f42; --kept-paper: #eef8f1; --dropped: #b3402e; --dropped-paper: #fcf3f1;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #15181b; --ink: #e4e8eb; --quiet: #98a2ab; --line: #343a40; --bar: #1d2125;
        --kept: #5cc98a; --kept-paper: #17241c; --dropped: #ee8d7c; --dropped-paper: #261a18;
      }
    }
    * { box-sizing: border-box; }
    body {
      margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    }
    header {
      position: sticky; top: 0; z-index: 1; padding: .7rem 1.5rem; background: var(--bar);
      border-bottom: 1px solid var(--line);
    }
    h1 {
      margin: 0; font-size: 1.15rem; line-height: 1.3; overflow: hidden; text-overflow: ellipsis;
      white-space: nowrap;
    }
    .facts, form { display: flex; flex-wrap: wrap; gap: .1rem 1.2rem; margin: .2rem 0 0; }
    .facts, .hint, .page, .why, .verdict { font-size: .85rem; color: var(--quiet); }
    .facts b { color: var(--ink); }
    form { align-items: center; font-size: .85rem; }
    label { display: inline-flex; align-items: center; gap: .35rem; padding: 0 .6rem 0 .3rem; }
    label, details { border-inline-start: 4px solid; }
    .kept { border-color: var(--kept); background: var(--kept-paper); }
    .dropped { border-color: var(--dropped); background: var(--dropped-paper); }
    main, .page { max-width: 72rem; margin: 0 auto; padding: 0 1.5rem; }
    .page { padding-top: .8rem; overflow-wrap: anywhere; }
    .page p { margin: .2rem 0; }
    main { padding-top: .8rem; padding-bottom: 4rem; }
    details { margin: 2px 0; scroll-margin-top: 7rem; }
    details:target { outline: 2px solid var(--ink); }
    summary {
      display: grid; grid-template-columns: minmax(0, 1fr) 18rem; gap: 1.2rem; cursor: pointer;
      padding: .25rem .8rem; list-style: none;
    }
    summary::-webkit-details-marker { display: none; }
    summary:hover { box-shadow: inset 0 0 0 1px var(--line); }
    .text { white-space: pre-wrap; overflow-wrap: anywhere; }
    .dropped .text { color: var(--quiet); }
    .title, .level1, .level2, .level3, .level4, .level5, .level6 { font-weight: 650; }
    .title, .level1 { font-size: 1.5rem; line-height: 1.3; }
    .level2 { font-size: 1.25rem; line-height: 1.35; }
    .level3 { font-size: 1.1rem; }
    .list-item::before { content: "• "; color: var(--quiet); }
    .table-cell { border-inline-start: 1px solid var(--line); padding-inline-start: .6rem; }
    .quote { border-inline-start: 3px solid var(--line); padding-inline-start: .8rem; }
    .caption, .byline, .date { font-size: .9rem; font-style: italic; }
    .code, code { font: .88em/1.5 ui-monospace, "DejaVu Sans Mono", Consolas, monospace; }
    .verdict {
      display: grid; grid-template-columns: 4.2rem 2.4rem 5rem 1fr; gap: 0 .6rem;
      align-content: start; padding-top: .12rem;
    }
    .verdict b, .for, .against { font-weight: 650; }
    details.kept .verdict b, .for { color: var(--kept); }
    details.dropped .verdict b, .against { color: var(--dropped); }
    .p, td + td { font-variant-numeric: tabular-nums; }
    .why { padding: .2rem .8rem .6rem; border-top: 1px dashed var(--line); }
    .why p { margin: .3rem 0 0; overflow-wrap: anywhere; }
    .why a { color: inherit; }
    table { border-collapse: collapse; }
    th, td { padding: 0 1.2rem 0 0; text-align: start; font-weight: 400; }
    th { font-style: italic; }
    td:first-child { color: var(--ink); }
    body:has(#show-kept:not(:checked)) details.kept,
    body:has(#show-dropped:not(:checked)) details.dropped { display: none; }
    @media (max-width: 44rem) {
      header, main, .page { padding-inline: .8rem; }
      summary { grid-template-columns: minmax(0, 1fr); gap: 0; }
      .hint { display: none; }
    }
    @media print {
      header { position: static; }
      form { display: none; }
    }

    """
}
