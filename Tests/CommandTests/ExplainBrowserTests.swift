// The page of `winnow explain --html` in a browser: what is shown, and that nothing runs.

import Foundation
import Testing

@Suite(.enabled(if: Browser.executable != nil, "no Chromium is installed"))
struct ExplainBrowserTests {
  private let page = """
    <!DOCTYPE html><html><head>
    <title>Heron &lt;/title&gt;&lt;script&gt;document.title='ran'&lt;/script&gt;</title></head><body>
    <nav><a href=/>Home</a> <a href=/birds>Birds</a></nav>
    <article><p>The heron of Mill Lane has stood in the same spot since the thaw, and nobody knows why.
    &lt;script&gt;document.title='ran'&lt;/script&gt;</p>
    <p>It eats what the schoolchildren bring. &lt;img src=x onerror="document.title='ran'"&gt; On Fridays
    that is fish, &lt;/span&gt;&lt;/summary&gt;&lt;/details&gt;&lt;b&gt;and on other days bread.</p>
    <p>The parish has put a bench beside it, on which visitors may sit and be looked at.</p>
    </article></body></html>
    """

  @Test func `Kept and dropped blocks are shown with their texts, and no script runs`() throws {
    let folder = try TemporaryFolder()
    try folder.write(page, to: "heron.html")
    #expect(
      try CommandRunner.run(["explain", "heron.html", "--html", "why.html"], in: folder.url).status
        == 0)
    let shown = try Browser.load("why.html", in: folder.url)
    // The text of the page is text: in the title, and in a block that its tags could not end.
    #expect(
      shown.contains(
        "<title>Heron &lt;/title&gt;&lt;script&gt;document.title='ran'&lt;/script&gt; – explained</title>"
      ))
    #expect(!shown.contains("<script") && !shown.contains("<img"))
    let blocks = shown.split(separator: "<details ").dropFirst()
    let kept = blocks.filter { $0.contains(#"class="kept""#) }
    let dropped = blocks.filter { $0.contains(#"class="dropped""#) }
    #expect(kept.count + dropped.count == blocks.count)
    #expect(kept.contains { $0.contains("The heron of Mill Lane has stood") })
    #expect(kept.contains { $0.contains("and on other days bread.</span>") })
    #expect(dropped.contains { $0.contains("Home Birds</span>") })
    #expect(blocks.allSatisfy { $0.contains("<th>feature</th>") })
  }

  @Test func `Even a script that was put into the file does not run`() throws {
    let folder = try TemporaryFolder()
    try folder.write(page, to: "heron.html")
    _ = try CommandRunner.run(["explain", "heron.html", "--html", "why.html"], in: folder.url)
    let script = Array("<script>document.title='ran'</script>".utf8)
    try folder.write(try folder.read("why.html") + script, to: "tampered.html")
    #expect(!(try Browser.load("tampered.html", in: folder.url)).contains("<title>ran</title>"))
    // The browser does run scripts where nothing forbids them.
    try folder.write(Array("<title>a</title>".utf8) + script, to: "plain.html")
    #expect(try Browser.load("plain.html", in: folder.url).contains("<title>ran</title>"))
  }
}
