// Whole pages that end in a prompt to subscribe, a comment form and its notice: every paragraph of
// the article is kept, and nothing of the rest.

import Testing
@testable import Winnow

struct ResiduePageTests {
  private func lines(_ page: Page) throws -> [String] {
    var document = try Extractor().document(from: page)
    TextNormalizer(NormalizationOptions()).normalize(&document)
    return document.text.split(separator: "\n").map(String.init)
  }

  private let ferry = [
    "The night ferry to the outer islands left Harrow Quay at nine on Tuesday evening, as it had done every weekday since the war, with eleven passengers and a crate of hens on board.",
    "It was the last crossing of the old boat. The council had voted in spring to replace her with a smaller vessel that needs a crew of two and burns half of the oil.",
    "Captain Mary Olsen, who has steered the boat for twenty-six years, let the school children sound the horn three times before she cast off from the stone pier.",
    "Nobody on the quay had slept much, and the brass band was still playing when the lights went out of sight behind the breakwater at half past nine.",
    "The new boat will take up service in October, after the harbour has been dredged and the ramp on the northern side has been made two metres longer.",
  ]

  @Test("A blog theme with a comment form")
  func blogTheme() throws {
    let body = ferry.map { "<p>\($0)</p>" }.joined(separator: "\n")
    let html = """
      <!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
      <title>The last night ferry – Harbour Notes</title></head><body class="post-template-default single">
      <header id="masthead"><a href="/">Harbour Notes</a><nav><ul><li><a href="/about">About</a></li>
      <li><a href="/tides">Tides</a></li><li><a href="/contact">Contact</a></li></ul></nav></header>
      <main id="main"><article class="post hentry"><h1 class="entry-title">The last night ferry</h1>
      <div class="entry-content">
      \(body)
      <p>Subscribe to our newsletter and get harbour news faster than anyone.</p>
      </div><footer class="entry-footer">Posted in <a href="/c/boats">Boats</a>, tagged
      <a href="/t/ferry">ferry</a></footer></article>
      <nav class="post-navigation"><a href="/a">Previous: A crate of hens</a></nav>
      <div id="comments"><h3 id="reply-title">Leave a Reply</h3>
      <form action="/post"><p class="comment-notes">Your email address will not be published. Required
      fields are marked *</p><p><label>Comment *</label><textarea></textarea></p>
      <p><label>Name *</label><input></p><p><label>Email *</label><input></p>
      <p><input type="submit" value="Post Comment"></p></form></div></main>
      <aside id="secondary"><h2>Recent Posts</h2><ul><li><a href="/1">Dredging begins</a></li>
      <li><a href="/2">A lamp for the pier</a></li></ul></aside>
      <footer>© Harbour Notes. All rights reserved.</footer></body></html>
      """
    #expect(try lines(Page(bytes: Array(html.utf8), url: "https://notes.example/ferry")) == ferry)
  }

  @Test("Div soup whose lines are parted by br")
  func divSoup() throws {
    let body = ferry.joined(separator: "<br><br>\n")
    let html = """
      <html><head><meta charset="utf-8"><title>The last night ferry</title></head><body>
      <div><div><div><a href="/">home</a> | <a href="/news">news</a> | <a href="/sport">sport</a></div></div>
      <div><div><div>\(body)<br><br>
      Subscribe to our channel and never miss a story!<br>Leave a Reply<br>
      Your email address will not be published.<br></div></div></div>
      <div><a href="/x">imprint</a> <a href="/y">privacy</a></div></div></body></html>
      """
    #expect(try lines(Page(bytes: Array(html.utf8), url: "https://soup.example/1")) == ferry)
  }

  private let mill = [
    "Старая водяная мельница на окраине села простояла без дела почти сорок лет, пока прошлой весной её не купила семья плотников из соседнего района.",
    "Они разобрали прогнившее колесо, пронумеровали каждую доску и за лето собрали его заново из дуба, который сохли под навесом с тех времён, когда здесь ещё был колхоз.",
    "В сентябре воду пустили по новому жёлобу, и колесо, к удивлению всех соседей, сделало первый оборот ещё до того, как хозяин успел договорить свою речь.",
    "Теперь по субботам здесь мелют рожь для двух окрестных пекарен, а школьники приезжают посмотреть, как зерно превращается в тёплую серую муку.",
  ]

  /// Windows-1251 of Cyrillic and ASCII.
  private func windows1251(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { scalar in
      switch scalar.value {
      case ..<0x80: UInt8(scalar.value)
      case 0x410...0x44F: UInt8(scalar.value - 0x410 + 0xC0)
      case 0x401: 0xA8
      case 0x451: 0xB8
      default: 0x3F
      }
    }
  }

  @Test("A table layout in windows-1251")
  func tableLayout() throws {
    let body = mill.map { "<p>\($0)</p>" }.joined(separator: "\n")
    let html = """
      <html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251">
      <title>Старая мельница</title></head><body><table width="100%"><tr>
      <td width="150"><a href="/">Главная</a><br><a href="/news">Новости</a><br><a href="/f">Форум</a></td>
      <td><table><tr><td><font size="4"><b>Старая мельница</b></font></td></tr><tr><td>
      \(body)
      <p>Подпишитесь на нашу рассылку и узнавайте новости первыми!</p>
      <p><b>Оставить комментарий</b></p>
      <p>Ваш адрес email не будет опубликован.</p>
      </td></tr></table></td>
      <td width="150"><a href="/1">Погода</a><br><a href="/2">Расписание автобусов</a></td></tr></table>
      </body></html>
      """
    let page = Page(bytes: windows1251(html), url: "https://mill.example/1")
    #expect(try lines(page) == mill)
  }
}
