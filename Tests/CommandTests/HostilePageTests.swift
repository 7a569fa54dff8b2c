// Pages that try to run something, as clean HTML: nothing in it can, by its text and in a browser.

import Foundation
import Testing

/// What a page may try, one a line; `ran` is what would tell that it ran.
private let attacks = [
  "<script>ran()</script>", "<ScRiPt/x>ran()</sCrIpT >", "<script src=data:,ran()></script>",
  "<img src=x onerror=ran()>", "<img src=x onerror='ran()' alt=\"a\" />",
  "<IMG SRC=x OnErRoR=ran()>", "<img/src=x/onerror=ran()>", "<img src=x\u{0C}onerror=ran()>",
  "<body onload=ran()>", "<p onmouseover=ran() style=position:fixed;inset:0>hover</p>",
  "<a href=javascript:ran()>one</a>", "<a href=' \u{1}javascript:ran()'>two</a>",
  "<a href='java\nscript:ran()'>three</a>", "<a href='java&Tab;script:ran()'>four</a>",
  "<a href='&#106;avascript:ran()'>five</a>", "<a href='JAVASCRIPT:ran()'>six</a>",
  "<a href='data:text/html,<script>ran()</script>'>seven</a>",
  "<a href='vbscript:ran()'>eight</a>", "<a href='blob:x' onclick=ran()>nine</a>",
  "<a href='x' title='\"><img src=x onerror=ran()>'>ten</a>",
  "<img src='i.png' alt='\"><script>ran()</script>'>",
  "<img src='i.png' title='\" onerror=\"ran()'>", "<img src='javascript:ran()'>",
  "<img src='data:image/svg+xml,<svg onload=ran()>'>",
  "<svg onload=ran()><circle/></svg>", "<svg><script>ran()</script></svg>",
  "<svg><animate onbegin=ran() attributeName=x></svg>",
  "<svg><a xlink:href='javascript:ran()'><text>t</text></a></svg>",
  "<math><a xlink:href='javascript:ran()'>m</a></math>",
  "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=ran()&gt;'>",
  "<form><math><mtext></form><form><mglyph><style></math><img src onerror=ran()>",
  "<svg></p><style><a id='</style><img src=x onerror=ran()>'>",
  "<noscript><p title='</noscript><img src=x onerror=ran()>'>n</p></noscript>",
  "<textarea><img src=x onerror=ran()></textarea><p>&lt;img src=x onerror=ran()&gt;</p>",
  "<title>t</title><p>&lt;script&gt;ran()&lt;/script&gt;</p>",
  "<xmp><img src=x onerror=ran()></xmp>", "<listing>&lt;img src=x onerror=ran()&gt;</listing>",
  "<iframe src='javascript:parent.ran()'></iframe>",
  "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
  "<object data='javascript:ran()'></object>", "<embed src='javascript:ran()'>",
  "<form action='javascript:ran()'><button>b</button></form>",
  "<button formaction='javascript:ran()' autofocus onfocus=ran()>b</button>",
  "<input autofocus onfocus=ran()>", "<video><source onerror=ran()></video>",
  "<details open ontoggle=ran()><summary>s</summary>d</details>",
  "<meta http-equiv=refresh content='0;url=javascript:ran()'>",
  "<base href='javascript:/x/'><p><a href=y>relative</a></p>",
  "<link rel=stylesheet href='data:text/css,*{background:url(javascript:ran())}'>",
  "<style>@import 'javascript:ran()';</style>", "<marquee onstart=ran()>m</marquee>",
  "<template><img src=x onerror=ran()></template>",
  "<!--><img src=x onerror=ran()>-->", "<!--[if IE]><script>ran()</script><![endif]-->",
  "<![CDATA[><img src=x onerror=ran()>]]>", "<?xml <img src=x onerror=ran()>?>",
  "<pre><code class='language-\"><img src=x onerror=ran()>'>c</code></pre>",
  "<ol start='1\" onmouseover=\"ran()'><li>o</li></ol>",
  "<table><tr><td colspan='2\" onclick=\"ran()'>c</td><td>d</td></tr><tr><td>e</td><td>f</td></tr></table>",
]

/// A page that holds all of them, between paragraphs that are content, with hostile metadata.
private let page: String = {
  let text =
    "The bridge was closed for a week, and nobody in the village could say exactly why it was. "
  let paragraphs = attacks.map { "<div>\($0)</div><p>\(text)</p>" }.joined(separator: "\n")
  return """
    <!DOCTYPE html><html lang='en"><script>ran()</script>'><head>
    <title>Bridge &lt;/title&gt;&lt;script&gt;ran()&lt;/script&gt;</title>
    <meta name=author content='A "><script>ran()</script>'>
    <meta name=description content='"><img src=x onerror=ran()>'>
    <link rel=canonical href='javascript:ran()//https://x.example/'>
    </head><body><article><h1>The bridge</h1><p>\(text)\(text)</p>
    \(paragraphs)<p>\(text)</p></article></body></html>
    """
}()

private func clean(_ folder: borrowing TemporaryFolder, _ html: String, _ options: [String]) throws
  -> String
{
  try folder.write(html, to: "page.html")
  let outcome = try CommandRunner.run(
    ["clean", "--format", "html", "page.html", "--url", "https://h.example/a/b"] + options,
    in: folder.url)
  #expect(outcome.status == 0)
  return outcome.outputText
}

/// The elements and attributes that clean HTML may hold.
private let allowed: [String: Set<String>] = [
  "html": ["lang"], "head": [], "meta": ["charset", "name", "content"], "title": [],
  "link": ["rel", "href"], "body": [], "article": ["dir"], "p": [], "br": [], "hr": [],
  "h1": [], "h2": [], "h3": [], "h4": [], "h5": [], "h6": [], "ul": [], "ol": ["start"], "li": [],
  "dl": [], "dt": [], "dd": [], "blockquote": [], "pre": [], "code": ["class"], "table": [],
  "caption": [], "tr": [], "td": ["colspan"], "th": ["colspan"], "a": ["href", "title"],
  "img": ["src", "alt", "title"], "em": [], "strong": [], "del": [], "sub": [], "sup": [],
  "mark": ["data-residue"],
]

@Suite("Hostile pages")
struct HostilePageOutputTests {
  /// Reads tags as a browser does: what a `<` before a letter begins, values in double quotes.
  private func check(_ html: String) {
    var rest = Substring(html)
    while let start = rest.firstIndex(of: "<") {
      rest = rest[rest.index(after: start)...]
      if rest.hasPrefix("!DOCTYPE html>") || rest.hasPrefix("/") { continue }
      guard let tag = rest.prefixMatch(of: #/([a-z0-9]+)((?: [a-z-]+="[^"<>]*")*)>/#) else {
        Issue.record("no tag of ours: \(rest.prefix(60))")
        continue
      }
      guard let attributes = allowed[String(tag.1)] else {
        Issue.record("element \(tag.1)")
        continue
      }
      for attribute in tag.2.matches(of: #/ ([a-z-]+)="([^"]*)"/#) {
        #expect(attributes.contains(String(attribute.1)), "\(tag.0)")
        guard attribute.1 == "href" || attribute.1 == "src" else { continue }
        #expect(attribute.2.hasPrefix("https://") || attribute.2.hasPrefix("http://"), "\(tag.0)")
      }
    }
  }

  @Test(
    "Clean HTML holds the elements and attributes we write, and nothing else",
    arguments: [[], ["--whole"]])
  func markup(_ options: [String]) throws {
    let folder = try TemporaryFolder()
    check(try clean(folder, page, options))
    // Each by itself, as one may spoil the parse of those behind it.
    if !options.isEmpty {
      let text = "<p>The bridge was closed for a week, and nobody knew why.</p>"
      let names = try attacks.enumerated().map { number, attack in
        try folder.write("<body>\(text)\(attack)\(text)", to: "\(number).html")
        return "\(number).html"
      }
      let outcome = try CommandRunner.run(
        ["clean", "--whole", "--format", "html", "--url", "https://h.example/"] + names,
        in: folder.url)
      #expect(outcome.status == 0)
      check(outcome.outputText)
    }
  }

  @Test("In Markdown and TEI no address runs anything", arguments: ["markdown", "tei"])
  func addresses(_ format: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(page, to: "page.html")
    let outcome = try CommandRunner.run(
      ["clean", "--whole", "--format", format, "page.html"], in: folder.url)
    #expect(outcome.status == 0)
    let text = outcome.outputText.lowercased()
    for opening in [
      "](javascript:", "](data:", "](vbscript:", "target=\"javascript:", "url=\"data:",
    ] {
      #expect(!text.contains(opening), "\(opening)")
    }
  }
}

@Suite(
  "Hostile pages in a browser", .enabled(if: Browser.executable != nil, "no Chromium is installed"))
struct HostilePageBrowserTests {
  @Test("Nothing runs when clean HTML is shown", arguments: [[], ["--whole"]])
  func runs(_ options: [String]) throws {
    let folder = try TemporaryFolder()
    let html = try clean(folder, page, options)
    // Whatever ran would change the title; links and handlers that wait for their reader are tried.
    let probe = """
      <script>
      window.ran = () => { document.title = 'ran' }
      addEventListener('load', () => {
        for (const each of document.querySelectorAll('*')) {
          for (const name of each.getAttributeNames()) {
            if (name.startsWith('on')) document.title = 'handler ' + name
          }
          if (/^(javascript|data|vbscript|blob):/i.test(each.href || each.src || '')) {
            document.title = 'address ' + (each.href || each.src)
          }
          if (each !== document.currentScript && each.matches('script:not([data-probe]),iframe,object,embed,svg,math,form,style')) {
            document.title = 'element ' + each.nodeName
          }
          for (const name of ['mouseover', 'focus', 'toggle']) each.dispatchEvent(new Event(name))
        }
        document.body.append('probe: ' + document.title)
      })
      </script>
      """.replacingOccurrences(of: "<script>", with: "<script data-probe>")
    try folder.write(
      html.replacingOccurrences(of: "<head>", with: "<head>" + probe), to: "clean.html")
    let shown = try Browser.load("clean.html", in: folder.url)
    #expect(shown.contains("probe: The bridge<"))
    // The page as it was does run things, and the probe sees it.
    try folder.write(
      page.replacingOccurrences(of: "<head>", with: "<head>" + probe), to: "raw.html")
    let raw = try Browser.load("raw.html", in: folder.url)
    #expect(raw.contains(#/probe: (ran|handler|address|element)/#))
  }
}
